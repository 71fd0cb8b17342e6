"""The first sheet of a case's file: which case, which forms are in it, who decided what."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions import form_person, help_sections, history_words, paper_words
from app.actions.case_facts import CaseFacts
from app.actions.form_case import Named
from app.values.paper_blocks import Answer, FormPart, Grid

NOTHING_YET = "chưa có nội dung"


def parts(
    facts: CaseFacts, forms: Sequence[tuple[str, str]], named: Named, outside: bool = False
) -> tuple[FormPart, ...]:
    """`forms` are (name, pages in words) of every form, also of those left out.

    A file for `outside` does not say who told.
    """
    case = facts.case
    worker = named(case.worker) if case is not None and case.worker else ""

    def told(name: str) -> str:
        return paper_words.of(case, "care_case", name)

    listed = tuple((str(n), name, pages) for n, (name, pages) in enumerate(forms, 1))
    steps = tuple(
        (
            history_words.when(one.created_at),
            paper_words.label("note_kind", one.note_kind),
            named(one.created_by),
            one.note_text or "",
        )
        for one in sorted(facts.steps, key=lambda one: one.created_at)
    )
    ended = [told("closed_on"), told("close_reason")] if case and case.closed_on else []
    return (
        FormPart(
            "",
            (
                *form_person.who(facts.person),
                Answer("Số hồ sơ ca", told("case_number"), half=True),
                Answer("Người quản lý trường hợp", worker, half=True),
                Answer("Ngày mở", told("opened_on"), half=True),
                Answer("Trạng thái", told("case_status"), half=True),
                Answer("Lý do mở", told("open_reason")),
                *_reported(facts, outside),
                *([Answer("Kết thúc", "; ".join(ended))] if ended else []),
            ),
        ),
        FormPart(
            "Giấy tờ trong hồ sơ",
            (Grid((("STT", 12.0), ("Tên", 110.0), ("Số trang", 34.0)), listed),),
        ),
        *(
            [
                FormPart(
                    "Các bước đã quyết định",
                    (
                        Grid(
                            (("Thời điểm", 36.0), ("Việc", 34.0), ("Người", 36.0), ("Lý do", 60.0)),
                            steps,
                        ),
                    ),
                )
            ]
            if steps
            else []
        ),
        *help_sections.parts(facts.help),
    )


def _reported(facts: CaseFacts, outside: bool) -> list[Answer]:
    """Who told of the case, and what makes it an emergency, where somebody wrote it."""
    case = facts.case
    if case is None:
        return []
    told = [paper_words.of(case, "care_case", one) for one in ("reporter", "reporter_kind")]
    said = ", ".join(words for words in told if words)
    how = paper_words.of(case, "care_case", "reported_how")
    asked = {"Người báo tin": said, "Báo tin bằng cách": how} if not outside else {}
    found = [Answer(label, words) for label, words in asked.items() if words]
    if case.emergency:
        found.append(Answer("Khẩn cấp", (case.emergency_note if not outside else "") or "Có"))
    return found
