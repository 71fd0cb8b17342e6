"""Verbs of the exchange with the national system: layouts, out, in, what was handed over."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from app import cli_arguments as arguments
from app import cli_documents as documents
from app import cli_import
from app import cli_rows as rows
from app.actions import national_answer, national_file, national_out, national_pending
from app.cli_context import Answer, Context
from app.rules import dates
from app.values.national import FileCard, LineCard, OutRequest, Pending
from app.wording import language, translate
from data import codes


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    kinds = rows.kinds(verbs, "exchange", translate("trao đổi với hệ thống quốc gia"))
    rows.verb(kinds, "layouts", translate("các mẫu cột (chưa kiểm chứng)"), layouts)
    made = rows.verb(kinds, "out", translate("lập tệp nộp: người mới, đã đổi, thôi"), out)
    target = translate("tệp .xlsx được ghi ra; không có thì chỉ liệt kê ai chờ nộp")
    made.add_argument("--out", type=Path, default=None, metavar="PATH", help=target)
    _edition(made)
    wished = translate("cả người còn thiếu điều hệ thống quốc gia đòi hỏi")
    made.add_argument("--lacking", action="store_true", help=wished)
    rows.people(made)
    made = rows.verb(kinds, "in", translate("nhận tệp của hệ thống quốc gia"), in_)
    made.add_argument("file", type=Path, metavar="FILE", help=translate("tệp bảng tính"))
    made.add_argument("--dry-run", action="store_true", help=translate("chỉ thử, không ghi gì"))
    mapping = translate("tệp JSON: cột, bảng mã, sửa ô, quyết định từng dòng")
    made.add_argument("--mapping", type=Path, metavar="MAP", help=mapping)
    _edition(made)
    made.set_defaults(draft=False, corrections=False)
    rows.verb(kinds, "list", translate("liệt kê các lần trao đổi"), listing)
    rows.verb(kinds, "show", translate("một lần với từng người"), show, "ID")
    made = rows.verb(kinds, "answer", translate("ghi ngày nộp và trả lời"), answer, "ID")
    made.add_argument("--submitted", default="", metavar="DAY", help=translate("ngày đã nộp"))
    told = translate("đọc trả lời từ tệp trả về")
    made.add_argument("--file", type=Path, default=None, metavar="FILE", help=told)
    which = made.add_mutually_exclusive_group()
    taken = translate("các dòng được nhận; không nêu dòng nào là mọi dòng đang chờ")
    which.add_argument("--accept", nargs="*", default=None, metavar="LINE", help=taken)
    not_taken = translate("các dòng không được nhận, kèm --reason")
    which.add_argument("--refuse", nargs="+", default=None, metavar="LINE", help=not_taken)
    made.add_argument("--reason", default="", metavar="TEXT", help=translate("lý do không nhận"))
    made = rows.verb(kinds, "withdraw", translate("rút lần chưa nộp"), withdraw, "ID")
    arguments.take_reason(made)


def _edition(verb: Any) -> None:
    words = translate("mẫu cột, như exchange layouts cho biết; không có thì mẫu đang dùng")
    verb.add_argument("--edition", default="", metavar="E", help=words)


def layouts(_args: argparse.Namespace, context: Context) -> Answer:
    """The layouts with their columns."""
    found = national_file.layouts(context.workspace())
    lines = []
    for one in found:
        now = translate("đang dùng") if one.current else ""
        lines.append("\t".join((one.name, dates.show(one.valid_from), one.label, now, one.source)))
        lines += [f"  {each.heading}{' *' if each.needed else ''}" for each in one.columns]
    return Answer({"layouts": [asdict(one) for one in found]}, tuple(lines))


def out(args: argparse.Namespace, context: Context) -> Answer:
    """Who waits, or the file with them."""
    ws = context.workspace()
    ids = tuple(args.people)
    if args.out is None:
        found = national_pending.pending(ws, tuple(args.unit or ()), args.edition)
        shown = [one for one in found if not ids or one.id in ids]
        return Answer({"pending": [_pending(one) for one in shown]}, tuple(map(_line, shown)))
    ws = context.locking(personal=False)
    request = OutRequest(args.out, tuple(args.unit or ()), ids, args.edition, args.lacking)
    done = national_out.make(ws, request)
    notes = [one for one in (national_out.open_words(ws),) if one]
    left = [_pending(one) for one in done.left_out]
    document = {**asdict(done), "left_out": left, "notes": notes}
    said = translate(
        "Đã ghi {file}, lần {number}: {counts}; để lại {left} người còn thiếu.",
        file=done.file,
        number=done.number,
        counts=moves(done.counts),
        left=len(done.left_out),
    )
    told = [each.message for one in done.left_out for each in one.problems]
    return Answer(document, (said, *notes, *told), exit_code=1 if done.left_out else 0)


def in_(args: argparse.Namespace, context: Context) -> Answer:
    """A list of the system, through the import of lists."""
    from app.actions import national_in

    ws = context.workspace()
    ws.demand("import")
    named = national_pending.edition(ws, args.edition) if args.edition else None
    edition = named or national_in.recognise(args.file)
    return cli_import.bring(args, context, edition.name)


def listing(_args: argparse.Namespace, context: Context) -> Answer:
    """Every exchange."""
    found = national_file.listing(context.workspace())
    return Answer({"exchanges": [asdict(one) for one in found]}, tuple(map(_file, found)))


def show(args: argparse.Namespace, context: Context) -> Answer:
    """One exchange with its persons."""
    page = national_file.page(context.workspace(), args.id)
    document = {**asdict(page.card), "lines": [asdict(one) for one in page.lines]}
    return Answer(document, (_file(page.card), *map(_person, page.lines)))


def answer(args: argparse.Namespace, context: Context) -> Answer:
    """The day of handing in, and what the system answered."""
    ws = context.workspace()
    if args.submitted:
        national_answer.submit(ws, args.id, args.submitted)
    document: dict[str, object] = {"id": args.id, "accepted": 0, "refused": 0, "problems": []}
    said: list[str] = []
    if args.file is not None:
        read = national_answer.read(ws, args.id, args.file)
        problems = [documents.problem(one) for one in read.problems]
        document |= {"accepted": read.accepted, "refused": read.refused, "problems": problems}
        said = [one.message for one in read.problems]
    if args.accept is not None:
        told = national_answer.Reply("accepted")
        document["accepted"] = national_answer.answer(ws, args.id, args.accept, told)
    if args.refuse is not None:
        told = national_answer.Reply("refused", args.reason)
        document["refused"] = national_answer.answer(ws, args.id, args.refuse, told)
    head = translate("Được nhận {accepted}, không được nhận {refused}.",
                     accepted=document["accepted"], refused=document["refused"])  # fmt: skip
    return Answer(document, (head, *said), exit_code=1 if said else 0)


def withdraw(args: argparse.Namespace, context: Context) -> Answer:
    """Take an exchange back."""
    national_file.withdraw(context.workspace(), args.id, args.reason)
    return Answer({"id": args.id, "withdrawn": True}, (translate("Đã rút."),))


def moves(counts: Mapping[str, int]) -> str:
    """Counts in the words of the moves."""
    told = [f"{codes.label('national_move', one, language())} {n}" for one, n in counts.items()]
    return ", ".join(told) or "0"


def _pending(one: Pending) -> dict[str, Any]:
    problems = [documents.problem(each) for each in one.problems]
    return {**asdict(replace(one, written={})), "problems": problems}


def _line(one: Pending) -> str:
    told = [f"{each.heading}: {each.before} → {each.now}" for each in one.differences]
    told += [each.message for each in one.problems]
    head = (one.id, one.name, codes.label("national_move", one.move, language()), one.why)
    return "\t".join((*head, "; ".join(told)))


def _file(one: FileCard) -> str:
    way = codes.label("national_way", str(one.fields["national_way"]), language())
    day = dates.show(str(one.fields["national_day"] or ""), language())
    handed = str(one.fields["submitted_on"] or "")
    told = translate("nộp ngày {day}", day=dates.show(handed)) if handed else ""
    number = str(one.fields["national_number"])
    clash = translate("{count} người hai máy cùng nộp", count=one.clashes) if one.clashes else ""
    way = translate("do cơ quan cũ nộp") if one.brought else way
    return "\t".join((one.id, number, way, day, one.edition, moves(one.moves), told, clash))


def _person(one: LineCard) -> str:
    move = codes.label("national_move", str(one.fields["national_move"]), language())
    said = codes.label("national_answer", str(one.fields["national_answer"]), language())
    why = str(one.fields["answer_reason"] or "")
    also = translate("máy khác cũng nộp: {number}", number=one.clash) if one.clash else ""
    return "\t".join((one.id, one.name, move, said, why, also))
