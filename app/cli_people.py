"""Verbs about people: list, show, add, edit, submit, approve, return, take back, remove."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app import cli_arguments as arguments
from app import cli_documents as documents
from app.actions import access, approval, case_ending, person, saved_filter
from app.cli_context import Answer, Context
from app.errors import Problem
from app.values.person import ORDERS, PeopleFilter, PersonDraft, Saved
from app.wording import say, translate

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
    arguments.take_search(
        verb, STATUSES, translate("trạng thái: nháp, chờ duyệt, đã duyệt, trả lại")
    )
    verb.add_argument("--removed", action="store_true", help=translate("người đã gỡ khỏi sổ"))
    verb.add_argument(
        "--sort",
        choices=ORDERS,
        help=translate(
            "xếp theo: name tên, birth ngày sinh, commune xã, degree mức độ, status trạng thái, "
            "entered lúc nhập; ai chưa có thì xếp cuối"
        ),
    )
    verb.add_argument("--reverse", action="store_true", help=translate("xếp ngược lại"))
    name = translate("bộ lọc đã lưu, như people saved cho biết; tham số khác lọc thêm trong đó")
    verb.add_argument("--saved", default="", metavar="NAME", help=name)
    arguments.take_pages(
        verb, translate("nhiều nhất bấy nhiêu người"), translate("bỏ qua bấy nhiêu người đầu")
    )
    verb.set_defaults(run=listing)
    verb = kinds.add_parser(
        "saved", help=translate("các bộ lọc đã lưu trên máy này và của cơ quan")
    )
    verb.set_defaults(run=saved)
    verb = kinds.add_parser("show", help=translate("xem mọi thông tin và lịch sử của một người"))
    arguments.take_person(verb, "id", "ID")
    verb.add_argument(
        "--as-of",
        type=arguments.day,
        default=None,
        metavar="DATE",
        help=translate("như vào cuối ngày này, ví dụ 2026-11-23"),
    )
    verb.set_defaults(run=show)


def _register_writing(kinds: Any) -> None:
    verb = kinds.add_parser("add", help=translate("thêm một người"))
    arguments.take_values(verb)
    verb.set_defaults(run=add)
    verb = kinds.add_parser("edit", help=translate("sửa một người"))
    arguments.take_person(verb, "id", "ID")
    arguments.take_values(verb)
    arguments.take_aware(verb)
    verb.set_defaults(run=edit)


def _register_deciding(kinds: Any) -> None:
    for name, words, every, function in (
        ("submit", translate("gửi duyệt"), translate("mọi bản nháp và hồ sơ bị trả lại"), submit),
        ("approve", translate("duyệt tiếp nhận"), translate("tất cả người đang chờ"), approve),
    ):
        verb = kinds.add_parser(name, help=words)
        some = translate("mã người, như people list cho biết")
        arguments.take_all_or_ids(verb, every, some)
        verb.set_defaults(run=function)
    verb = kinds.add_parser("return", help=translate("trả lại để sửa, kèm lý do"))
    verb.add_argument(
        "ids", nargs="+", metavar="ID", help=translate("mã người, như people list cho biết")
    )
    arguments.take_reason(verb, translate("lý do trả lại"))
    verb.set_defaults(run=return_)
    verb = kinds.add_parser("take-back", help=translate("rút lại việc trả lại, lại chờ duyệt"))
    verb.add_argument(
        "ids", nargs="+", metavar="ID", help=translate("mã người, như people list cho biết")
    )
    verb.set_defaults(run=take_back)
    for name, words, function in (
        ("undo", translate("bỏ một lần duyệt, người ấy lại chờ duyệt"), undo),
        ("remove", translate("gỡ một người khỏi danh sách, không xóa gì"), remove),
    ):
        verb = kinds.add_parser(name, help=words)
        arguments.take_person(verb, "id", "ID")
        arguments.take_reason(verb)
        verb.set_defaults(run=function)
    verb = kinds.add_parser("restore", help=translate("đưa người đã gỡ trở lại danh sách"))
    arguments.take_person(verb, "id", "ID")
    verb.set_defaults(run=restore)


def listing(args: argparse.Namespace, context: Context) -> Answer:
    """Some of the people who fit, in list order, and how many fit in all."""
    ws = context.workspace()
    usual = saved_filter.named(ws, args.saved).which if args.saved else PeopleFilter()
    which = replace(
        usual,
        query=f"{usual.query} {args.query}".strip(),
        status=tuple(args.status or usual.status),
        units=tuple(args.unit) or usual.units,
        removed=args.removed or usual.removed,
        order=args.sort or usual.order,
        descending=args.reverse != usual.descending,
    )
    total = person.total(ws, which)
    limit = arguments.limit_of(args, context.json)
    cards = person.listing(ws, which, None, limit, args.offset).cards if limit else ()
    people = [documents.card(ws, card) for card in cards]
    if context.json:  # lines for reading mask the numbers, JSON holds them whole
        access.looked(ws, [card.id for card in cards], "list")
    return Answer({"total": total, "people": people}, documents.people_lines(total, people))


def saved(args: argparse.Namespace, context: Context) -> Answer:
    """The saved filters of this user and of the office, with what each asks for."""
    ws = context.workspace()
    found, bad = saved_filter.saved(ws), saved_filter.unreadable(ws)
    document = [
        {"name": one.name, "everyone": one.everyone} | saved_filter.written(one) for one in found
    ]
    whose = {True: translate("cho cả cơ quan"), False: translate("của bạn")}
    lines = [f"{one.name}\t{whose[one.everyone]}" for one in found]
    lines = lines or [translate("Chưa lưu bộ lọc nào.")]
    lines += [say("saved_filter_unreadable", {"name": name}) for name in bad]
    return Answer({"saved": document, "unreadable": list(bad)}, tuple(lines))


def show(args: argparse.Namespace, context: Context) -> Answer:
    """Every field of a person by its dictionary name, what belongs to the person, the history."""
    document = documents.person_document(context.workspace(), args.id, args.as_of)
    return Answer(document, documents.person_lines(document))


def add(args: argparse.Namespace, context: Context) -> Answer:
    """Create a person from FIELD=VALUE."""
    saved = person.save(context.workspace(), PersonDraft(None, arguments.values(args.set)))
    return _saved(saved, translate("Đã thêm người, mã {id}.", id=saved.id))


def edit(args: argparse.Namespace, context: Context) -> Answer:
    """Change fields of a person; guarded ones of an approved person await approval. What ended
    because somebody was dead, missing or gone is told before that is undone."""
    ws, typed = context.workspace(), arguments.values(args.set)
    if case_ending.lives_again(ws, args.id, typed):
        arguments.demand_known(case_ending.of_death(ws, args.id), args.aware)
    saved = person.save(ws, PersonDraft(args.id, typed))
    said = translate("Đã lưu.")
    if saved.pending:
        said = translate("Đã lưu; thay đổi thông tin chính đang chờ duyệt.")
    return _saved(saved, said)


def submit(args: argparse.Namespace, context: Context) -> Answer:
    """Send drafts and returned persons to the approval desk."""
    ws = context.workspace()
    which = PeopleFilter(status=("draft", "returned"))
    ids = person.ids(ws, which) if arguments.wants_all(args) else tuple(args.ids)
    problems = person.submit(ws, ids)
    refused = {problem.value for problem in problems}
    return _decided("submitted", [one for one in ids if one not in refused], problems)


def approve(args: argparse.Namespace, context: Context) -> Answer:
    """Approve people; exit code 1 when anybody was refused, naming who and why."""
    ws = context.workspace()
    ws.demand("approve")
    every = arguments.wants_all(args)
    ids = person.ids(ws, approval.WAITING) if every else tuple(args.ids)
    result = approval.approve(ws, ids, bulk=every)
    return _decided("approved", result.approved, result.skipped)


def return_(args: argparse.Namespace, context: Context) -> Answer:
    """Return people to who wrote them, with a reason."""
    problems = approval.return_(context.workspace(), args.ids, args.reason)
    refused = {problem.value for problem in problems}
    return _decided("returned", [one for one in args.ids if one not in refused], problems)


def take_back(args: argparse.Namespace, context: Context) -> Answer:
    """Take returns back; exit code 1 when one had gone on since, naming who."""
    problems = approval.take_back(context.workspace(), args.ids)
    refused = {problem.value for problem in problems}
    return _decided("taken_back", [one for one in args.ids if one not in refused], problems)


def undo(args: argparse.Namespace, context: Context) -> Answer:
    """Take an approval back; the person waits at the desk again."""
    approval.undo(context.workspace(), args.id, args.reason)
    return _stands(args.id, "waiting", translate("Đã bỏ duyệt; người này lại chờ duyệt."))


def remove(args: argparse.Namespace, context: Context) -> Answer:
    """Take a person off the lists; nothing is erased."""
    person.remove(context.workspace(), args.id, args.reason)
    return _removed(args.id, True, translate("Đã gỡ người này khỏi danh sách."))


def restore(args: argparse.Namespace, context: Context) -> Answer:
    """Put a removed person back on the lists."""
    person.restore(context.workspace(), args.id)
    return _removed(args.id, False, translate("Đã đưa người này trở lại danh sách."))


def _stands(person_id: str, status: str, said: str) -> Answer:
    return Answer({"id": person_id, "status": status}, (said,))


def _removed(person_id: str, removed: bool, said: str) -> Answer:
    return Answer({"id": person_id, "removed": removed}, (said,))


def _saved(saved: Saved, said: str) -> Answer:
    warnings = [documents.problem(one) for one in saved.warnings]
    document = {"id": saved.id, "pending": saved.pending, "warnings": warnings}
    return Answer(document, (said, *(one.message for one in saved.warnings)))


def _decided(done: str, ids: Sequence[str], problems: Sequence[Problem]) -> Answer:
    said = translate("Đã làm với {count} người.", count=len(ids))
    return arguments.decided(done, ids, problems, said)
