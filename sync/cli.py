"""The command line's verbs of the wire and of the server: server, enrol, sync."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from data.database import Database
from sync import (
    cli_backup,
    cli_package,
    cli_server_devices,
    cli_server_offices,
    client,
    enrolment,
    photos,
)
from sync.cli_troubles import told_by_server
from sync.cli_words import (
    Told,
    Words,
    as_is,
    forecast_lines,
    round_lines,
    stats_lines,
    verify_lines,
)
from sync.client import RoundReport
from sync.errors import ServerRefused

DEFAULT_LISTEN = "127.0.0.1:8745"


class Call(Protocol):
    """What a verb receives from the command line: where the home is, and the store when asked."""

    home: Path
    json: bool

    def open_database(self) -> Database:
        """The open store of the signed-in user."""

    def workspace(self) -> Any:
        """The signed-in workspace, which knows what the user may do."""

    def progress(self, done: int, total: int) -> None:
        """Show how far long work is."""


class _Census:
    """A server's home as reports see it; the server is imported when one is asked."""

    def is_server(self, folder: Path) -> bool:
        """Whether a home is a server's."""
        from sync.server import home

        return (folder / home.KEYS_FILE).exists()

    @contextmanager
    def counting(self, folder: Path) -> Iterator[Any]:
        """All offices of the server to count over. Raises ServerRefused."""
        from sync.server import census_report

        with told_by_server(), census_report.counting(folder) as over:
            yield over

    def figures(self, folder: Path) -> Any:
        """All offices of the server beside one another. Raises ServerRefused."""
        from sync.server import census_figures, census_report

        with told_by_server(), census_report.opened(folder) as at:
            return census_figures.of_offices(at)


census = _Census()


def register(verbs: Any, translate: Words = as_is) -> None:
    """Add the verbs; each sets `run=function(args, call) -> Told`, a document and its lines."""
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
    verb.set_defaults(run=partial(enrol, translate=translate))
    verb = verbs.add_parser("sync", help=translate("gửi và nhận với máy chủ"))
    how = verb.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help=translate("một lượt (mặc định)"))
    how.add_argument(
        "--watch",
        action="store_true",
        help=translate("tiếp tục cho đến khi dừng (Ctrl+C); mỗi lượt một dòng JSON ra luồng lỗi"),
    )
    how.add_argument(
        "--dry-run",
        action="store_true",
        help=translate("chỉ nói sẽ gửi gì, không gọi máy chủ và không ghi gì"),
    )
    _register_photos(verb, translate)
    verb.set_defaults(run=partial(sync, translate=translate))
    cli_package.register(verbs, translate)


def _register_photos(verb: Any, translate: Words) -> None:
    verb.add_argument(
        "--attachments",
        choices=("none", "thumbnails", "all"),
        help=translate("ảnh, bản chụp lượt này: không, ảnh nhỏ, hay cả ảnh gốc"),
    )
    verb.add_argument(
        "--line",
        choices=("metered", "unmetered"),
        help=translate("ghi nhớ đường truyền của máy này tính tiền hay không tính tiền"),
    )


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
    verb = add("run", translate("chạy máy chủ"), server_run)
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
    cli_server_offices.register(kinds, translate, _server_verb)
    add("stats", translate("số đơn vị, máy, người và thay đổi"), server_stats)
    add("verify", translate("tính lại mọi thứ từ sổ cái và so với kho"), server_verify)
    cli_package.register_server(kinds, translate)
    cli_backup.register_server(kinds, translate)
    cli_server_devices.register(kinds, translate, _server_verb)


def _server_verb(kinds: Any, translate: Words, name: str, words: str, run: Any) -> Any:
    verb = kinds.add_parser(name, help=words)
    verb.add_argument(
        "--database",
        default="",
        metavar="URL",
        help=translate("PostgreSQL thay cho tệp trong thư mục"),
    )
    verb.set_defaults(run=partial(run, translate=translate))
    return verb


def enrol(args: argparse.Namespace, call: Call, translate: Words) -> Told:
    """Make this PC a device of the code's office: {office, name, units}."""
    call.workspace().demand("enrol")
    office = enrolment.enrol(call.open_database(), args.server, args.code, args.trust)
    said = translate("Máy này đã là máy của {name}.", name=office.name)
    document = {"office": office.id, "name": office.name, "units": list(office.units)}
    return Told(document, (said,))


def sync(args: argparse.Namespace, call: Call, translate: Words) -> Told:
    """One round (or rounds until stopped): what `client.RoundReport` counts, `needs_attention`
    (conflicts, refused and waiting changes), whether the light is `green` now, and apart from
    those what was done with contents of photos and scans (`attachments`)."""
    call.workspace().demand("sync")
    database = call.open_database()
    if args.line:
        photos.mark_line(database, args.line == "unmetered")
    if args.dry_run:
        ahead = asdict(client.forecast(database))
        ahead["attachments"] = {"choice": args.attachments or ahead.pop("line")} | {
            "waiting": ahead["attachments"]
        }
        return Told({"dry_run": True, **ahead}, forecast_lines(ahead, translate))

    def show(step: str, done: int, total: int) -> None:
        if step != "hello":
            call.progress(done, total)

    if not args.watch:
        done = client.run_round(database, show, choice=args.attachments)
        counts = _told(database, done)
        return Told(counts, round_lines(counts, translate))
    last: dict[str, Any] = {}
    try:
        for outcome in client.watch(database, show, choice=args.attachments):
            last = _told(database, outcome)
            lines = () if call.json else round_lines(last, translate)
            for line in lines or (json.dumps(last, ensure_ascii=False),):
                print(line, file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        pass
    return Told(last, round_lines(last, translate))


def server_init(args: argparse.Namespace, call: Call, translate: Words) -> Told:
    """Make the server's keys and store: {server_id, home}."""
    from sync.server import home

    with told_by_server():
        if args.listen:
            _listen(args.listen)
        made = home.init(call.home, args.database, args.listen)
    said = translate("Đã lập máy chủ trong {home}.", home=made.folder)
    return Told({"server_id": made.server_id, "home": str(made.folder)}, (said,))


def server_run(args: argparse.Namespace, call: Call, translate: Words) -> Told:
    """Run the server until it is told to stop; says where it listens on standard error."""
    from sync.server import home, main

    def tell(url: str) -> None:
        said = translate("Máy chủ đang nghe, dừng bằng Ctrl+C:")
        print(said, url, file=sys.stderr, flush=True)

    with told_by_server():
        server = home.remember(home.load(call.home), args.database, args.listen)
        host, port = _listen(server.listen or DEFAULT_LISTEN)
        main.run(call.home, main.Listen(host, port, args.certificate, args.key), told=tell)
    return Told({"stopped": True}, (translate("Máy chủ đã dừng."),))


def server_code(args: argparse.Namespace, call: Call, translate: Words) -> Told:
    """A one-time enrolment code: {code}."""
    from sync.server import console

    with told_by_server():
        made = console.code(call.home, args.office_name, tuple(args.unit), args.database)
    said = translate("Mã đăng ký, dùng một lần: {code}", code=made["code"])
    return Told(made, (said,))


def server_stats(args: argparse.Namespace, call: Call, translate: Words) -> Told:
    """{offices, devices, people, changes}, exact for every push that was answered."""
    from sync.server import console

    with told_by_server():
        counts = console.stats(call.home, args.database)
    return Told(counts, stats_lines(counts, translate))


def server_verify(args: argparse.Namespace, call: Call, translate: Words) -> Told:
    """Everything from the log again, against what is kept: {ok, offices, entries, rows, census,
    buckets, count, differences, problems}; what differs is a problem, so that the exit is 1."""
    from sync.server import verify

    with told_by_server():
        found = asdict(verify.verify(call.home, call.progress, args.database))
    problem = ServerRefused("server_differs_from_log", count=found["count"])
    document = {"ok": not found["count"], **found, "problems": [problem] if found["count"] else []}
    return Told(document, verify_lines(document, translate))


def _told(database: Database, outcome: RoundReport | Exception) -> dict[str, Any]:
    now = client.status(database)
    standing = {"needs_attention": now.attention, "green": now.state == "up_to_date"}
    if isinstance(outcome, RoundReport):
        return asdict(outcome) | standing
    return {"problem": getattr(outcome, "code", "")} | standing


def _listen(words: str) -> tuple[str, int]:
    host, _, port = words.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ServerRefused("listen_unreadable", value=words)
    return host.strip("[]"), int(port)
