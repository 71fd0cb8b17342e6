"""Verbs of a run of blanks: certificates of a session onto blanks that follow one another."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app import cli_arguments as arguments
from app import cli_rows as rows
from app.actions import blank_run
from app.cli_context import Answer, Context
from app.values.certificate import BlankLine
from app.wording import translate


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    kinds = rows.kinds(verbs, "blank-run", translate("in giấy xác nhận của cả phiên họp lên phôi"))
    verb = rows.verb(kinds, "begin", translate("cho mỗi giấy một phôi, ghi một tệp để in"), begin)
    verb.add_argument("ids", nargs="*", metavar="ID", help=translate("mã giấy"))
    told = translate("mã phiên họp: mọi giấy của phiên ấy")
    verb.add_argument("--session", default="", metavar="ID", help=told)
    told = translate("số phôi đầu tiên đang cầm; để trống: phôi đầu trong kho")
    verb.add_argument("--first", default="", metavar="SERIAL", help=told)
    _to_file(verb)
    rows.verb(kinds, "show", translate("lượt in lên phôi đang dở"), show)
    verb = rows.verb(kinds, "print", translate("in lại lượt ấy, hay in tiếp từ một phôi"), again)
    told = translate("in tiếp từ phôi này; để trống: cả lượt")
    verb.add_argument("--from", dest="serial", default="", metavar="SERIAL", help=told)
    _to_file(verb)
    told = translate("phôi hỏng giữa chừng: giấy ấy và các giấy sau sang phôi kế tiếp")
    verb = rows.verb(kinds, "spoiled", told, spoiled)
    verb.add_argument("serial", metavar="SERIAL", help=translate("số phôi hỏng"))
    arguments.take_reason(verb)
    _to_file(verb)
    rows.verb(kinds, "done", translate("in xong, phôi nào cũng đẹp"), done)


def begin(args: argparse.Namespace, context: Context) -> Answer:
    """Every certificate gets its blank; one print job."""
    ws = context.workspace()
    ids = blank_run.of_session(ws, args.session) if args.session else args.ids
    lines = blank_run.begin(ws, ids, args.first)
    return _written(args, lines, blank_run.pdf(ws, printer=args.printer))


def show(_args: argparse.Namespace, context: Context) -> Answer:
    """What is in the printer."""
    return _told(blank_run.current(context.workspace()))


def again(args: argparse.Namespace, context: Context) -> Answer:
    """The same job again, or the rest of it, on the same blanks."""
    ws = context.workspace()
    content = blank_run.pdf(ws, args.serial, args.printer)
    return _written(args, blank_run.current(ws), content)


def spoiled(args: argparse.Namespace, context: Context) -> Answer:
    """A blank is spoiled; the rest moves on and is written as a job of its own."""
    ws = context.workspace()
    lines = blank_run.spoiled(ws, args.serial, args.reason)
    return _written(args, lines, blank_run.pdf(ws, lines[0].serial, args.printer))


def done(_args: argparse.Namespace, context: Context) -> Answer:
    """The run is over."""
    blank_run.finish(context.workspace())
    return Answer({"done": True}, (translate("Đã xong lượt in lên phôi."),))


def _to_file(verb: Any) -> None:
    verb.add_argument("--printer", default="", help=translate("máy in, để lấy độ lệch"))
    rows.out(verb)


def _written(args: argparse.Namespace, lines: Sequence[BlankLine], content: bytes) -> Answer:
    rows.written(args.out, content)
    said = translate("Đã ghi {file}.", file=args.out)
    told = {"certificates": [asdict(one) for one in lines], "file": str(args.out)}
    return Answer(told, (*_listed(lines), said))


def _told(lines: Sequence[BlankLine]) -> Answer:
    return Answer({"certificates": [asdict(one) for one in lines]}, _listed(lines))


def _listed(lines: Sequence[BlankLine]) -> tuple[str, ...]:
    return tuple("\t".join((one.serial, one.number, one.name)) for one in lines)
