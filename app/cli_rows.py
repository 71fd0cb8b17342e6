"""What the verbs of needs, supports and the directory share: ids, values, sheets, answers."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app import cli_arguments as arguments
from app import cli_asked as asked
from app import cli_documents as documents
from app import cli_records as records
from app import sheet_words
from app.actions import paper_out, person, record_sheet
from app.cli_context import Answer, Context
from app.values.person import PeopleFilter
from app.values.record_sheet import SheetTaken
from app.values.support import Added
from app.wording import translate
from app.workspace import Workspace

Call = Callable[[argparse.Namespace, Context], Answer]


def kinds(verbs: Any, name: str, words: str) -> Any:
    """A group of verbs."""
    group = verbs.add_parser(name, help=words)
    return group.add_subparsers(required=True, dest="kind")


def verb(kinds: Any, name: str, words: str, run: Call, *ids: str) -> Any:
    """One verb with the ids it takes."""
    verb = kinds.add_parser(name, help=words)
    for each in ids:
        if each == "PERSON":
            arguments.take_person(verb)
        else:
            verb.add_argument(each.lower(), metavar=each, help=_listed_by(each))
    verb.set_defaults(run=run)
    return verb


def _listed_by(sign: str) -> str:
    """Which verb tells the ids that a sign of the help stands for."""
    others = {
        "FILE": translate("mã hồ sơ, như applications list cho biết"),
        "SESSION": translate("mã phiên họp, như sessions list cho biết"),
        "HEARING": translate("mã lần xét, như hearings list cho biết"),
    }
    return others.get(sign) or translate("mã, như việc list cho biết")


def sets(kinds: Any, name: str, words: str, run: Call, *ids: str) -> Any:
    """A verb that takes `--set FIELD=VALUE…`."""
    made = verb(kinds, name, words, run, *ids)
    arguments.take_values(made)
    return made


@dataclass(frozen=True, slots=True)
class Lists:
    """A kind of lists of persons (gift rounds, agreements): its record, how a line of one is told
    to people, words of its verbs, what they do."""

    name: str
    record: str
    line: Callable[[Any], Iterable[str]]
    words: Mapping[str, str]
    draft: Callable[[Mapping[str, object], str | None], Any]
    listing: Callable[[Workspace], Any]
    page: Callable[[Workspace, str], Any]
    save: Callable[[Workspace, Any], str]
    add: Callable[[Workspace, str, Sequence[str]], Added]


def lists(kinds: Any, one: Lists) -> None:
    """The verbs list, show, add, edit and put."""

    def listing(_args: argparse.Namespace, context: Context) -> Answer:
        return listed(one.name, one.listing(context.workspace()), one.record)

    def show(args: argparse.Namespace, context: Context) -> Answer:
        page = one.page(context.workspace(), args.id)
        document = {**asdict(page.card), "lines": [asdict(each) for each in page.lines]}
        head = " · ".join(records.facts(one.record, page.card.fields))
        return Answer(document, (head, *("\t".join(one.line(each)) for each in page.lines)))

    def save(args: argparse.Namespace, context: Context) -> Answer:
        draft = one.draft(arguments.values(args.set), args.id)
        return saved(one.save(context.workspace(), draft))

    def put(args: argparse.Namespace, context: Context) -> Answer:
        return added(one.add(context.workspace(), args.id, chosen(args, context)))

    verb(kinds, "list", one.words["list"], listing)
    verb(kinds, "show", one.words["show"], show, "ID")
    sets(kinds, "add", one.words["add"], save).set_defaults(id=None)
    sets(kinds, "edit", one.words["edit"], save, "ID")
    people(verb(kinds, "put", one.words["put"], put, "ID"))


def removes(kinds: Any, remove: Callable[[Workspace, str, str], None]) -> None:
    """The verb that takes a row off, with a reason."""

    def run(args: argparse.Namespace, context: Context) -> Answer:
        remove(context.workspace(), args.id, args.reason)
        return Answer({"id": args.id, "removed": True}, (translate("Đã gỡ."),))

    arguments.take_reason(verb(kinds, "remove", translate("gỡ dòng ghi nhầm"), run, "ID"))


def imports(kinds: Any, record: str) -> None:
    """The verb that takes a paper book over as a sheet."""
    words = translate("nhập sổ giấy đã gõ thành bảng tính, giữ nguyên như trên giấy")
    made = verb(kinds, "import", words, _import)
    made.add_argument("file", type=Path, metavar="FILE", help=translate("tệp bảng tính"))
    dry = translate("chỉ thử, không ghi gì")
    made.add_argument("--dry-run", action="store_true", help=dry)
    made.set_defaults(record=record)


def out(verb: Any) -> None:
    """Let a verb take `--out PATH`."""
    verb.add_argument(
        "--out", type=Path, required=True, metavar="PATH", help=translate("tệp được ghi ra")
    )


def people(verb: Any) -> None:
    """Persons by their ids, or everybody of some units."""
    verb.add_argument("people", nargs="*", metavar="PERSON", help=translate("mã người"))
    arguments.take_units(verb, translate("mọi người của các đơn vị này"))


def chosen(args: argparse.Namespace, context: Context) -> tuple[str, ...]:
    """The persons a call names."""
    if args.unit:
        return person.ids(context.workspace(), PeopleFilter(units=tuple(args.unit)))
    for one in args.people:
        asked.about(context.workspace(), "people", one)
    return tuple(args.people)


def saved(row_id: str) -> Answer:
    """The answer of a saving."""
    return Answer({"id": row_id}, (translate("Đã lưu, mã {id}.", id=row_id),))


def listed(name: str, rows: Any, record: str) -> Answer:
    """The answer of a list: whole values, and one line each in the words of the record's fields."""
    told = [asdict(one) for one in rows]
    return Answer({name: told}, tuple("\t".join(line_of(one, record)) for one in told))


def line_of(row: dict[str, Any], record: str) -> Iterator[str]:
    """What a row says to people: its id, whom it is about, its fields in words."""
    yield row["id"]
    yield from (row[name] for name in ("person_name", "name") if row.get(name))
    yield from records.facts(record, row.get("fields") or row)


def _import(args: argparse.Namespace, context: Context) -> Answer:
    return taken(record_sheet.take(context.workspace(), args.record, args.file, args.dry_run))


def taken(done: SheetTaken) -> Answer:
    """The answer of taking a sheet over; exit code 1 when a row was refused."""
    refused = [
        documents.problem(problem) | {"sheet": one.sheet, "row": one.row, "name": one.name}
        for one in done.refused
        for problem in one.problems
    ]
    document: dict[str, Any] = {
        "rows": done.rows,
        "created": done.created,
        "known": done.known,
        "refused": refused,
    }
    document |= {"blank": done.blank} if done.blank else {}
    lines = [
        translate(
            "Trang {sheet}, dòng {row}: {message}",
            sheet=one["sheet"],
            row=one["row"],
            message=one["message"],
        )
        for one in refused
    ]
    head = sheet_words.facts(done)
    return Answer(document, (head, *lines), exit_code=1 if refused else 0)


def added(done: Added) -> Answer:
    """The answer of putting persons into a list; exit code 1 when one could not be."""
    said = translate(
        "Đã thêm {added}; đã có sẵn {already}; không thêm được {refused}.",
        added=done.added,
        already=len(done.already),
        refused=len(done.refused),
    )
    before = [
        translate("{name} đã nhận như vậy ngày {day}.", name=name, day=day)
        for name, day in done.before
    ]
    return Answer(asdict(done), (said, *before), exit_code=1 if done.refused else 0)


def written(path: Path, content: bytes) -> Answer:
    """Write a paper and say where."""
    paper_out.put(content, path)
    return Answer({"file": str(path)}, (translate("Đã ghi {file}.", file=path),))
