"""Verbs about people: list, show, add, edit, submit, approve, return."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from app import cli_documents as documents
from app.actions import access, approval, person
from app.cli_context import Answer, Context
from app.errors import Problem, Refused
from app.values.person import PeopleFilter, PersonDraft, Saved
from app.wording import translate

READ_AT_ONCE = 100
"""People shown on a terminal when nobody says how many; scripts get up to `SCRIPT_AT_ONCE`."""

SCRIPT_AT_ONCE = 10_000
NUMBER_MAX = 2**31 - 1
DIGITS_MAX = 10
STATUSES = ("draft", "waiting", "approved", "returned")


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("people", help=translate("người trong sổ"))
    kinds = group.add_subparsers(required=True, dest="kind")
    _register_reading(kinds)
    _register_writing(kinds)
    _register_deciding(kinds)


def _register_reading(kinds: Any) -> None:
    verb = kinds.add_parser("list", help=translate("liệt kê người, tìm theo tên, số, thôn"))
    verb.add_argument(
        "--query",
        default="",
        metavar="Q",
        help=translate("tên có dấu hay không, số giấy tờ, điện thoại, thôn"),
    )
    verb.add_argument(
        "--status",
        action="append",
        choices=STATUSES,
        default=None,
        help=translate("trạng thái: nháp, chờ duyệt, đã duyệt, trả lại"),
    )
    verb.add_argument(
        "--unit",
        action="extend",
        nargs="+",
        default=[],
        metavar="SYSTEM:CODE",
        help=translate("chỉ người của các đơn vị này"),
    )
    verb.add_argument(
        "--limit",
        type=not_negative,
        default=None,
        metavar="N",
        help=translate("nhiều nhất bấy nhiêu người"),
    )
    verb.add_argument(
        "--offset",
        type=not_negative,
        default=0,
        metavar="N",
        help=translate("bỏ qua bấy nhiêu người đầu"),
    )
    verb.set_defaults(run=listing)
    verb = kinds.add_parser("show", help=translate("xem mọi thông tin và lịch sử của một người"))
    verb.add_argument("id", metavar="ID", help=translate("mã người, như people list cho biết"))
    verb.add_argument(
        "--as-of",
        type=day,
        default=None,
        metavar="DATE",
        help=translate("như vào cuối ngày này, ví dụ 2026-11-23"),
    )
    verb.set_defaults(run=show)


def _register_writing(kinds: Any) -> None:
    setting = translate(
        "tên trường (như people show) và giá trị, ví dụ name='Nguyễn Văn An'; "
        "không ghi gì sau dấu = là xóa"
    )
    verb = kinds.add_parser("add", help=translate("thêm một người"))
    verb.add_argument(
        "--set", action="extend", nargs="+", required=True, metavar="FIELD=VALUE", help=setting
    )
    verb.set_defaults(run=add)
    verb = kinds.add_parser("edit", help=translate("sửa một người"))
    verb.add_argument("id", metavar="ID", help=translate("mã người, như people list cho biết"))
    verb.add_argument(
        "--set", action="extend", nargs="+", required=True, metavar="FIELD=VALUE", help=setting
    )
    verb.set_defaults(run=edit)


def _register_deciding(kinds: Any) -> None:
    for name, words, function in (
        ("submit", translate("gửi duyệt"), submit),
        ("approve", translate("duyệt tiếp nhận"), approve),
    ):
        verb = kinds.add_parser(name, help=words)
        verb.add_argument(
            "ids", nargs="*", metavar="ID", help=translate("mã người, như people list cho biết")
        )
        verb.add_argument("--all", action="store_true", help=translate("tất cả người đang chờ"))
        verb.set_defaults(run=function)
    verb = kinds.add_parser("return", help=translate("trả lại để sửa, kèm lý do"))
    verb.add_argument(
        "ids", nargs="+", metavar="ID", help=translate("mã người, như people list cho biết")
    )
    verb.add_argument("--reason", required=True, metavar="TEXT", help=translate("lý do trả lại"))
    verb.set_defaults(run=return_)


def listing(args: argparse.Namespace, context: Context) -> Answer:
    """Some of the people who fit, in list order, and how many fit in all."""
    ws = context.workspace()
    which = PeopleFilter(query=args.query, status=tuple(args.status or ()), units=tuple(args.unit))
    total = person.total(ws, which)
    usual = SCRIPT_AT_ONCE if context.json else READ_AT_ONCE
    limit = usual if args.limit is None else args.limit
    cards = person.listing(ws, which, None, limit, args.offset).cards if limit else ()
    people = [documents.card(ws, card) for card in cards]
    if context.json:  # lines for reading mask the numbers, JSON holds them whole
        access.looked(ws, [card.id for card in cards], "list")
    return Answer({"total": total, "people": people}, documents.people_lines(total, people))


def show(args: argparse.Namespace, context: Context) -> Answer:
    """Every field of a person by its dictionary name, what belongs to the person, the history."""
    document = documents.person_document(context.workspace(), args.id, args.as_of)
    return Answer(document, documents.person_lines(document))


def add(args: argparse.Namespace, context: Context) -> Answer:
    """Create a person from FIELD=VALUE."""
    saved = person.save(context.workspace(), PersonDraft(None, _values(args.set)))
    return _saved(saved, translate("Đã thêm người, mã {id}.", id=saved.id))


def edit(args: argparse.Namespace, context: Context) -> Answer:
    """Change fields of a person; guarded ones of an approved person await approval."""
    saved = person.save(context.workspace(), PersonDraft(args.id, _values(args.set)))
    said = translate("Đã lưu.")
    if saved.pending:
        said = translate("Đã lưu; thay đổi thông tin chính đang chờ duyệt.")
    return _saved(saved, said)


def submit(args: argparse.Namespace, context: Context) -> Answer:
    """Send drafts and returned persons to the approval desk."""
    ws = context.workspace()
    which = PeopleFilter(status=("draft", "returned"))
    ids = person.ids(ws, which) if _wants_all(args) else tuple(args.ids)
    problems = person.submit(ws, ids)
    refused = {problem.value for problem in problems}
    return _decided("submitted", [one for one in ids if one not in refused], problems)


def approve(args: argparse.Namespace, context: Context) -> Answer:
    """Approve people; exit code 1 when anybody was refused, naming who and why."""
    ws = context.workspace()
    ws.demand("approve")
    every = _wants_all(args)
    ids = person.ids(ws, approval.WAITING) if every else tuple(args.ids)
    result = approval.approve(ws, ids, bulk=every)
    return _decided("approved", result.approved, result.skipped)


def return_(args: argparse.Namespace, context: Context) -> Answer:
    """Return people to who wrote them, with a reason."""
    problems = approval.return_(context.workspace(), args.ids, args.reason)
    refused = {problem.value for problem in problems}
    return _decided("returned", [one for one in args.ids if one not in refused], problems)


def _saved(saved: Saved, said: str) -> Answer:
    warnings = [documents.problem(one) for one in saved.warnings]
    document = {"id": saved.id, "pending": saved.pending, "warnings": warnings}
    return Answer(document, (said, *(one.message for one in saved.warnings)))


def _decided(done: str, ids: Sequence[str], problems: Sequence[Problem]) -> Answer:
    document: dict[str, Any] = {done: list(ids)}
    said = translate("Đã làm với {count} người.", count=len(ids))
    if not problems:
        return Answer(document, (said,))
    document["problems"] = [documents.problem(one) for one in problems]
    return Answer(document, (said, *(one.message for one in problems)), exit_code=1)


def _wants_all(args: argparse.Namespace) -> bool:
    if args.all == bool(args.ids):
        raise Refused.one("all_or_ids", "ids")
    return bool(args.all)


def _values(pairs: Sequence[str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise Refused.one("field_value_wanted", "set", pair)
        values[name.strip()] = value
    return values


def not_negative(words: str) -> int:
    """A number from a call: how many, or after how many."""
    digits = words.isascii() and words.isdigit() and len(words) <= DIGITS_MAX
    if not digits or int(words) > NUMBER_MAX:
        said = translate("“{words}” phải là số từ 0 đến {limit}", words=words, limit=NUMBER_MAX)
        raise argparse.ArgumentTypeError(said)
    return int(words)


def day(words: str) -> str:
    """A real day of the command line, written 2026-11-23."""
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        said = translate("“{words}” phải là ngày có thật viết dạng 2026-11-23", words=words)
        raise argparse.ArgumentTypeError(said) from None
