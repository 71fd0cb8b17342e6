"""Verbs about lists and papers going out: export people, print case files."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app import cli_mine
from app.actions import person
from app.cli_context import Answer, Context
from app.cli_people import STATUSES
from app.errors import Refused
from app.values.person import PeopleFilter
from app.wording import translate


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
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
    cli_mine.register_export(kinds)


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
    whom = translate("đưa ra ngoài cho nơi nhận này: chỉ in người đã đồng ý và được duyệt chia sẻ")
    verb.add_argument("--recipient", default="", metavar="TEXT", help=whom)
    verb.set_defaults(run=print_case_file)


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
    request = printing.PrintRequest(ids, args.out, args.separate, recipient=args.recipient.strip())
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
