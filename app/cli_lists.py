"""Verbs about lists and papers: import, export people, print case files."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.actions import person
from app.cli_context import Answer, Context
from app.cli_people import STATUSES
from app.errors import Refused
from app.values.imports import ImportOptions, ImportResult, RowProblem
from app.values.person import PeopleFilter
from app.wording import translate

WARNINGS_READ_AT_ONCE = 50
"""Remarks shown in lines for reading; JSON has them all."""


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    verb = verbs.add_parser("import", help=translate("nhập danh sách .xlsx, .xls, .csv"))
    verb.add_argument("file", type=Path, metavar="FILE", help=translate("tệp danh sách"))
    verb.add_argument("--dry-run", action="store_true", help=translate("chỉ xem thử, không ghi"))
    verb.add_argument("--draft", action="store_true", help=translate("giữ ở dạng nháp"))
    verb.set_defaults(run=import_)
    group = verbs.add_parser("print", help=translate("in hồ sơ ra PDF"))
    kinds = group.add_subparsers(required=True, dest="kind")
    _register_case_file(kinds)
    group = verbs.add_parser("export", help=translate("xuất danh sách"))
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser("people", help=translate("xuất danh sách người ra .xlsx hoặc .csv"))
    verb.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help=translate("tệp .xlsx hoặc .csv nhận danh sách"),
    )
    verb.add_argument(
        "--query",
        default="",
        metavar="Q",
        help=translate("tên có dấu hay không, số giấy tờ, điện thoại, thôn"),
    )
    verb.add_argument(
        "--status",
        action="append",
        choices=STATUSES,
        default=None,
        help=translate("trạng thái: nháp, chờ duyệt, đã duyệt, trả lại"),
    )
    verb.set_defaults(run=export_people)


def _register_case_file(kinds: Any) -> None:
    verb = kinds.add_parser("case-file", help=translate("in hồ sơ đầy đủ của người"))
    who = verb.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "--person",
        action="extend",
        nargs="+",
        metavar="ID",
        help=translate("mã người, như people list cho biết"),
    )
    who.add_argument("--query", metavar="Q", help=translate("những người tìm được"))
    who.add_argument("--unit", action="append", metavar="SYSTEM:CODE", help=translate("cả xã"))
    who.add_argument("--all", action="store_true", help=translate("mọi người trong sổ"))
    verb.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="PATH",
        help=translate("tệp PDF, hoặc thư mục khi mỗi người một tệp"),
    )
    verb.add_argument("--separate", action="store_true", help=translate("mỗi người một tệp"))
    verb.set_defaults(run=print_case_file)


def import_(args: argparse.Namespace, context: Context) -> Answer:
    """Bring a list in; exit code 0 once the file was read, also with refused rows."""
    from app.actions import import_list

    ws = context.workspace()
    options = ImportOptions(dry_run=args.dry_run, draft=args.draft)
    result = import_list.run(ws, args.file, options, context.progress)
    document = {
        "rows": result.rows,
        "created": result.created,
        "matched": result.matched,
        "possible_duplicates": result.possible_duplicates,
        "refused": [asdict(one) for one in result.refused],
        "warnings": [asdict(one) for one in result.warnings],
        "encodings": dict(result.encodings),
        "id": result.id,
    }
    said = translate(
        "{rows} dòng: {created} người mới, {matched} đã có, {refused} dòng cần sửa.",
        rows=result.rows,
        created=result.created,
        matched=result.matched,
        refused=result.refused_rows,
    )
    return Answer(document, (said, *_remarks(result)))


def export_people(args: argparse.Namespace, context: Context) -> Answer:
    """Write the list of people into a spreadsheet, identity numbers masked; each is logged."""
    from app.actions import export_list

    which = PeopleFilter(query=args.query, status=tuple(args.status or ()))
    done = export_list.people(context.workspace(), which, args.out, context.progress)
    said = translate("Đã xuất {count} người ra {file}.", count=done, file=args.out)
    return Answer({"people": done, "file": str(args.out)}, (said,))


def print_case_file(args: argparse.Namespace, context: Context) -> Answer:
    """Print complete files of people to PDF: one file with an index, or one each."""
    from app.actions import printing

    ws = context.workspace()
    ws.demand("print")
    if args.query is not None and not args.query.strip():
        raise Refused.one("query_empty", "query", args.query)  # only --all prints everybody
    which = PeopleFilter(query=args.query or "", units=tuple(args.unit or ()))
    ids = tuple(args.person or ()) or person.ids(ws, which)
    if not ids:
        raise Refused.one("nobody_to_print", "query", args.query)
    request = printing.PrintRequest(ids, args.out, args.separate)
    done = printing.case_files(ws, request, context.progress)
    if done.failed and not done.persons:
        raise Refused(done.failed)
    document: dict[str, Any] = {
        "people": done.persons,
        "files": [str(path) for path in done.files],
        "index": str(done.index) if done.index else None,
        "pages": done.pages,
        "resumed_from": done.resumed_from,
    }
    if done.failed:
        document["problems"] = [asdict(one) for one in done.failed]
    said = translate("Đã in {count} hồ sơ vào {file}.", count=done.persons, file=args.out)
    lines = (said, *(f"{one.value}\t{one.message}" for one in done.failed))
    return Answer(document, lines, exit_code=1 if done.failed else 0)


def _remarks(result: ImportResult) -> list[str]:
    """What was refused and what is worth a look, each naming sheet, row and column."""
    others = [one for one in result.warnings if one not in result.by_hand]
    told = (*result.refused, *result.by_hand, *others[:WARNINGS_READ_AT_ONCE])
    lines = [_remark(one) for one in told]
    more = len(others) - WARNINGS_READ_AT_ONCE
    if more > 0:
        lines.append(translate("… và {count} điều nên xem nữa (đủ trong --json).", count=more))
    return lines


def _remark(one: RowProblem) -> str:
    from app.imports.listing import label_of

    if not one.row:
        return one.message  # about a whole sheet, which its sentence names
    if not one.field:
        return translate(
            "{sheet}, dòng {row}: {message}", sheet=one.sheet, row=one.row, message=one.message
        )
    return translate(
        "{sheet}, dòng {row}, {label}: {message}",
        sheet=one.sheet,
        row=one.row,
        label=label_of(one.field),
        message=one.message,
    )
