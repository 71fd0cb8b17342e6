"""Verbs about cases: list, show, open, edit, note, submit, approve, return, close, reopen."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from app import cli_arguments as arguments
from app import cli_records as records
from app.actions import care_case as actions
from app.cli_context import Answer, Context
from app.errors import Problem, Refused
from app.values.care_case import CaseDraft, CaseEdit, CasesFilter, ClosingDraft, NoteDraft
from app.wording import translate
from app.workspace import Workspace
from data import codes

STATUSES = ("open", "waiting", "approved", "closed")
NOTE_KINDS = ("note", "visit", "call")
ORIGINS = ("new", "paper")


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("cases", help=translate("ca, quản lý trường hợp"))
    kinds = group.add_subparsers(required=True, dest="kind")
    _register_reading(kinds)
    _register_writing(kinds)
    _register_deciding(kinds)


def _register_reading(kinds: Any) -> None:
    verb = kinds.add_parser("list", help=translate("liệt kê ca, mới mở trước"))
    verb.add_argument("--person", default="", metavar="ID", help=translate("ca của một người"))
    stands = translate("trạng thái: đang mở, chờ duyệt, đã duyệt, đã kết thúc")
    arguments.take_search(verb, STATUSES, stands)
    whose = translate("ca của một người phụ trách; - là chưa giao ai")
    verb.add_argument("--worker", default="", metavar="LOGIN", help=whose)
    arguments.take_pages(
        verb, translate("nhiều nhất bấy nhiêu ca"), translate("bỏ qua bấy nhiêu ca đầu")
    )
    verb.set_defaults(run=listing)
    verb = _of_case(kinds, "show", translate("xem một ca: ghi chép, quyết định, việc làm được"))
    verb.set_defaults(run=show)


def _register_writing(kinds: Any) -> None:
    told = {
        "--worker": ("LOGIN", translate("cán bộ phụ trách")),
        "--on": ("DATE", translate("ngày mở, mặc định hôm nay")),
        "--number": ("N", translate("số hồ sơ ca")),
    }
    verb = kinds.add_parser("open", help=translate("mở ca cho một người"))
    arguments.take_person(verb)
    arguments.take_reason(verb, translate("lý do mở ca"))
    for name, (sign, words) in told.items():
        verb.add_argument(name, default="", metavar=sign, help=words)
    origin = translate("mở mới hay nhập lại từ hồ sơ giấy")
    verb.add_argument("--origin", choices=ORIGINS, default="new", help=origin)
    verb.set_defaults(run=open_)
    verb = _of_case(kinds, "edit", translate("sửa lý do, phụ trách, ngày, số của ca"))
    for name, (sign, words) in ({"--reason": ("TEXT", translate("lý do mở ca"))} | told).items():
        verb.add_argument(name, default=None, metavar=sign, help=words)
    verb.set_defaults(run=edit)
    verb = _of_case(kinds, "note", translate("ghi chép, lần thăm, cuộc gọi của ca"))
    kind = translate("ghi chép, thăm hộ hay gọi điện")
    verb.add_argument("--kind", choices=NOTE_KINDS, required=True, help=kind)
    # --text is taken: everywhere it asks for lines instead of JSON
    words = translate("nội dung")
    verb.add_argument("--note", dest="text", required=True, metavar="TEXT", help=words)
    verb.add_argument("--on", default="", metavar="DATE", help=translate("mặc định hôm nay"))
    verb.add_argument("--confidential", action="store_true", help=translate("ghi chép mật"))
    verb.set_defaults(run=note)


def _register_deciding(kinds: Any) -> None:
    for name, words, every, function in (
        ("submit", translate("gửi duyệt ca"), translate("tất cả ca đang mở"), submit),
        ("approve", translate("duyệt ca"), translate("tất cả ca đang chờ duyệt"), approve),
    ):
        verb = kinds.add_parser(name, help=words)
        arguments.take_all_or_ids(verb, every, translate("mã ca, như cases list cho biết"))
        verb.set_defaults(run=function)
    for name, words, function in (
        ("return", translate("trả ca lại để sửa, kèm lý do"), return_),
        ("reopen", translate("mở lại ca đã kết thúc, kèm lý do"), reopen),
    ):
        verb = _of_case(kinds, name, words)
        arguments.take_reason(verb)
        verb.set_defaults(run=function)
    verb = _of_case(kinds, "close", translate("kết thúc ca"))
    reasons = ", ".join(item.code for item in codes.get("close_reason").items)
    verb.add_argument("--reason", required=True, metavar="CODE", help=reasons)
    verb.add_argument("--note", default="", metavar="TEXT", help=translate("kết quả, ghi rõ"))
    verb.add_argument("--on", default="", metavar="DATE", help=translate("mặc định hôm nay"))
    verb.set_defaults(run=close)


def _of_case(kinds: Any, name: str, words: str) -> Any:
    """A verb about one case."""
    verb = kinds.add_parser(name, help=words)
    verb.add_argument("id", metavar="ID", help=translate("mã ca, như cases list cho biết"))
    return verb


def listing(args: argparse.Namespace, context: Context) -> Answer:
    """Some of the cases that fit, newest opening first, and how many fit in all."""
    limit = arguments.limit_of(args, context.json)
    which = CasesFilter(
        query=args.query,
        status=tuple(args.status or ()),
        units=tuple(args.unit),
        worker=args.worker,
        person_id=args.person,
    )
    page = actions.cases(context.workspace(), which, None, limit, args.offset)
    cases = [records.case_card(one) for one in page.cards]
    return Answer({"total": page.total, "cases": cases}, records.case_lines(page.total, cases))


def show(args: argparse.Namespace, context: Context) -> Answer:
    """One case with its notes as this user may read them, its decisions and possible moves."""
    document = records.case_document(context.workspace(), args.id)
    return Answer(document, records.case_page_lines(document))


def open_(args: argparse.Namespace, context: Context) -> Answer:
    """Open a case for a person."""
    draft = CaseDraft(args.reason, args.worker, args.on, args.origin, args.number)
    case_id = actions.open(context.workspace(), args.person, draft)
    return Answer({"id": case_id, "status": "open"}, (translate("Đã mở ca, mã {id}.", id=case_id),))


def edit(args: argparse.Namespace, context: Context) -> Answer:
    """Correct what a case says; an approved one waits anew when its reason changes."""
    ws = context.workspace()
    actions.edit(ws, args.id, CaseEdit(args.reason, args.worker, args.on, args.number))
    return _stands(ws, args.id, translate("Đã sửa ca."))


def note(args: argparse.Namespace, context: Context) -> Answer:
    """Write a note, visit or call into a case."""
    draft = NoteDraft(args.text, args.kind, args.on, args.confidential)
    note_id = actions.note(context.workspace(), args.id, draft)
    return Answer({"id": note_id, "case": args.id}, (translate("Đã lưu ghi chép."),))


def submit(args: argparse.Namespace, context: Context) -> Answer:
    """Lay cases before who approves."""
    ws = context.workspace()
    ws.demand("submit")
    return _each(ws, _meant(ws, args, "open"), "submitted", actions.submit)


def approve(args: argparse.Namespace, context: Context) -> Answer:
    """Approve cases; exit code 1 when one was refused, naming which and why."""
    ws = context.workspace()
    ws.demand("approve")
    return _each(ws, _meant(ws, args, "waiting"), "approved", actions.approve)


def return_(args: argparse.Namespace, context: Context) -> Answer:
    """Give a case back to who wrote it."""
    ws = context.workspace()
    actions.return_(ws, args.id, args.reason)
    return _stands(ws, args.id, translate("Đã trả ca lại."))


def close(args: argparse.Namespace, context: Context) -> Answer:
    """End a case with one of the twelve reasons."""
    ws = context.workspace()
    actions.close(ws, args.id, ClosingDraft(args.reason, args.note, args.on))
    return _stands(ws, args.id, translate("Đã kết thúc ca."))


def reopen(args: argparse.Namespace, context: Context) -> Answer:
    """Take up an ended case again."""
    ws = context.workspace()
    actions.reopen(ws, args.id, args.reason)
    return _stands(ws, args.id, translate("Đã mở lại ca."))


def _meant(ws: Workspace, args: argparse.Namespace, status: str) -> tuple[str, ...]:
    return actions.ids(ws, status) if arguments.wants_all(args) else tuple(args.ids)


def _each(
    ws: Workspace, ids: Sequence[str], done: str, move: Callable[[Workspace, str], None]
) -> Answer:
    moved: list[str] = []
    problems: list[Problem] = []
    for case_id in ids:
        try:
            move(ws, case_id)
            moved.append(case_id)
        except Refused as refused:
            problems += refused.problems
    said = translate("Đã làm với {count} ca.", count=len(moved))
    return arguments.decided(done, moved, problems, said)


def _stands(ws: Workspace, case_id: str, said: str) -> Answer:
    return Answer({"id": case_id, "status": actions.status(ws, case_id)}, (said,))
