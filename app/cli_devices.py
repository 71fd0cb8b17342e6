"""Verbs about the PCs of the office: device list, device grant."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from app.actions import device
from app.cli_context import Answer, Context
from app.wording import translate


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("device", help=translate("các máy của đơn vị và khóa thông tin mật"))
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser("list", help=translate("máy nào giữ khóa, máy nào chờ"))
    verb.set_defaults(run=device_list)
    verb = kinds.add_parser(
        "grant", help=translate("cấp khóa thông tin mật cho một máy; làm ở cả hai máy")
    )
    verb.add_argument("id", metavar="ID", help=translate("mã máy trong device list"))
    verb.add_argument(
        "--fingerprint",
        required=True,
        metavar="TEXT",
        help=translate("dấu nhận ra mà người ở máy kia đọc cho bạn"),
    )
    verb.set_defaults(run=device_grant)


def device_list(_args: argparse.Namespace, context: Context) -> Answer:
    """The PCs of the office."""
    lines = device.listing(context.workspace())
    said = tuple(
        f"{one.id}  {one.name}  {one.fingerprint}  {device.state_words(one.state)}" for one in lines
    )
    if said:
        said += (device.both_words(),)
    return Answer({"devices": [asdict(one) for one in lines]}, said)


def device_grant(args: argparse.Namespace, context: Context) -> Answer:
    """Exchange restricted keys with a PC, which must do the same."""
    name = device.grant(context.workspace(), args.id, args.fingerprint)
    said = device.granted_words(name)
    return Answer({"id": args.id, "name": name}, (said,))
