"""The keeper's verbs for the worst day: server backup, server restore."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from sync.cli_troubles import told_by_server
from sync.cli_words import Told, Words


def register_server(kinds: Any, translate: Words) -> None:
    """Add `server backup` and `server restore` to the verbs of the server."""
    verb = kinds.add_parser(
        "backup", help=translate("sao lưu máy chủ khi đang chạy: một tệp mã hóa, mở lại và đếm đủ")
    )
    verb.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help=translate("thư mục đặt bản sao lưu")
    )
    _database(verb, translate)
    verb.set_defaults(run=partial(backup, translate=translate))
    verb = kinds.add_parser(
        "restore", help=translate("dựng lại máy chủ từ bản sao lưu; tệp cũ được dời sang bên")
    )
    verb.add_argument("file", type=Path, metavar="FILE", help=translate("tệp .sassv"))
    verb.add_argument(
        "--code", required=True, metavar="CODE", help=translate("mã khôi phục ghi khi sao lưu")
    )
    _database(verb, translate)
    verb.set_defaults(run=partial(restore, translate=translate))


def backup(args: argparse.Namespace, call: Any, translate: Words) -> Told:
    """{file, made_at, rows, people, batches, code}: opened again and counted before it counts."""
    from sync.server import backup as room

    with told_by_server():
        made = room.make(call.home, args.out, args.database)
    document = {name: getattr(made, name) for name in made.__slots__} | {"file": str(made.file)}
    said = translate(
        "Đã sao lưu máy chủ: {people} người, {batches} gói, đã mở lại và đếm đủ. Tệp: {file}",
        people=made.people,
        batches=made.batches,
        file=made.file,
    )
    words = "Mã khôi phục: {code}. Ghi ra giấy, cất riêng: thiếu mã thì không ai mở được tệp."
    return Told(document, (said, translate(words, code=made.code)))


def restore(args: argparse.Namespace, call: Any, translate: Words) -> Told:
    """{made_at, rows, people, generation, aside}."""
    from sync.server import backup as room

    with told_by_server():
        done = room.restore(call.home, args.file, args.code, args.database)
    document = {name: getattr(done, name) for name in done.__slots__}
    said = translate(
        "Đã dựng lại máy chủ: {people} người. Chạy server run; các máy tự gửi lại phần sau đó.",
        people=done.people,
    )
    kept = translate("Tệp cũ còn nguyên trong {aside}.", aside=done.aside)
    return Told(document, (said, kept) if done.aside else (said,))


def _database(verb: Any, translate: Words) -> None:
    verb.add_argument(
        "--database",
        default="",
        metavar="URL",
        help=translate("PostgreSQL thay cho tệp trong thư mục"),
    )
