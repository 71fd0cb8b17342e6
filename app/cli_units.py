"""Verbs about administrative units: what a unit is called under the other system."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli_context import Answer, Context
from app.cli_documents import unit
from app.cli_people import day
from app.errors import Refused
from app.wording import translate
from data import units
from data.units import Successor


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("units", help=translate("đơn vị hành chính trước và sau 01/7/2025"))
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser(
        "convert", help=translate("đơn vị cũ nay là đơn vị nào, đơn vị mới gồm những đơn vị cũ nào")
    )
    named = translate("đơn vị, ví dụ 63:21871 hay 34:21871")
    verb.add_argument("unit", metavar="SYSTEM:CODE", help=named)
    on = translate("gọi theo đơn vị của ngày này; không ghi thì đổi sang hệ thống kia")
    verb.add_argument("--on", type=day, default=None, metavar="DATE", help=on)
    verb.set_defaults(run=convert)


def convert(args: argparse.Namespace, _context: Context) -> Answer:
    """The unit's successors; the store is not asked, the tables are the same everywhere."""
    if not units.has(args.unit):
        raise Refused.one("unknown_unit", "unit", args.unit, label=translate("Đơn vị"))
    system = units.system_on(args.on) if args.on else ""
    found = units.successors(args.unit, system)
    return Answer(
        {"successors": [_document(one) for one in found]}, tuple(_line(one) for one in found)
    )


def _document(one: Successor) -> dict[str, Any]:
    return {**(unit(one.unit.key) or {}), "share": one.share, "ask": one.ask}


def _line(one: Successor) -> str:
    asked = translate("phải hỏi thôn") if one.ask else ""
    part = translate("một phần") if one.share is None else translate("toàn bộ")
    told = "; ".join(words for words in (part, asked) if words)
    return f"{one.unit.key}\t{units.full_name(one.unit.key)}\t{told}"
