"""Verbs about what lies in a case: assess, plan, activity, review, number."""

from __future__ import annotations

import argparse
from typing import Any

from app import cli_arguments as arguments
from app.actions import case_assessment, case_number, case_plan, case_review
from app.cli_context import Answer, Context
from app.values.case_plan import ActivityDraft, AssessmentDraft, ReviewDraft
from app.wording import translate


def register(kinds: Any) -> None:
    """Add the verbs below `cases`."""
    for name, words, function in (
        ("assess", translate("đánh giá một lĩnh vực của ca (Mẫu 02)"), assess),
        ("plan", translate("ghi kế hoạch của ca (Mẫu 04); ca đang thực hiện: điều chỉnh"), plan),
        ("activity", translate("thêm, sửa một hoạt động; chưa có kế hoạch: biện pháp"), activity),
        ("review", translate("ghi một lần rà soát"), review),
    ):
        verb = _of_case(kinds, name, words)
        arguments.take_values(verb)
        verb.set_defaults(run=function)
        if name in ("assess", "activity"):
            which = translate("mã của mục đã có, để sửa")
            verb.add_argument("--which", default="", metavar="ID", help=which)
        if name == "activity":
            urgent = translate("biện pháp khẩn cấp, làm ngay, ngoài kế hoạch")
            verb.add_argument("--urgent", action="store_true", help=urgent)
    verb = _of_case(kinds, "number", translate("cấp số hồ sơ ca từ dải số của đơn vị"))
    verb.set_defaults(run=number)


def _of_case(kinds: Any, name: str, words: str) -> Any:
    verb = kinds.add_parser(name, help=words)
    verb.add_argument("id", metavar="ID", help=translate("mã ca, như cases list cho biết"))
    return verb


def assess(args: argparse.Namespace, context: Context) -> Answer:
    """Write what was found in one domain."""
    draft = AssessmentDraft(args.id, arguments.values(args.set), args.which)
    made = case_assessment.save(context.workspace(), draft)
    return Answer({"id": made, "case": args.id}, (translate("Đã lưu đánh giá."),))


def plan(args: argparse.Namespace, context: Context) -> Answer:
    """Write into the edition of the plan that is being written."""
    made = case_plan.save(context.workspace(), args.id, arguments.values(args.set))
    return Answer({"id": made, "case": args.id}, (translate("Đã lưu kế hoạch."),))


def activity(args: argparse.Namespace, context: Context) -> Answer:
    """Add an activity, change it, or tell its progress."""
    typed = arguments.values(args.set) | ({"urgent": True} if args.urgent else {})
    draft = ActivityDraft(args.id, typed, args.which)
    made = case_plan.save_activity(context.workspace(), draft)
    return Answer({"id": made, "case": args.id}, (translate("Đã lưu hoạt động."),))


def review(args: argparse.Namespace, context: Context) -> Answer:
    """Write a review."""
    draft = ReviewDraft(args.id, arguments.values(args.set))
    made = case_review.add(context.workspace(), draft)
    return Answer({"id": made, "case": args.id}, (translate("Đã lưu rà soát."),))


def number(args: argparse.Namespace, context: Context) -> Answer:
    """Give a case a number from the office's block."""
    given = case_number.give(context.workspace(), args.id)
    said = translate("Số hồ sơ ca: {number}", number=given)
    return Answer({"id": args.id, "case_number": given}, (said,))
