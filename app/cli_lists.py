"""Verbs about lists going out: export people."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app import cli_mine, locked_file
from app.cli_context import Answer, Context
from app.cli_people import STATUSES
from app.values.person import PeopleFilter
from app.wording import translate


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
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


def export_people(args: argparse.Namespace, context: Context) -> Answer:
    """Write the list of people into a spreadsheet, identity numbers masked; each is logged."""
    from app.actions import export_list

    which = PeopleFilter(query=args.query, status=tuple(args.status or ()))
    ws = context.locking()
    done = export_list.people(ws, which, args.out, context.progress)
    file = locked_file.name_of(args.out, ws.file_password)
    said = translate("Đã xuất {count} người ra {file}.", count=done, file=file)
    return Answer({"people": done, "file": str(file), "locked": bool(ws.file_password)}, (said,))
