"""The server's verbs about PCs: which there are, closing one, letting one read other offices."""

from __future__ import annotations

import argparse
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from sync.cli_troubles import told_by_server
from sync.cli_words import Told, Words, closed_line, device_lines


class Home(Protocol):
    """What these verbs receive from the command line."""

    home: Path


def register(kinds: Any, translate: Words, server_verb: Any) -> None:
    """Add `server device …`."""
    group = kinds.add_parser("device", help=translate("các máy đã đăng ký với máy chủ"))
    deeds = group.add_subparsers(required=True, dest="deed")
    add = partial(server_verb, deeds, translate)
    add("list", translate("máy nào của đơn vị nào, thấy lần cuối lúc nào"), server_device_list)
    for name, lost, words in (
        ("revoke", False, translate("thu quyền gửi nhận của một máy; dữ liệu trên máy còn nguyên")),
        (
            "lost",
            True,
            translate(
                "báo mất một máy: thu quyền, và máy tự hủy khóa của sổ khi hỏi máy chủ lần tới; "
                "việc máy đó chưa gửi thì mất"
            ),
        ),
    ):
        verb = add(name, words, partial(server_device_close, lost=lost))
        verb.add_argument("id", metavar="ID", help=translate("mã máy trong server device list"))
    verb = add(
        "grant", translate("cho một máy đọc sổ của đơn vị khác, đến hết một ngày"), server_grant
    )
    verb.add_argument("id", metavar="ID", help=translate("mã máy trong server device list"))
    verb.add_argument("--office", required=True, metavar="N", help=translate("tên đơn vị được đọc"))
    verb.add_argument(
        "--until", required=True, metavar="DATE", help=translate("ngày cuối, dạng 2027-06-30")
    )
    verb = add("ungrant", translate("thôi cho một máy đọc sổ của đơn vị khác"), server_ungrant)
    verb.add_argument("id", metavar="ID", help=translate("mã máy trong server device list"))
    verb.add_argument("--office", required=True, metavar="N", help=translate("tên đơn vị được đọc"))


def server_device_list(args: argparse.Namespace, call: Home, translate: Words) -> Told:
    """{devices: [{id, office, name, enrolled_at, seen_at, revoked_at, lost, epoch,
    reads: [{office, until}]}]}."""
    from sync.server import console

    with told_by_server():
        devices = console.devices(call.home, args.database)
    return Told({"devices": devices}, device_lines(devices, translate))


def server_device_close(args: argparse.Namespace, call: Home, lost: bool, translate: Words) -> Told:
    """Close a PC's access: {id, lost}."""
    from sync.server import console

    with told_by_server():
        console.close_device(call.home, args.id, lost, args.database)
    return Told({"id": args.id, "lost": lost}, (closed_line(args.id, lost, translate),))


def server_grant(args: argparse.Namespace, call: Home, translate: Words) -> Told:
    """Let a PC read another office's book: {id, office, until}."""
    from sync.server import console

    with told_by_server():
        given = console.grant(call.home, args.id, args.office, args.until, args.database)
    day = date.fromisoformat(given["until"]).strftime("%d/%m/%Y")
    words = "Máy {id} được đọc sổ của {office} đến hết ngày {day}."
    return Told(given, (translate(words, id=given["id"], office=given["office"], day=day),))


def server_ungrant(args: argparse.Namespace, call: Home, translate: Words) -> Told:
    """End it: {id, office}. The PC takes its copy away when it next asks."""
    from sync.server import console

    with told_by_server():
        ended = console.ungrant(call.home, args.id, args.office, args.database)
    words = (
        "Máy {id} thôi được đọc sổ của {office}; máy tự xóa bản đang có khi hỏi máy chủ lần tới."
    )
    return Told(ended, (translate(words, **ended),))
