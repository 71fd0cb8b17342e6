"""Mẫu 01-04 of TT 01/2019/TT-BLĐTBXH: the application, the two sheets, what the school tells.

Made of plain values (`app/values/council_paper.py`), filled or empty. The order of the questions
is the circular's; signs and activities come from the dated catalogue, in the edition of the file.
The words are Vietnamese whatever the window's language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.actions import paper_words
from app.values.council_paper import (
    Application,
    Finding,
    Hearing,
    Marks,
    Representative,
    SheetLine,
    SheetLines,
    Subject,
)
from app.values.paper_blocks import BOX, TICKED, Answer, Block, FormPart, Grid, Said, Signer, Ticks
from app.values.paper_form import CITIZEN, COUNCIL, PaperForm
from app.values.papers import Letterhead

ISSUED_WITH = (
    "Mẫu số {number}\n(Ban hành kèm theo Thông tư số 01/2019/TT-BLĐTBXH ngày 02 tháng 01 năm 2019)"
)
COUNCIL_NAME = "Hội đồng xác định mức độ khuyết tật"
UNDATED = "{place}, ngày … tháng … năm …"
SIGNED, SEALED = "(ký, ghi rõ họ tên)", "(ký tên, đóng dấu)"

KINDS = (
    ("new", "Xác định mức độ khuyết tật và cấp Giấy xác nhận khuyết tật"),
    ("redetermination", "Xác định lại mức độ khuyết tật và cấp Giấy xác nhận khuyết tật"),
    ("reissue", "Cấp lại Giấy xác nhận khuyết tật"),
    ("exchange", "Cấp đổi Giấy xác nhận khuyết tật"),
)
"""The boxes of Mẫu 01 in their order."""

APPLIES = (
    "Đơn đề nghị xác định, xác định lại mức độ khuyết tật và cấp, cấp đổi, cấp lại Giấy xác nhận"
    " khuyết tật"
)
SIGNS = (("TT", 11.0), ("Các dấu hiệu", 127.0), ("Có", 13.0), ("Không", 15.0))
ABILITIES = (
    ("TT", 9.0),
    ("Các hoạt động", 85.0),
    ("Thực hiện được", 18.0),
    ("Cần trợ giúp", 16.0),
    ("Không thực hiện được", 19.0),
    ("Không xác định", 19.0),
)
SCORES = (
    ("TT", 9.0),
    ("Các hoạt động", 81.0),
    ("Thực hiện được (0 điểm)", 19.0),
    ("Cần trợ giúp (1 điểm)", 19.0),
    ("Không thực hiện được (2 điểm)", 20.0),
    ("Không xác định (X)", 18.0),
)
PROPOSAL_ROOM = 80.0
"""Points that part V needs: it stays on one page with the signatures."""

ANSWERS = ("0", "1", "2", "X")
SCHOOL_TROUBLES = (
    "Về vận động",
    "Về nghe, nói",
    "Về nhìn",
    "Về thần kinh, tâm thần",
    "Về trí tuệ",
    "Khác",
)


@dataclass(frozen=True, slots=True)
class Print:
    """What every paper of one run has: letterhead, the code on it, who prints it and when."""

    letterhead: Letterhead
    code: str = ""
    printed_by: str = ""
    printed_at: str = ""
    demo: bool = False
    draft: bool = True


def council_head(head: Letterhead) -> Letterhead:
    """The council speaks, below the office it sits at (it uses the office's seal)."""
    return replace(head, superior_body=head.issuing_body, issuing_body=COUNCIL_NAME)


def application(asked: Application, lines: SheetLines, how: Print) -> PaperForm:
    """Mẫu 01, filled from a file or empty; an exchange has no part III (as the form says)."""
    who, place = asked.subject, how.letterhead.place
    commune = _commune(how.letterhead) or who.commune
    parts = [
        FormPart("", (Answer("Kính gửi: Chủ tịch Ủy ban nhân dân", commune),)),
        FormPart("", tuple(Ticks("", ((words, kind == asked.kind),)) for kind, words in KINDS)),
        FormPart(
            "I. Thông tin người được xác định mức độ khuyết tật", tuple(_subject(who, "applied"))
        ),
        FormPart(
            "II. Thông tin người đại diện hợp pháp (nếu có)",
            tuple(_representative(asked.representative, whole=True)),
        ),
    ]
    if asked.reason:
        parts.insert(2, FormPart("", (Answer("Lý do", asked.reason),)))
    if asked.kind != "exchange":
        parts += _condition(asked, lines)
    return replace(
        blank_form("01", APPLIES, parts, how),
        head=CITIZEN,
        dated=UNDATED.format(place=place or "…"),
        signers=(Signer("", ""), Signer("NGƯỜI VIẾT ĐƠN", SIGNED)),
        person_id=who.person_id,
    )


def sheet(heard: Hearing, lines: SheetLines, how: Print) -> PaperForm:
    """Mẫu 02 (under six) or Mẫu 03: signs, degree signs, activities, total and proposal."""
    young = heard.form == "02"
    title = "Phiếu xác định mức độ khuyết tật"
    whom = "Đối với trẻ em dưới 6 tuổi" if young else "Đối với người từ đủ 6 tuổi trở lên"
    parts = [
        FormPart(
            "I. Thông tin người được xác định mức độ khuyết tật",
            tuple(_subject(heard.subject, "sheet")),
        ),
        FormPart(
            "II. Thông tin người đại diện hợp pháp (nếu có)",
            tuple(_representative(heard.representative, whole=False)),
        ),
        FormPart(
            "III. Xác định dạng khuyết tật",
            (signs(lines.types, heard.marks.type_signs, heard.marks.recorded),),
        ),
        *_degree(heard.marks, lines, young),
        FormPart("V. Đề xuất kết luận dạng khuyết tật và mức độ khuyết tật",
                 tuple(_proposal(heard)), PROPOSAL_ROOM),
    ]  # fmt: skip
    return replace(
        blank_form(heard.form, title, parts, how),
        head=COUNCIL,
        letterhead=council_head(how.letterhead),
        about=whom,
        dated=UNDATED.format(place=how.letterhead.place or "…"),
        signers=(Signer("NGƯỜI GHI PHIẾU", SIGNED), Signer("CHỦ TỊCH HỘI ĐỒNG", SEALED)),
        person_id=heard.subject.person_id,
    )


def school(asked: Application, how: Print) -> PaperForm:
    """Mẫu 04: what the school tells of a pupil; it fills in parts 2 and 3 itself."""
    who = asked.subject
    known = (
        Answer("Họ và tên", who.name),
        Answer("Ngày tháng năm sinh", who.birth, half=True),
        Answer("Giới tính", who.sex, half=True),
        Answer("Dân tộc", who.ethnicity, half=True),
        Answer("Lớp", asked.school_class, half=True),
        Answer("Cơ sở giáo dục", asked.school),
        Answer("Nơi ở hiện nay", who.lives_at),
        Answer("Số điện thoại phụ huynh", asked.representative.phone),
    )
    parts = [
        FormPart("1. Thông tin về người được xác định mức độ khuyết tật", known),
        FormPart(
            "2. Biểu hiện khó khăn trong học tập, sinh hoạt, giao tiếp",
            tuple(Answer(words, lines=3) for words in SCHOOL_TROUBLES),
        ),
        FormPart(
            "3. Kiến nghị về dạng khuyết tật, mức độ khuyết tật",
            (Answer("Dạng khuyết tật", lines=2), Answer("Mức độ khuyết tật", lines=2)),
        ),
    ]
    return replace(
        blank_form(
            "04", "Phiếu cung cấp thông tin về người được xác định mức độ khuyết tật", parts, how
        ),
        head=CITIZEN,
        dated="…………, ngày … tháng … năm …",
        signers=(
            Signer("NGƯỜI CUNG CẤP THÔNG TIN", SIGNED),
            Signer("ĐẠI DIỆN CƠ SỞ GIÁO DỤC", SEALED),
        ),
        person_id=who.person_id,
    )


def signs(lines: Sequence[SheetLine], marked: frozenset[str], recorded: bool) -> Grid:
    """A table of signs in groups: "Có" where one was seen, "Không" where a sheet was filled in."""
    rows: list[tuple[str, ...]] = []
    strong, group = set(), ""
    for one in lines:
        if one.group != group:
            group = one.group
            strong.add(len(rows))
            rows.append((one.number.split(".")[0], group, "", ""))
        there = one.number in marked
        no = TICKED if recorded and not there else BOX
        rows.append((one.number, one.words, TICKED if there else BOX, no))
    return Grid(SIGNS, tuple(rows), strong=frozenset(strong))


def conclusion_boxes(found: Finding) -> tuple[Block, ...]:
    """The four boxes of a conclusion, types and degree in words where they are known."""
    determined = found.conclusion == "determined"
    return (
        Ticks("", ((f"Dạng khuyết tật (ghi rõ): {found.types or '.' * 60}", determined),)),
        Ticks("", ((f"Mức độ khuyết tật (ghi rõ): {found.degree or '.' * 60}", determined),)),
        Ticks("", (("Không khuyết tật", found.conclusion == "not_disabled"),)),
        Ticks("", (("Không đưa ra được kết luận", found.conclusion == "inconclusive"),)),
    )


def blank_form(number: str, title: str, parts: Sequence[FormPart], how: Print) -> PaperForm:
    """A form of the circular with its number and source; the rest is the form's own."""
    return PaperForm(
        letterhead=how.letterhead,
        title=title.upper(),
        parts=tuple(parts),
        number=number,
        source=ISSUED_WITH.format(number=number),
        code=how.code,
        printed_by=how.printed_by,
        printed_at=how.printed_at,
        demo=how.demo,
        draft=how.draft,
    )


def _commune(head: Letterhead) -> str:
    """ "xã Hòa Hội" of "Ủy ban nhân dân xã Hòa Hội"; empty where another office prints."""
    body = head.issuing_body
    for begins in ("Ủy ban nhân dân ", "UBND "):
        if body.lower().startswith(begins.lower()):
            return body[len(begins) :]
    return ""


def _subject(who: Subject, where: str) -> Iterator[Answer]:
    birth = "Ngày tháng năm sinh" if where == "applied" else "Sinh ngày"
    yield Answer("Họ và tên", who.name)
    yield Answer(birth, who.birth, half=True)
    yield Answer("Giới tính", who.sex, half=True)
    yield Answer("Số CMND hoặc căn cước công dân", who.id_number)
    yield Answer("Hộ khẩu thường trú", who.residence)
    yield Answer("Nơi ở hiện nay", who.lives_at)


def _representative(who: Representative, whole: bool) -> Iterator[Answer]:
    yield Answer("Họ và tên", who.name)
    yield Answer("Mối quan hệ với người được xác định khuyết tật", who.relation)
    yield Answer("Số CMND hoặc căn cước công dân", who.id_number)
    if whole:
        yield Answer("Hộ khẩu thường trú", who.residence)
        yield Answer("Nơi ở hiện nay", who.lives_at)
    else:
        yield Answer("Hộ khẩu thường trú (nơi ở)", who.residence or who.lives_at)
    yield Answer("Số điện thoại", who.phone)


def _condition(asked: Application, lines: SheetLines) -> Iterator[FormPart]:
    """Part III of the application, as the citizen declares it."""
    told = asked.declared
    yield FormPart("III. Thông tin về tình trạng khuyết tật", (
        Said("1. Thông tin về dạng khuyết tật (đánh dấu x vào ô tương ứng)"),
        signs(lines.types, told.type_signs, told.recorded),
    ))  # fmt: skip
    if asked.under_six:
        return
    yield FormPart("", (
        Said("2. Thông tin về mức độ khuyết tật (trẻ em dưới 6 tuổi không phải kê khai)"),
        _abilities(ABILITIES, lines.activities, told),
    ))  # fmt: skip


def _abilities(
    columns: tuple[tuple[str, float], ...], lines: Sequence[SheetLine], marks: Marks
) -> Grid:
    """Activities by how somebody manages them; one box of each line is ticked."""
    rows = tuple(
        (
            one.number,
            one.words,
            *(TICKED if marks.scores.get(one.number) == each else BOX for each in ANSWERS),
        )
        for one in lines
    )
    return Grid(columns, rows)


def _degree(marks: Marks, lines: SheetLines, young: bool) -> Iterator[FormPart]:
    """Part IV: signs of the degree; from six on the activities, where no sign decided."""
    title = "IV. Xác định mức độ khuyết tật"
    observed = signs(lines.degrees, marks.degree_signs, marks.recorded)
    if young:
        yield FormPart(title, (observed,))
        return
    yield FormPart(title, (Said("Phần 1. Quan sát dấu hiệu"), observed))
    if marks.recorded and marks.degree_signs and not marks.scores:
        decided = "Phần 2 không phải đánh giá: Phần 1 đã có dấu hiệu xác định mức độ."
        yield FormPart("", (Said(decided),))
        return
    yield FormPart("", (
        Said("Phần 2. Chỉ đánh giá khi Phần 1 không có dấu hiệu nào"),
        _abilities(SCORES, lines.activities, marks),
        Answer("Tổng số điểm", marks.total),
    ))  # fmt: skip


def _proposal(heard: Hearing) -> Iterator[Block]:
    """Part V; the basis of the proposal stands below it, for the council decides (Đ.2)."""
    proposed = heard.proposal
    none = "không khuyết tật" if proposed.conclusion == "not_disabled" else ""
    yield Answer(
        "1. Dạng khuyết tật (ghi rõ dạng khuyết tật hoặc không khuyết tật)",
        proposed.types or none,
    )
    yield Answer("2. Mức độ khuyết tật", proposed.degree)
    if heard.proposal_basis:
        yield Said(f"Căn cứ đề xuất: {heard.proposal_basis}. Hội đồng biểu quyết, kết luận.")
    yield Ticks("", ((
        "3. Không đưa ra được kết luận về dạng khuyết tật, mức độ khuyết tật",
        proposed.conclusion == "inconclusive",
    ),))  # fmt: skip


def group_words(code: str, degree: bool = False) -> str:
    """The title of a group of signs."""
    label = paper_words.label("degree" if degree else "disability_type", code)
    return f"Mức độ {label.lower()}" if degree else f"Khuyết tật {label.lower()}"
