"""Verbs about the office and its PC: init, user, backup, restore, demo, self-test."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.actions import key_log, leaving, office, user
from app.actions.history_words import when
from app.cli_arguments import day
from app.cli_context import Answer, Context
from app.errors import Refused
from app.rules import dates
from app.rules.user import ROLES
from app.values.office import AdminDraft, OfficeDraft
from app.values.user import UserDraft, UserLine
from app.wording import language, translate
from data import codes, text
from data.keyfile import RECOVERY_LOGIN

PEOPLE_MAX = 10_000_000


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    _register_init(verbs)
    _register_user(verbs)
    verb = verbs.add_parser("backup", help=translate("sao lưu sổ ra một thư mục hoặc USB"))
    verb.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help=translate("thư mục nhận bản sao lưu")
    )
    verb.set_defaults(run=backup)
    verb = verbs.add_parser("restore", help=translate("phục hồi sổ từ bản sao lưu"))
    verb.add_argument("file", type=Path, metavar="FILE", help=translate("tệp sao lưu"))
    verb.set_defaults(run=restore)
    verb = verbs.add_parser(
        "demo", help=translate("chạy thử toàn bộ việc chính trên dữ liệu GIẢ LẬP")
    )
    verb.add_argument("--people", type=_count, metavar="N", help=translate("số người GIẢ LẬP"))
    verb.add_argument(
        "lists",
        nargs="*",
        type=Path,
        metavar="LIST",
        help=translate("danh sách để nhập; không có thì tự làm"),
    )
    verb.set_defaults(run=demo)
    made = translate("lập một tỉnh GIẢ LẬP từ tệp số liệu")
    verb = verbs.add_parser("demo-province", help=made)
    figures = translate("tệp số liệu; không có thì Bình Định đến 30/9/2020")
    verb.add_argument("--figures", type=Path, metavar="FILE.toml", help=figures)
    verb.set_defaults(run=demo_province)
    verb = verbs.add_parser(
        "self-test", help=translate("kiểm tra máy này có chạy được chương trình")
    )
    verb.set_defaults(run=self_test)


def _register_init(verbs: Any) -> None:
    verb = verbs.add_parser("init", help=translate("lập sổ mới cho đơn vị"))
    verb.add_argument("--office-name", required=True, metavar="N", help=translate("tên đơn vị"))
    verb.add_argument(
        "--unit",
        action="extend",
        nargs="+",
        required=True,
        metavar="SYSTEM:CODE",
        help=translate("địa bàn, ví dụ 63:548 hoặc 34:21853"),
    )
    verb.add_argument(
        "--admin", required=True, metavar="NAME", help=translate("tên đăng nhập của quản trị viên")
    )
    verb.add_argument("--full-name", default="", metavar="N", help=translate("họ và tên"))
    verb.set_defaults(run=init)


def _register_user(verbs: Any) -> None:
    group = verbs.add_parser("user", help=translate("người dùng của đơn vị"))
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser("add", help=translate("thêm người dùng"))
    verb.add_argument("name", metavar="NAME", help=translate("tên đăng nhập"))
    verb.add_argument(
        "--role",
        required=True,
        choices=ROLES,
        help=translate("vai trò: nhập, duyệt, quản trị, chỉ xem, thanh tra"),
    )
    verb.add_argument("--full-name", default="", metavar="N", help=translate("họ và tên"))
    verb.add_argument("--title", default="", metavar="N", help=translate("chức vụ"))
    verb.add_argument(
        "--confidential", action="store_true", help=translate("được đọc ghi chép mật")
    )
    until = translate("ngày cuối được vào sổ, cho người của cơ quan khác đến thanh tra")
    verb.add_argument("--until", type=day, default=None, metavar="DATE", help=until)
    basis = translate("theo quyết định nào, vì sao được vào sổ")
    verb.add_argument("--basis", default="", metavar="TEXT", help=basis)
    verb.set_defaults(run=user_add)
    verb = kinds.add_parser("deactivate", help=translate("ngừng một người dùng"))
    verb.add_argument("name", type=text.tidy, metavar="NAME", help=translate("tên đăng nhập"))
    verb.set_defaults(run=user_deactivate)
    verb = kinds.add_parser("reset", help=translate("đặt lại mật khẩu đã quên"))
    verb.add_argument("name", type=text.tidy, metavar="NAME", help=translate("tên đăng nhập"))
    verb.set_defaults(run=user_reset)
    verb = kinds.add_parser("list", help=translate("liệt kê người dùng"))
    verb.add_argument(
        "--log", action="store_true", help=translate("kèm ai đã đổi mật khẩu, khóa của ai")
    )
    verb.set_defaults(run=user_list)


def init(args: argparse.Namespace, context: Context) -> Answer:
    """Make the office's store; the recovery code is shown this once."""
    draft = OfficeDraft(args.office_name, tuple(args.unit))
    admin = AdminDraft(args.admin, args.full_name, context.new_password(args.admin))
    created = office.create(context.home, draft, admin)
    document = {
        "office": created.office.name,
        "office_id": created.office.id,
        "home": str(context.home),
        "admin": args.admin,
        "recovery_code": created.recovery_code,
    }
    lines = (
        translate(
            "Đã lập sổ của {office} tại {home}.", office=created.office.name, home=context.home
        ),
        translate("Mã khôi phục: {code}", code=created.recovery_code),
        translate("In hoặc chép mã này ra giấy và cất trong tủ; chương trình không giữ mã."),
    )
    return Answer(document, lines)


def user_add(args: argparse.Namespace, context: Context) -> Answer:
    """Make a user and the user's way in on this PC."""
    ws = context.workspace()
    draft = UserDraft(
        login=args.name,
        role=args.role,
        full_name=args.full_name,
        title=args.title,
        confidential=args.confidential,
        password=context.new_password(args.name),
        valid_until=args.until or "",
        basis=args.basis,
    )
    user.add(ws, draft)
    said = translate("Đã thêm người dùng {login}.", login=args.name)
    document = {"login": args.name, "role": args.role, "active": True, "until": args.until or ""}
    return Answer(document, (said,))


def user_deactivate(args: argparse.Namespace, context: Context) -> Answer:
    """Lock a user out and change the key of the store."""
    ws = context.workspace()
    behind = user.deactivate(ws, args.name)
    stands = leaving.look(ws, args.name)
    said = translate("Đã ngừng người dùng {login}; khóa của sổ đã được đổi.", login=args.name)
    document = {
        "login": args.name,
        "active": False,
        "backups_to_fetch": [str(p) for p in behind],
        "cases": stands.cases,
        "tasks": stands.tasks,
    }
    left = leaving.left_behind(ws, args.name)
    return Answer(document, (said, *left, *user.to_fetch(args.name, behind)))


def user_reset(args: argparse.Namespace, context: Context) -> Answer:
    """Give a user a new password on this PC."""
    ws = context.workspace()
    user.reset(ws, args.name, context.new_password(args.name))
    said = translate("Đã đặt mật khẩu mới cho {login}.", login=args.name)
    return Answer({"login": args.name, "active": True}, (said,))


def user_list(args: argparse.Namespace, context: Context) -> Answer:
    """All users with role and whether they can sign in on this PC; the log of keys when asked."""
    ws = context.workspace()
    lines = user.listing(ws)
    shown = tuple(
        "\t".join(
            (
                one.login,
                codes.label("role", one.role, language()),
                one.full_name,
                "" if one.has_password else translate("chưa có mật khẩu trên máy này"),
                until_words(one),
            )
        )
        for one in lines
    )
    document: dict[str, Any] = {"users": [asdict(one) for one in lines]}
    if args.log:
        log = key_log.listing(ws)
        document["log"] = [asdict(one) for one in log]
        shown += tuple(
            f"{when(one.at)}\t{one.by}\t{one.login}\t{key_log.what(one.what)}" for one in log
        )
    return Answer(document, shown)


def until_words(one: UserLine) -> str:
    """Until when somebody from outside comes in; "" for the office's own people."""
    if not one.valid_until:
        return ""
    when = dates.show(one.valid_until)
    if one.expired:
        return translate("hết hạn sau ngày {day}", day=when)
    return translate("vào sổ đến hết ngày {day}: {basis}", day=when, basis=one.basis)


def backup(args: argparse.Namespace, context: Context) -> Answer:
    """Write an encrypted backup into a folder."""
    from app.actions import backup as action

    made = action.backup_now(context.workspace(), args.out)
    said = translate("Đã sao lưu vào {file}.", file=made.path)
    document = {"file": str(made.path), "people": made.persons, "bytes": made.bytes, "at": made.at}
    return Answer(document, (said,))


def restore(args: argparse.Namespace, context: Context) -> Answer:
    """Bring a backup into the home; a store that was there is set aside."""
    from app.actions import backup as action

    secret = context.password(context.user or "")
    done = action.restore(args.file, context.home, secret, context.user or "")
    aside = str(done.aside) if done.aside else None
    lines = [
        translate("Đã phục hồi sổ vào {home}.", home=context.home),
        _opened_by(done.login),
    ]
    if aside:
        lines.append(translate("Sổ cũ nằm ở {folder}.", folder=aside))
    document = {
        "home": str(context.home),
        "people": done.persons,
        "at": done.at,
        "user": done.login,
        "aside": aside,
    }
    return Answer(document, tuple(lines))


def _opened_by(login: str) -> str:
    """Whose secret fitted: without `--user` nobody said it."""
    if login == RECOVERY_LOGIN:
        return translate("Bản sao lưu mở bằng mã khôi phục.")
    return translate("Bản sao lưu mở bằng mật khẩu của “{login}”.", login=login)


def demo(args: argparse.Namespace, context: Context) -> Answer:
    """Do the main job on an invented office, from lists to the server and paper."""
    from app.demo import main_job
    from app.demo.office import PEOPLE_DEFAULT

    try:
        document = main_job.run(
            context.home, args.people or PEOPLE_DEFAULT, args.lists, context.say
        )
    except main_job.StepFailed as failed:
        raise Refused.one("demo_step_failed", "", str(failed)) from None
    return Answer(document, ())


def demo_province(args: argparse.Namespace, context: Context) -> Answer:
    """Make a province of invented people, then let the reports count it."""
    from app.demo import province_told

    return Answer(province_told.made(context.home, args.figures, context.say), ())


def self_test(_args: argparse.Namespace, context: Context) -> Answer:
    """Say in the user's language whether this PC can do the work; exit code 3 when it cannot."""
    from app import selftest

    checks = selftest.run(context.home)
    return Answer(selftest.as_json(checks), selftest.lines(checks), selftest.exit_code(checks))


def _count(words: str) -> int:
    digits = words.isascii() and words.isdigit() and len(words) <= len(str(PEOPLE_MAX))
    if not digits or not 1 <= int(words) <= PEOPLE_MAX:
        said = translate("“{words}” phải là số từ 1 đến {limit}", words=words, limit=PEOPLE_MAX)
        raise argparse.ArgumentTypeError(said)
    return int(words)
