"""Verbs about the reform of 2025 in this office: plan, answer, apply."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app import cli_documents as documents
from app.actions import reform
from app.cli_context import Answer, Context
from app.values.person import PersonCard
from app.values.reform import ReformPart, ReformTotals
from app.wording import translate
from app.workspace import Workspace
from data import units


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    words = translate("chuyển người sang đơn vị hành chính từ 01/7/2025")
    kinds = verbs.add_parser("reform", help=words).add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser("plan", help=translate("từng xã cũ về đâu, còn hỏi gì, tổng số người"))
    verb.set_defaults(run=plan)
    _register_answer(kinds)
    verb = kinds.add_parser("apply", help=translate("chuyển những người đã rõ về đâu"))
    back = translate("đưa về như bảng của nhà nước; câu trả lời vẫn giữ")
    verb.add_argument("--undo", action="store_true", help=back)
    only = translate("chỉ rút lại cho một xã cũ")
    verb.add_argument("--unit", default="", metavar="SYSTEM:CODE", help=only)
    verb.set_defaults(run=apply)


def _register_answer(kinds: Any) -> None:
    verb = kinds.add_parser("answer", help=translate("trả lời một thôn, hay cả xã cũ, nay về đâu"))
    verb.add_argument("old", metavar="OLD", help=translate("xã cũ, ví dụ 63:21634"))
    verb.add_argument("new", metavar="NEW", help=translate("xã mới, ví dụ 34:21628"))
    verb.add_argument("--hamlet", default="", metavar="TEXT", help=translate("thôn, tổ"))
    why = translate("căn cứ, khi khác bảng của nhà nước")
    verb.add_argument("--reason", default="", metavar="TEXT", help=why)
    gone = translate("rút câu trả lời")
    verb.add_argument("--withdraw", action="store_true", help=gone)
    verb.set_defaults(run=answer)


def plan(_args: argparse.Namespace, context: Context) -> Answer:
    """The change list, the questions that are open, the totals, and who waits for an answer."""
    ws = context.workspace()
    found = reform.plan(ws)
    parts = [_part(part) for part in found.parts]
    after = [{**_unit(key), "persons": number} for key, number in found.after.items()]
    document = {
        "list": parts,
        "questions": [part for part in parts if part["how"] == "ask" and part["persons"]],
        "after": after,
        "totals": _totals(found.totals),
        "open": _people(ws, reform.open_persons(ws)),
    }
    lines = [_line(part) for part in found.parts if part.persons]
    return Answer(document, (*lines, *_total_lines(found.totals)))


def answer(args: argparse.Namespace, context: Context) -> Answer:
    """Say where a hamlet or a whole old commune went, or take that back."""
    ws = context.workspace()
    if args.withdraw:
        reform.withdraw(ws, args.old, args.hamlet)
        said = translate("Đã rút câu trả lời.")
    else:
        reform.answer(ws, args.old, args.new, args.hamlet, args.reason)
        said = translate("Đã ghi câu trả lời; chưa chuyển ai trước khi áp dụng.")
    document = {"old": args.old, "hamlet": args.hamlet, "new": args.new}
    return Answer(document | {"withdrawn": args.withdraw}, (said,))


def apply(args: argparse.Namespace, context: Context) -> Answer:
    """Move everybody whose present unit is known, or take that back."""
    ws = context.workspace()
    if args.undo:
        back = reform.undo(ws, args.unit)
        said = translate("Đã rút lại cho {count} người.", count=back)
        return Answer({"returned": back}, (said,))
    done = reform.apply(ws)
    people = _people(ws, done.open)
    document = {"moved": done.moved, "totals": _totals(done.totals), "open": people}
    said = translate("Đã chuyển {count} người.", count=done.moved)
    if not done.moved:
        said = translate("Không ai phải chuyển: xã đổi nguyên vẹn không cần áp dụng.")
    return Answer(document, (said, *_total_lines(done.totals)))


def _part(part: ReformPart) -> dict[str, Any]:
    return {
        "old": documents.unit(part.old),
        "hamlet": part.hamlet,
        "persons": part.persons,
        "new": documents.unit(part.new),
        "how": part.how,
        "reason": part.reason,
        "candidates": [documents.unit(one) for one in part.candidates],
        "waiting": part.waiting,
    }


def _unit(key: str) -> dict[str, str]:
    return documents.unit(key) or {}


def _totals(totals: ReformTotals) -> dict[str, Any]:
    return asdict(totals) | {"agree": totals.agree}


def _people(ws: Workspace, cards: Sequence[PersonCard]) -> list[dict[str, Any]]:
    return [documents.card(ws, card) for card in cards]


def _line(part: ReformPart) -> str:
    new = units.full_name(part.new) if part.new else translate("phải hỏi thôn")
    where = ", ".join(word for word in (part.hamlet, units.full_name(part.old)) if word)
    return f"{where}\t{part.persons}\t{new}"


def _total_lines(totals: ReformTotals) -> tuple[str, ...]:
    said = translate(
        "Trước {before} người; sau: {known} đã rõ, {open} còn hỏi, {already} vốn ở đơn vị mới, "
        "{unknown} không rõ xã.",
        **{name: getattr(totals, name) for name in "before known open already unknown".split()},
    )
    agree = translate("Tổng số khớp.") if totals.agree else translate("TỔNG SỐ KHÔNG KHỚP.")
    return said, agree
