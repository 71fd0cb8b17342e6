"""The sheet that goes along on a visit: whom, where, what is open, what was said, and lines."""

from __future__ import annotations

from collections.abc import Iterator

from app.actions import form_person, help_sections, paper_words
from app.actions.case_facts import CaseFacts
from app.actions.form_case import CLOSED, Named
from app.rules import dates
from app.values.paper_blocks import BOX, Answer, Block, FormPart, Grid, Ticks
from data.records.person import Person

NOTES_SHOWN = 3
CONTACTS = (
    ("Điện thoại", "phone", ""),
    ("Người chăm sóc", "carer_name", "carer_phone"),
    ("Người đại diện", "rep_name", "rep_phone"),
    ("Người liên hệ", "contact_name", "contact_phone"),
)


def parts(facts: CaseFacts, named: Named) -> tuple[FormPart, ...]:
    """The sheet's parts; identity numbers stay at the office."""
    return (
        FormPart("1. Đến thăm", tuple(_whom(facts, named))),
        FormPart("2. Nhu cầu đang có", (_needs(facts),)),
        FormPart("3. Việc chưa xong theo kế hoạch", tuple(_open(facts, named))),
        FormPart("4. Ghi chép gần đây", (_notes(facts, named),)),
        FormPart(
            "5. Ghi khi thăm",
            (
                Answer("Ngày, giờ", half=True),
                Answer("Gặp ai", half=True),
                Ticks("Hỗ trợ", paper_words.lettered("support_kind", None)),
                Answer("Nội dung, kết quả", lines=8),
                Answer("Hẹn lần sau", lines=2),
            ),
        ),
    )


def _whom(facts: CaseFacts, named: Named) -> Iterator[Block]:
    person, case = facts.person, facts.case
    yield Answer("Họ và tên", _of(person, "name"))
    yield Answer("Ngày sinh", _of(person, "birth"), half=True)
    yield Answer("Giới tính", _of(person, "sex"), half=True)
    yield Answer("Địa chỉ", form_person.address(person))
    yield Answer("Chỉ đường", lines=2)
    told = [one for one in CONTACTS if _of(person, one[1])] or CONTACTS[:2]
    for label, name, phone in told:
        words = " - ".join(
            part for part in (_of(person, name), phone and _of(person, phone)) if part
        )
        yield Answer(label, words)
    yield Answer("Số hồ sơ ca", paper_words.of(case, "care_case", "case_number"), half=True)
    worker = named(case.worker) if case is not None and case.worker else ""
    yield Answer("Người quản lý trường hợp", worker, half=True)
    yield Answer("Lý do mở ca", paper_words.of(case, "care_case", "open_reason"))


def _of(person: Person | None, name: str) -> str:
    return paper_words.of(person, "person", name)


def _needs(facts: CaseFacts) -> Grid:
    rows = tuple(
        (
            form_person.need_words(one),
            str(one.priority or ""),
            paper_words.label("need_status", one.need_status or "new"),
            "",
        )
        for one in sorted(facts.needs, key=lambda one: one.priority or 9)
    )
    columns = (("Nhu cầu", 70.0), ("Ưu tiên", 17.0), ("Tình trạng", 28.0), ("Nay thế nào", 40.0))
    return Grid(columns, rows, 1 if rows else 3)


def _open(facts: CaseFacts, named: Named) -> Iterator[Block]:
    if facts.review_due:
        yield Answer("Rà soát kế hoạch vào ngày", dates.show(facts.review_due))
    rows = tuple(
        (
            f"{one.activity or ''} (khẩn cấp)" if one.urgent else one.activity or "",
            dates.show(one.due_on) if one.due_on else "",
            named(one.responsible or ""),
            BOX,
            "",
        )
        for one in facts.pending
    )
    columns = (
        ("Hoạt động", 62.0),
        ("Hạn", 22.0),
        ("Trách nhiệm", 32.0),
        ("Xong", 13.0),
        ("Kết quả", 40.0),
    )
    yield Grid(columns, rows, 1 if rows else 3)
    asked = tuple((what, day, BOX, "") for what, day in help_sections.waiting(facts.help))
    heads = (("Hỏi thêm", 94.0), ("Ngày", 22.0), ("Xong", 13.0), ("Kết quả", 40.0))
    if asked:
        yield Grid(heads, asked)


def _notes(facts: CaseFacts, named: Named) -> Grid:
    rows = tuple(
        (
            dates.show(one.card.noted_on),
            f"{paper_words.label('note_kind', one.card.kind)}\n{named(one.card.by)}",
            f"{CLOSED} {one.card.text}" if one.card.confidential else one.card.text,
        )
        for one in facts.notes[-NOTES_SHOWN:][::-1]
    )
    columns = (("Ngày", 23.0), ("Loại, người ghi", 32.0), ("Nội dung", 100.0))
    return Grid(columns, rows, 0 if rows else 1)
