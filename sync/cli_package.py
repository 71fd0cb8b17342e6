"""The command line's verbs of envelopes on a stick: package, and server package."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sync import package_enrol, package_read, package_write
from sync.cli_troubles import told_by_server
from sync.cli_words import Told, Words
from sync.errors import SyncError
from sync.package_stick import StickTrouble


def register(verbs: Any, translate: Words) -> None:
    """Add `package write` and `package read`."""
    group = verbs.add_parser("package", help=translate("gửi và nhận bằng USB khi không có mạng"))
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser(
        "write", help=translate("ghi mọi thay đổi chờ gửi, hoặc tệp xin đăng ký, ra USB")
    )
    verb.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help=translate("thư mục trên USB")
    )
    verb.add_argument(
        "--code",
        default="",
        metavar="CODE",
        help=translate("máy chưa đăng ký: mã dùng một lần để xin đăng ký bằng USB"),
    )
    verb.add_argument(
        "--server", default="", metavar="URL", help=translate("địa chỉ máy chủ, dùng khi có mạng")
    )
    verb.add_argument(
        "--trust", default="", metavar="FILE", help=translate("tệp chứng thư của máy chủ")
    )
    verb.set_defaults(run=write)
    verb = kinds.add_parser(
        "read", help=translate("đọc trả lời trên USB; gói của máy khác thì giao giúp máy chủ")
    )
    _files(verb, translate)
    verb.set_defaults(run=read)


def register_server(kinds: Any, translate: Words) -> None:
    """Add `server package read` and `server package answer` to the verbs of the server."""
    group = kinds.add_parser(
        "package", help=translate("nhận gói trên USB và ghi trả lời, không cần mạng")
    )
    inner = group.add_subparsers(required=True, dest="package_kind")
    verb = inner.add_parser("read", help=translate("nhận các gói và ghi trả lời ngay bên cạnh"))
    _files(verb, translate)
    _database(verb, translate)
    verb.set_defaults(run=server_read)
    verb = inner.add_parser(
        "answer", help=translate("ghi lại trả lời mới nhất cho mọi máy đã gửi gói")
    )
    verb.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help=translate("thư mục trên USB")
    )
    _database(verb, translate)
    verb.set_defaults(run=server_answer)


def write(args: argparse.Namespace, call: Any) -> Told:
    """Everything that waits onto a stick: {files, changes, bytes, pending}; with a code the
    request to be enrolled: {files, enrolment}."""
    if args.code:
        call.workspace().demand("enrol")
        made = package_enrol.ask(call.open_database(), args.out, args.server, args.code, args.trust)
        return Told({"files": [made.name], "enrolment": True}, None)
    call.workspace().demand("sync")
    done = package_write.write(call.open_database(), args.out, call.progress)
    return Told(asdict(done), None)


def read(args: argparse.Namespace, call: Any) -> Told:
    """What a stick brings: {acknowledged, pulled, conflicts, rejected, pending, answers, office,
    carried:[{files, changes, taken}]}, and problems of single files."""
    call.workspace().demand("sync")
    _all_there(args.files)
    done = package_read.read(call.open_database(), args.files, call.progress)
    told = asdict(replace(done, problems=()))
    return _told(told, done.problems)


def server_read(args: argparse.Namespace, call: Any) -> Told:
    """{packages, changes, enrolled, answers:[file]}, and problems of single files."""
    from sync.server import package_files

    _all_there(args.files)
    with told_by_server():
        done = package_files.read(call.home, args.files, args.database)
    return _told(vars(done), done.problems)


def server_answer(args: argparse.Namespace, call: Any) -> Told:
    """{packages, answers:[file]}, and problems of single PCs."""
    from sync.server import package_files

    with told_by_server():
        done = package_files.answer(call.home, args.out, args.database)
    return _told({"packages": done.packages, "answers": done.answers}, done.problems)


def _told(done: Mapping[str, Any], problems: Sequence[SyncError]) -> Told:
    told = {name: value for name, value in done.items() if name != "problems"}
    return Told(told | {"problems": list(problems)} if problems else told, None)


def _all_there(files: list[Path]) -> None:
    for path in files:
        if not path.exists():
            raise StickTrouble("usb_missing", file=path)


def _files(verb: Any, translate: Words) -> None:
    verb.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=translate("tệp SA….001 trên USB, hoặc thư mục chứa chúng"),
    )


def _database(verb: Any, translate: Words) -> None:
    verb.add_argument(
        "--database",
        default="",
        metavar="URL",
        help=translate("PostgreSQL thay cho tệp trong thư mục"),
    )
