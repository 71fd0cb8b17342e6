"""What a supervisor sees first: the list to tick of the cases before him, and why each is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from app.actions import paper_words
from app.actions.case_facts import CaseFacts
from app.rules import dates
from app.values.paper_blocks import BOX, FormPart, Grid, Said
from data import units
from data.records.care_case import ENDED

SILENT = timedelta(days=30)
"""About the month after which a case may be closed for want of contact (TT 02/2020 Đ.8 k.3a)."""

COLUMNS = (
    ("STT", 12.0),
    ("Họ tên, số ca", 45.0),
    ("Việc cần xem", 52.0),
    ("Trang", 15.0),
    ("Đồng ý", 18.0),
    ("Trả lại", 17.0),
    ("Ghi chú", 34.0),
)


def part(lines: Sequence[tuple[str, str, str]]) -> FormPart:
    """The list: (who, what to look at, page) of each case, and boxes to tick."""
    rows = tuple(
        (str(n), who, look, page, BOX, BOX, "") for n, (who, look, page) in enumerate(lines, 1)
    )
    said = "Đánh dấu vào một ô của mỗi ca; ca trả lại ghi rõ điều cần sửa."
    return FormPart("", (Said(said), Grid(COLUMNS, rows)))


def who(facts: CaseFacts) -> str:
    """Name, number of the case, commune."""
    person, case = facts.person, facts.case
    name = (person.name or "") if person is not None else ""
    number = case.case_number if case is not None else ""
    place = (
        units.full_name(person.commune).split(",")[0]
        if person is not None and person.commune
        else ""
    )
    return "\n".join(words for words in (name, number and f"số {number}", place) if words)


def look_at(facts: CaseFacts, today: date) -> str:
    """What there is to decide or to ask about in a case, the most pressing first."""
    found = list(_looks(facts, today))
    return "; ".join(found) or "Xem định kỳ"


def _looks(facts: CaseFacts, today: date) -> Iterator[str]:
    case = facts.case
    if case is None:
        return
    if case.case_status in ("waiting", "closing"):
        yield paper_words.label("case_status", case.case_status)
    if case.close_reason:
        yield f"Kết thúc: {paper_words.label('close_reason', case.close_reason)}"
    live = facts.pending
    urgent = sum(bool(one.urgent) for one in live)
    if urgent:
        yield f"Còn {urgent} hoạt động khẩn cấp"
    late = sum(_past(one.due_on, today) for one in live)
    if late:
        yield f"{late} hoạt động quá hạn"
    if facts.counting is None:
        yield "Chưa có kế hoạch"
    elif _past(facts.review_due, today):
        yield f"Quá hạn rà soát từ {dates.show(facts.review_due)}"
    last = case.contact_on or ""  # of every note, also one that is not for this reader
    since = (today - SILENT).isoformat()
    if case.case_status not in ENDED and last < since:
        yield f"Không liên hệ từ {dates.show(last)}" if last else "Chưa có ghi chép nào"


def _past(day: str | None, today: date) -> bool:
    """Whether a whole day has gone by; of a day known in part nobody can say."""
    return bool(day) and len(day or "") == 10 and (day or "") < today.isoformat()
