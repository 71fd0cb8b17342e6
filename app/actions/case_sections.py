"""What a person's complete file tells of a case beside its notes: findings, plans, reviews."""

from __future__ import annotations

from collections.abc import Iterator

from app.actions import form_case, paper_words
from app.actions.case_facts import CaseFacts
from app.actions.form_case import Named
from app.rules import dates
from app.values.paper_blocks import Answer, FormPart, Grid
from data.records.case_plan import CasePlan
from data.records.case_review import CaseReview

PLAN_WORDS = ("goals", "risks", "change_reason")


def parts(facts: CaseFacts, named: Named) -> tuple[FormPart, ...]:
    """The sections that have content, the oldest first."""
    measures = facts.of_plan(None)
    return (
        *_findings(facts),
        *([_activities("Biện pháp khẩn cấp", facts, None, named)] if measures else []),
        *(_plan(facts, one, named) for one in facts.plans),
        *(_review(one) for one in facts.reviews),
    )


def _findings(facts: CaseFacts) -> Iterator[FormPart]:
    rows = tuple(
        (
            paper_words.label("need_domain", one.domain),
            one.situation or "",
            one.need or "",
            str(one.priority or ""),
            dates.show(one.assessed_on) if one.assessed_on else "",
        )
        for one in facts.findings
    )
    columns = (
        ("Lĩnh vực", 32.0),
        ("Hiện trạng", 56.0),
        ("Nhu cầu", 46.0),
        ("Ưu tiên", 18.0),
        ("Ngày", 22.0),
    )
    if rows:
        yield FormPart("Đánh giá nhu cầu", (Grid(columns, rows),))


def _plan(facts: CaseFacts, plan: CasePlan, named: Named) -> FormPart:
    status = paper_words.label("plan_status", plan.plan_status).lower()
    title = f"Kế hoạch lần {plan.edition or 1} ({status})"
    told = [(name, paper_words.of(plan, "case_plan", name)) for name in PLAN_WORDS]
    answers = [
        Answer(form_case.label_of("case_plan", name), words) for name, words in told if words
    ]
    if plan.approved_on:
        by = named(plan.approved_by) if plan.approved_by else ""
        said = ", ".join(words for words in (dates.show(plan.approved_on), by) if words)
        answers.append(Answer("Đã duyệt", said))
    if plan.review_on:
        answers.append(Answer("Rà soát vào ngày", dates.show(plan.review_on)))
    made = _activities(title, facts, plan, named)
    return FormPart(title, (*answers, *made.blocks))


def _activities(title: str, facts: CaseFacts, plan: CasePlan | None, named: Named) -> FormPart:
    rows = tuple(
        (
            f"{one.activity or ''} (khẩn cấp)" if one.urgent else one.activity or "",
            form_case.span(one),
            named(one.responsible or ""),
            form_case.resource(one),
            form_case.stands(one),
        )
        for one in facts.of_plan(plan)
    )
    columns = (
        ("Hoạt động", 46.0),
        ("Thời gian", 24.0),
        ("Trách nhiệm", 30.0),
        ("Nguồn lực, kinh phí", 32.0),
        ("Kết quả", 40.0),
    )
    return FormPart(title, (Grid(columns, rows),) if rows else ())


def _review(one: CaseReview) -> FormPart:
    day = dates.show(one.reviewed_on) if one.reviewed_on else "…"
    names = (*form_case.FINDINGS, "verdict", "next_review_on")
    told = [(name, paper_words.of(one, "case_review", name)) for name in names]
    answers = (
        Answer(form_case.label_of("case_review", name), words) for name, words in told if words
    )
    return FormPart(f"Rà soát ngày {day}", tuple(answers))
