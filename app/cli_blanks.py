"""Verbs of the stock of blank certificates."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from app import cli_arguments as arguments
from app import cli_rows as rows
from app.actions import blank
from app.cli_context import Answer, Context
from app.wording import language, translate
from data import codes


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    kinds = rows.kinds(verbs, "blanks", translate("kho phôi giấy xác nhận"))
    verb = rows.verb(kinds, "receive", translate("nhập một lô phôi theo dải số"), receive)
    verb.add_argument("first", metavar="FIRST", help=translate("số phôi đầu"))
    verb.add_argument("last", nargs="?", default="", metavar="LAST", help=translate("số phôi cuối"))
    verb.add_argument("--on", type=arguments.day, default=None, metavar="DATE",
                      help=translate("ngày nhận"))  # fmt: skip
    verb.add_argument(
        "--from", dest="source", default="", metavar="TEXT", help=translate("nhận từ đâu")
    )
    for name, words, act in (
        ("spoil", translate("phôi hỏng"), blank.spoil),
        ("lose", translate("phôi mất"), blank.lose),
        ("put-back", translate("phôi còn, nhập lại kho"), blank.put_back),
    ):
        verb = rows.verb(kinds, name, words, _gone)
        verb.add_argument("serial", metavar="SERIAL", help=translate("số phôi"))
        arguments.take_reason(verb)
        verb.set_defaults(act=act)
    verb = rows.verb(kinds, "list", translate("đếm và liệt kê phôi"), listing)
    listed = tuple(one.code for one in codes.get("blank_state").items)
    verb.add_argument("--state", action="append", choices=listed, default=[],
                      help=translate("chỉ phôi ở trạng thái này"))  # fmt: skip
    verb.add_argument("--query", default="", metavar="TEXT", help=translate("số phôi"))
    arguments.take_pages(verb, translate("tối đa bao nhiêu dòng"), translate("bỏ qua dòng đầu"))


def receive(args: argparse.Namespace, context: Context) -> Answer:
    """A lot comes in."""
    count = blank.receive(context.workspace(), args.first, args.last, args.on or "", args.source)
    return Answer({"received": count}, (translate("Đã nhập {count} phôi mới.", count=count),))


def listing(args: argparse.Namespace, context: Context) -> Answer:
    """What is there."""
    ws = context.workspace()
    limit = arguments.limit_of(args, context.json)
    found = blank.listing(ws, args.state, args.query, limit, args.offset)
    lines = [
        f"{one.serial}\t{codes.label('blank_state', one.state, language())}\t{one.reason}"
        for one in found
    ]
    told = {"counts": blank.counts(ws), "blanks": [asdict(one) for one in found]}
    return Answer(told, tuple(lines))


def _gone(args: argparse.Namespace, context: Context) -> Answer:
    args.act(context.workspace(), args.serial, args.reason)
    return Answer(
        {"serial": args.serial}, (translate("Đã ghi phôi {serial}.", serial=args.serial),)
    )
