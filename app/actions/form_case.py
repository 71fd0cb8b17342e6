"""Mẫu 02-06 of TT 02/2020/TT-BLĐTBXH (Đ.5-8): assessment, criteria, plan, progress, closing.

The order of the questions is the circular's; empty ones stay dotted lines, tables keep rows to
write in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.actions import form_person, paper_words
from app.actions.case_facts import CaseFacts, ToldNote
from app.rules import dates
from app.values.paper_blocks import Answer, Block, FormPart, Grid, Said, Ticks
from data import codes, fields
from data.records.case_plan import CasePlan, PlanActivity
from data.records.case_review import CaseReview

Named = Callable[[str], str]
"""The full name of a user by login; other words stay as they are."""

FINDINGS = ("outcome", "needs_met", "independence", "fit", "linkage", "other_finding")
PLAN_COLUMNS = (
    ("STT", 12.0),
    ("Hoạt động", 46.0),
    ("Thời gian", 26.0),
    ("Nguồn lực, kinh phí", 30.0),
    ("Trách nhiệm", 29.0),
    ("Đơn vị cung cấp", 30.0),
)
PROGRESS_COLUMNS = (
    ("Ngày", 24.0),
    ("Hoạt động", 36.0),
    ("Nội dung, kết quả", 71.0),
    ("Hỗ trợ", 17.0),
    ("Người ghi", 26.0),
)
CLOSED = "[giữ kín]"
ROOM = "\n\n"
"""In a cell: height to write in."""


def assessment(facts: CaseFacts, named: Named) -> tuple[FormPart, ...]:
    """Mẫu 02: situation, need and priority in the eight domains."""
    known = {one.domain: one for one in facts.findings}  # the latest of each domain
    days = sorted({one.assessed_on for one in known.values() if one.assessed_on})
    rows = []
    for item in codes.get("need_domain").items:
        one = known.get(item.code)
        situation = (one.situation or "") if one else ROOM
        need = (one.need or "") if one else ""
        priority = str(one.priority or "") if one else ""
        rows.append((f"{item.official}) {item.vi}", situation, need, priority))
    columns = (("Lĩnh vực", 34.0), ("Hiện trạng", 66.0), ("Nhu cầu", 52.0), ("Ưu tiên", 18.0))
    shown = ", ".join(dates.show(day) for day in days)
    return (
        FormPart(
            "",
            (
                *_head(facts, named),
                Answer("Ngày đánh giá", shown, half=True),
                Answer("Người trả lời", half=True),
                Said("Người trả lời là gia đình, người chăm sóc, giám hộ khi đối tượng không"
                     " tự trả lời được (Điều 4)."),
            ),
        ),
        FormPart("Đánh giá theo tám lĩnh vực", (Grid(columns, tuple(rows)),)),
    )  # fmt: skip


def criteria(facts: CaseFacts, named: Named) -> tuple[FormPart, ...]:
    """Mẫu 03: the seven criteria, each with a box."""
    case = facts.case
    chosen = case.criteria if case is not None else None
    boxes = tuple(Ticks("", (one,)) for one in paper_words.lettered("service_criterion", chosen))
    return (
        FormPart("", _head(facts, named)),
        FormPart("Tiêu chí xác định đối tượng (Điều 6 khoản 1)", boxes),
        FormPart(
            "",
            (
                Answer("Lý do tiếp nhận", _case_words(facts, "open_reason"), 2),
                Answer("Ghi chú", _case_words(facts, "criteria_note"), 3),
            ),
        ),
    )


def plan(facts: CaseFacts, named: Named, edition: CasePlan | None = None) -> tuple[FormPart, ...]:
    """Mẫu 04: one edition of the plan, the latest when none is named."""
    of = edition or facts.plan
    some = facts.of_plan(of)

    def told(name: str) -> str:
        return paper_words.of(of, "case_plan", name)

    review = told("review_on")
    parts = [
        FormPart("", (*_head(facts, named), Answer("Lần lập kế hoạch", told("edition"), half=True),
                      Answer("Rà soát vào ngày", review, half=True))),
        FormPart("1. Mục tiêu cụ thể", (Answer("Mục tiêu", told("goals"), 4),)),
        FormPart("2. Hoạt động khẩn cấp", (_activities([a for a in some if a.urgent], named, 2),)),
        FormPart("3. Hoạt động theo thứ tự ưu tiên",
                 (_activities([a for a in some if not a.urgent], named, 5),)),
        FormPart("4. Rủi ro và phương thức giải quyết", (Answer("Rủi ro", told("risks"), 3),)),
    ]  # fmt: skip
    if told("change_reason"):
        parts.append(FormPart("5. Điều chỉnh", (Answer("Vì sao", told("change_reason")),)))
    approved = told("approved_on")
    by = named(of.approved_by) if of is not None and of.approved_by else ""
    blocks = (Answer("Ngày duyệt", approved, half=True), Answer("Người duyệt", by, half=True))
    parts.append(FormPart("Phê duyệt", blocks))
    return tuple(parts)


def progress(facts: CaseFacts, named: Named) -> tuple[FormPart, ...]:
    """Mẫu 05: notes, visits and calls by day, and what reviews found."""
    names = {one.id: one.activity or "" for one in facts.activities}
    rows = tuple(_progress_row(one, names, named) for one in facts.notes)
    legend = "; ".join(words for words, _on in paper_words.lettered("support_kind", None))
    reviews = facts.reviews or (None,)
    return (
        FormPart("", _head(facts, named)),
        FormPart(
            "Ghi chép tiến độ",
            (Said(f"Hỗ trợ: {legend}."), Grid(PROGRESS_COLUMNS, rows, 2 if rows else 9)),
        ),
        *(_review(one) for one in reviews),
    )


def closing(facts: CaseFacts, named: Named) -> tuple[FormPart, ...]:
    """Mẫu 06: the minutes of the meeting that ends the case."""
    case = facts.case
    reason = case.close_reason if case is not None else None
    reasons = tuple(Ticks("", (one,)) for one in paper_words.lettered("close_reason", reason))
    return (
        FormPart(
            "",
            (
                *_head(facts, named),
                Answer("Ngày họp", _case_words(facts, "meeting_on"), half=True),
                Answer("Ngày kết thúc", _case_words(facts, "closed_on"), half=True),
                Answer("Người dự họp", _case_words(facts, "attendees"), 3),
            ),
        ),
        FormPart("1. Lý do kết thúc (Điều 8 khoản 3 điểm a)", reasons),
        FormPart("2. Kết quả", (Answer("Kết quả", _case_words(facts, "close_note"), 4),)),
        FormPart(
            "3. Bàn giao, theo dõi",
            (
                Answer("Bàn giao cho", _case_words(facts, "handed_to")),
                Answer("Nội dung bàn giao", _case_words(facts, "handover_note"), 3),
                Answer("Theo dõi tái hòa nhập đến ngày", _case_words(facts, "follow_until")),
            ),
        ),
    )


def span(one: PlanActivity) -> str:
    """From when to when an activity runs."""
    return " - ".join(dates.show(day) for day in (one.start_on, one.due_on) if day)


def resource(one: PlanActivity) -> str:
    """What an activity is paid and done with."""
    cost = paper_words.of(one, "plan_activity", "cost")
    return "; ".join(words for words in (one.resource, cost) if words)


def stands(one: PlanActivity) -> str:
    """How far an activity is, and what came of it."""
    status = paper_words.label("activity_status", one.activity_status)
    done = f"{status} {dates.show(one.done_on)}" if one.done_on else status
    return ": ".join(words for words in (done, one.result) if words)


def label_of(record: str, name: str) -> str:
    """What a field is called."""
    return fields.get(record, name).vi


def _head(facts: CaseFacts, named: Named) -> tuple[Block, ...]:
    """Whom the form is about, the number of the case and who follows it."""
    case = facts.case
    worker = named(case.worker) if case is not None and case.worker else ""
    return (
        *form_person.who(facts.person),
        Answer("Số hồ sơ ca", _case_words(facts, "case_number"), half=True),
        Answer("Người quản lý trường hợp", worker, half=True),
    )


def _case_words(facts: CaseFacts, name: str) -> str:
    return paper_words.of(facts.case, "care_case", name)


def _activities(some: Sequence[PlanActivity], named: Named, spare: int) -> Grid:
    rows = tuple(
        (
            str(number),
            one.activity or "",
            span(one),
            resource(one),
            named(one.responsible or ""),
            one.provider or "",
        )
        for number, one in enumerate(some, 1)
    )
    return Grid(PLAN_COLUMNS, rows, 1 if rows else spare)


def _progress_row(one: ToldNote, names: dict[str, str], named: Named) -> tuple[str, ...]:
    card, row = one.card, one.row
    text = f"{CLOSED} {card.text}" if card.confidential else card.text
    kind = paper_words.label("note_kind", card.kind)
    activity = names.get(row.activity_id or "", "")
    kinds = (row.help_kinds or "").split()
    letters = [one.official for one in codes.get("support_kind").items if one.code in kinds]
    done = ": ".join(words for words in (kind, activity) if words)
    return (dates.show(card.noted_on), done, text, ", ".join(letters), named(card.by))


def _review(one: CaseReview | None) -> FormPart:
    """The six findings of a review; dotted lines when there was none yet."""
    day = dates.show(one.reviewed_on) if one is not None and one.reviewed_on else ""
    title = f"Rà soát, đánh giá ngày {day}" if day else "Rà soát, đánh giá"
    findings = [
        Answer(label_of("case_review", name), paper_words.of(one, "case_review", name), 2)
        for name in FINDINGS
    ]
    verdict = one.verdict if one is not None else None
    return FormPart(
        title,
        (
            *(() if day else (Answer("Ngày rà soát"),)),
            *findings,
            Ticks("Kết luận", paper_words.choices("review_verdict", verdict)),
            Answer("Rà soát lần sau", paper_words.of(one, "case_review", "next_review_on")),
        ),
    )
