"""The command line's verbs of the wire and of the server: server, enrol, sync."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from data.database import Database
from sync import cli_package, client, enrolment
from sync.cli_troubles import told_by_server
from sync.client import RoundReport
from sync.errors import ServerRefused

Words = Callable[[str], str]
DEFAULT_LISTEN = "127.0.0.1:8745"


class Call(Protocol):
    """What a verb receives from the command line: where the home is, and the store when asked."""

    home: Path

    def open_database(self) -> Database:
        """The open store of the signed-in user."""

    def workspace(self) -> Any:
        """The signed-in workspace, which knows what the user may do."""

    def progress(self, done: int, total: int) -> None:
        """Show how far long work is."""


def _as_is(sentence: str) -> str:
    return sentence


def register(verbs: Any, translate: Words = _as_is) -> None:
    """Add the verbs; each sets `run=function(args, call) -> document`."""
    _register_server(verbs, translate)
    verb = verbs.add_parser("enrol", help=translate("đăng ký máy này với máy chủ"))
    verb.add_argument(
        "--server", required=True, metavar="URL", help=translate("địa chỉ máy chủ, https://…")
    )
    verb.add_argument(
        "--code", required=True, metavar="CODE", help=translate("mã dùng một lần của máy chủ")
    )
    verb.add_argument(
        "--trust", default="", metavar="FILE", help=translate("tệp chứng thư của máy chủ")
    )
    verb.set_defaults(run=enrol)
    verb = verbs.add_parser("sync", help=translate("gửi và nhận với máy chủ"))
    how = verb.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help=translate("một lượt (mặc định)"))
    how.add_argument("--watch", action="store_true", help=translate("tiếp tục cho đến khi dừng"))
    verb.set_defaults(run=sync)
    cli_package.register(verbs, translate)


def _register_server(verbs: Any, translate: Words) -> None:
    group = verbs.add_parser("server", help=translate("máy chủ trung tâm"))
    kinds = group.add_subparsers(required=True, dest="kind")
    add = partial(_server_verb, kinds, translate)
    verb = add("init", translate("lập máy chủ mới trong thư mục"), server_init)
    verb.add_argument(
        "--listen",
        default="",
        metavar="HOST:PORT",
        help=translate("địa chỉ và cổng để nghe, ví dụ 127.0.0.1:8745"),
    )
    verb = add("run", translate("chạy máy chủ"), partial(server_run, translate=translate))
    verb.add_argument(
        "--listen",
        default="",
        metavar="HOST:PORT",
        help=translate("địa chỉ và cổng để nghe, ví dụ 127.0.0.1:8745"),
    )
    verb.add_argument("--certificate", type=Path, metavar="FILE", help=translate("chứng thư TLS"))
    verb.add_argument("--key", type=Path, metavar="FILE", help=translate("khóa của chứng thư"))
    verb = add("code", translate("mã đăng ký dùng một lần cho một máy"), server_code)
    verb.add_argument("--office-name", required=True, metavar="N", help=translate("tên đơn vị"))
    verb.add_argument(
        "--unit",
        action="extend",
        nargs="+",
        default=[],
        metavar="SYSTEM:CODE",
        help=translate("địa bàn của đơn vị, cần cho mã đầu tiên"),
    )
    add("stats", translate("số đơn vị, máy, người và thay đổi"), server_stats)
    cli_package.register_server(kinds, translate)


def _server_verb(kinds: Any, translate: Words, name: str, words: str, run: Any) -> Any:
    verb = kinds.add_parser(name, help=words)
    verb.add_argument(
        "--database",
        default="",
        metavar="URL",
        help=translate("PostgreSQL thay cho tệp trong thư mục"),
    )
    verb.set_defaults(run=run)
    return verb


def enrol(args: argparse.Namespace, call: Call) -> Mapping[str, Any]:
    """Make this PC a device of the code's office: {office, name, units}."""
    call.workspace().demand("enrol")
    office = enrolment.enrol(call.open_database(), args.server, args.code, args.trust)
    return {"office": office.id, "name": office.name, "units": list(office.units)}


def sync(args: argparse.Namespace, call: Call) -> Mapping[str, Any]:
    """One round (or rounds until stopped): what `client.RoundReport` counts."""
    call.workspace().demand("sync")
    database = call.open_database()

    def show(step: str, done: int, total: int) -> None:
        if step != "hello":
            call.progress(done, total)

    if not args.watch:
        return asdict(client.run_round(database, show))
    last: dict[str, Any] = {}
    try:
        for outcome in client.watch(database, show):
            last = _told(outcome)
            print(json.dumps(last, ensure_ascii=False), file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        pass
    return last


def server_init(args: argparse.Namespace, call: Call) -> Mapping[str, Any]:
    """Make the server's keys and store: {server_id, home}."""
    from sync.server import home

    with told_by_server():
        if args.listen:
            _listen(args.listen)
        made = home.init(call.home, args.database, args.listen)
    return {"server_id": made.server_id, "home": str(made.folder)}


def server_run(args: argparse.Namespace, call: Call, translate: Words) -> Mapping[str, Any]:
    """Run the server until it is told to stop; says where it listens on standard error."""
    from sync.server import home, main

    def tell(url: str) -> None:
        said = translate("Máy chủ đang nghe, dừng bằng Ctrl+C:")
        print(said, url, file=sys.stderr, flush=True)

    with told_by_server():
        server = home.remember(home.load(call.home), args.database, args.listen)
        host, port = _listen(server.listen or DEFAULT_LISTEN)
        main.run(call.home, main.Listen(host, port, args.certificate, args.key), told=tell)
    return {"stopped": True}


def server_code(args: argparse.Namespace, call: Call) -> Mapping[str, Any]:
    """A one-time enrolment code: {code}."""
    from sync.server import console

    with told_by_server():
        return console.code(call.home, args.office_name, tuple(args.unit), args.database)


def server_stats(args: argparse.Namespace, call: Call) -> Mapping[str, Any]:
    """{offices, devices, people, changes}, exact for every push that was answered."""
    from sync.server import console

    with told_by_server():
        return console.stats(call.home, args.database)


def _told(outcome: RoundReport | Exception) -> dict[str, Any]:
    if isinstance(outcome, RoundReport):
        return asdict(outcome)
    return {"problem": getattr(outcome, "code", "")}


def _listen(words: str) -> tuple[str, int]:
    host, _, port = words.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ServerRefused("listen_unreadable", value=words)
    return host.strip("[]"), int(port)
