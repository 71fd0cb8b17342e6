"""Verbs that print the council's papers: one, blank ones, or everything of a session."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from app import cli_arguments as arguments
from app.actions.council_paper_names import BLANK, BY_PAPER, BY_PERSON, OF, OF_SESSION
from app.cli_context import Answer, Context
from app.errors import Refused
from app.values.council_request import CouncilRequest
from app.values.papers import PrintResult
from app.wording import translate


def register_session(kinds: Any) -> None:
    """Add `papers` to the verbs of the council."""
    verb = kinds.add_parser("papers", help=translate("in mọi giấy tờ của một phiên họp"))
    session = translate("mã phiên họp, như sessions list cho biết")
    verb.add_argument("--session", required=True, metavar="ID", help=session)
    where = translate("thư mục nhận tệp PDF")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR", help=where)
    which = translate("chỉ những giấy này; mặc định tất cả giấy đã có nội dung")
    verb.add_argument("--paper", action="extend", nargs="+", choices=OF_SESSION, help=which)
    order = translate("xếp theo từng người hay từng loại giấy")
    verb.add_argument("--order", choices=(BY_PERSON, BY_PAPER), default=BY_PERSON, help=order)
    each = translate("mỗi giấy một tệp")
    verb.add_argument("--separate", action="store_true", help=each)
    verb.set_defaults(run=print_session)


def register_single(kinds: Any) -> None:
    """Add `council` to the verbs that print."""
    verb = kinds.add_parser(
        "council", help=translate("in một giấy của việc xác định mức độ khuyết tật")
    )
    verb.add_argument("--paper", required=True, choices=tuple(OF), help=translate("giấy nào"))
    ids = translate("mã hồ sơ đề nghị, người được xét, phiên họp… mà giấy ấy nói về")
    verb.add_argument("--id", action="extend", nargs="+", default=[], metavar="ID", help=ids)
    verb.add_argument("--blank", action="store_true", help=translate("để trống, điền bằng tay"))
    verb.add_argument("--count", type=arguments.not_negative, default=1, metavar="N",
                      help=translate("số tờ trống"))  # fmt: skip
    verb.add_argument("--out", type=Path, required=True, metavar="FILE.pdf",
                      help=translate("tệp PDF"))  # fmt: skip
    verb.set_defaults(run=print_single)


def print_session(args: argparse.Namespace, context: Context) -> Answer:
    """Print the papers of a session, in order, into one file of the folder, or one each."""
    from app.actions import council_printing

    ws = context.locking(personal=False)
    out = args.out if args.separate else args.out / council_printing.VOLUME
    request = council_printing.session_request(ws, args.session, out, args.paper or (), args.order)
    request = replace(request, separate=args.separate)
    done = council_printing.write_session(ws, request, context.progress)
    return _answer(done, args.out)


def print_single(args: argparse.Namespace, context: Context) -> Answer:
    """Print one kind of paper: of each record named, or blank with a code that finds it again."""
    from app.actions import council_printing

    ids = tuple(args.id) or ("",)
    if args.paper not in BLANK and args.blank:
        raise Refused.one("council_paper_blank", "paper", args.paper)
    some = [CouncilRequest(args.paper, one, args.blank, args.count) for one in ids]
    done = council_printing.write(context.locking(personal=False), some, args.out)
    document = {"path": str(done.path), "pages": done.pages, "codes": list(done.codes)}
    said = translate("Đã in {pages} trang vào {file}.", pages=done.pages, file=done.path)
    return Answer(document, (said, *done.codes))


def _answer(done: PrintResult, out: Path) -> Answer:
    if done.failed and not done.persons:
        raise Refused(done.failed)
    document: dict[str, Any] = {
        "papers": [_told(one) for one in done.printed],
        "files": [str(path) for path in done.files],
        "pages": done.pages,
        "resumed_from": done.resumed_from,
    }
    said = translate("Đã in {count} giấy, {pages} trang vào {file}.", count=done.persons,
                     pages=done.pages, file=out)  # fmt: skip
    if done.failed:
        document["problems"] = [
            {"code": one.code, "field": one.field, "value": one.value, "message": one.message}
            for one in done.failed
        ]
    lines = (said, *(f"{one.value}\t{one.message}" for one in done.failed))
    return Answer(document, lines, exit_code=1 if done.failed else 0)


def _told(key: str) -> dict[str, str]:
    paper, _, record = key.partition(":")
    return {"paper": paper, "id": record}
