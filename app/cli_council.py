"""Verbs of the council that decides type and degree: what a form proposes, when time is up."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from app import (
    cli_council_members,
    cli_council_papers,
    cli_hearings,
    cli_sessions,
    working_days,
)
from app.actions import assessment
from app.cli_arguments import day, not_negative
from app.cli_context import Answer, Context
from app.errors import Problem, Refused, file_trouble
from app.rules.assessment import Proposal
from app.wording import language, translate
from data import codes

DAYS_MAX = 2000


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("assessment", help=translate("xác định dạng và mức độ khuyết tật"))
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser(
        "propose", help=translate("phiếu đề xuất gì theo dấu hiệu và điểm đã ghi; hội đồng quyết")
    )
    told = translate("tệp JSON: on, birth, birth_precision, type_signs, degree_signs, scores")
    verb.add_argument("file", metavar="FILE.json", type=Path, help=told)
    verb.set_defaults(run=propose)
    council = verbs.add_parser("council", help=translate("Hội đồng xác định mức độ khuyết tật"))
    council_kinds = council.add_subparsers(required=True, dest="kind")
    cli_council_papers.register_session(council_kinds)
    cli_council_members.register(council_kinds)
    cli_sessions.register(verbs)
    cli_hearings.register(verbs)
    verb = verbs.add_parser("deadline", help=translate("hạn theo ngày làm việc"))
    begins = translate("ngày bắt đầu, không tính vào hạn")
    verb.add_argument("--from", dest="start", type=day, required=True, metavar="DATE", help=begins)
    many = translate("số ngày làm việc")
    verb.add_argument("--working-days", type=not_negative, required=True, metavar="N", help=many)
    verb.set_defaults(run=deadline)


def propose(args: argparse.Namespace, _context: Context) -> Answer:
    """The form's proposal; the store is not asked."""
    try:
        document = json.loads(args.file.read_text("utf-8-sig"))
    except OSError as error:
        raise Refused.one("file_unreadable", "file", args.file.name,
                          reason=file_trouble(error)) from None  # fmt: skip
    except ValueError:
        raise Refused.one("assessment_unreadable", "file", args.file.name) from None
    found = assessment.propose(assessment.read(document))
    problems = assessment.problems_of(found)
    told = asdict(found) | {"types": list(found.types), "problems": [asdict(p) for p in problems]}
    return Answer(told, _lines(found, problems))


def deadline(args: argparse.Namespace, _context: Context) -> Answer:
    """When so many working days are over; every day passed over with its reason."""
    if args.working_days > DAYS_MAX:
        raise Refused.one("deadline_too_long", "working_days", args.working_days, most=DAYS_MAX)
    found = working_days.due(date.fromisoformat(args.start), args.working_days)
    skipped = [{"date": one.isoformat(), "why": why} for one, why in found.skipped]
    lines = [translate("Hạn: {day}", day=f"{found.due:%d/%m/%Y}")]
    lines += [f"{one:%d/%m/%Y}\t{why}" for one, why in found.skipped]
    return Answer({"due": found.due.isoformat(), "skipped": skipped}, tuple(lines))


def _lines(found: Proposal, problems: tuple[Problem, ...]) -> tuple[str, ...]:
    types = ", ".join(codes.label("disability_type", one, language()) for one in found.types)
    degree = (
        translate("Không đưa ra được kết luận")
        if found.degree == "inconclusive"
        else codes.label("degree", found.degree, language())
    )
    lines = [
        translate("Phiếu: {form}", form=f"Mẫu {found.form}" if found.form else "?"),
        translate("Dạng: {types}", types=types or "-"),
        translate("Mức độ (đề xuất): {degree}", degree=degree),
        translate("Theo: {article}", article=found.article),
    ]
    if found.score_min is not None:
        total = str(found.score_min)
        if found.score_max != found.score_min:
            total += f"-{found.score_max}"
        lines.append(translate("Tổng điểm: {total}", total=total))
    if found.reissue_at_six:
        lines.append(translate("Xác định lại khi đủ 6 tuổi."))
    return (*lines, *(one.message for one in problems))
