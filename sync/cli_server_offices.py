"""The server's verbs about offices: which there are, and what each is in charge of."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from sync.cli_server_devices import Home
from sync.cli_troubles import told_by_server
from sync.cli_words import Told, Words


def register(kinds: Any, translate: Words, server_verb: Any) -> None:
    """Add `server office …`."""
    group = kinds.add_parser("office", help=translate("các cơ quan của máy chủ và địa bàn"))
    deeds = group.add_subparsers(required=True, dest="deed")
    add = partial(server_verb, deeds, translate)
    add("list", translate("cơ quan nào, địa bàn nào"), server_office_list)
    verb = add("units", translate("đổi địa bàn của một cơ quan"), server_office_units)
    verb.add_argument("--office-name", required=True, metavar="N", help=translate("tên đơn vị"))
    units = translate("địa bàn từ nay, thay cho địa bàn cũ")
    verb.add_argument(
        "--unit", action="extend", nargs="+", required=True, metavar="SYSTEM:CODE", help=units
    )


def server_office_list(args: argparse.Namespace, call: Home, translate: Words) -> Told:
    """{offices: [{id, name, units}]}."""
    from sync.server import console

    with told_by_server():
        found = console.offices(call.home, args.database)
    lines = tuple(f"{one['name']}\t{' '.join(one['units'])}" for one in found)
    return Told({"offices": found}, lines)


def server_office_units(args: argparse.Namespace, call: Home, translate: Words) -> Told:
    """{id, name, units}: the office as it is from now on."""
    from sync.server import console

    with told_by_server():
        made = console.set_units(call.home, args.office_name, tuple(args.unit), args.database)
    said = translate("{name} từ nay phụ trách {units}.",
                     name=made["name"], units=" ".join(made["units"]))  # fmt: skip
    return Told(made, (said,))
