"""Mẫu 05 of TT 01/2019/TT-BLĐTBXH: the minutes of the council about one person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.actions.council_form import (
    SEALED,
    SIGNED,
    Print,
    blank_form,
    conclusion_boxes,
    council_head,
)
from app.values.council_paper import Hearing, Meeting, Seat
from app.values.paper_blocks import Answer, Block, FormPart, Grid, Said, Signer
from app.values.paper_form import COUNCIL, PaperForm

VOTES = (
    "Dạng khuyết tật",
    "Mức độ khuyết tật",
    "Không khuyết tật",
    "Không đưa ra được kết luận",
)
SEATS = (
    "Chủ tịch Hội đồng, chủ trì",
    "Công chức phụ trách công tác lao động, thương binh và xã hội, thư ký",
    "Trạm trưởng trạm y tế",
    "Đại diện Ủy ban Mặt trận Tổ quốc Việt Nam",
    "Đại diện Hội Liên hiệp Phụ nữ",
    "Đại diện Đoàn Thanh niên",
    "Đại diện Hội Cựu chiến binh",
    "Đại diện tổ chức của người khuyết tật",
)
"""Who is named on an empty form, in the circular's order."""

COPIES = (
    "Biên bản này được lập thành 03 bản có giá trị như nhau: lưu hồ sơ, Chủ tịch Hội đồng, lưu trữ."
)


def minutes(heard: Hearing, meeting: Meeting, how: Print) -> PaperForm:
    """The minutes, filled from a hearing or empty."""
    who = heard.subject
    content: tuple[Block, ...] = (
        Said("1. Xác định dạng khuyết tật và mức độ khuyết tật cho:"),
        Answer("Ông (bà)", who.name),
        Answer("Giới tính", who.sex, half=True),
        Answer("Ngày tháng năm sinh", who.birth, half=True),
        Answer("Nơi ở hiện nay", who.lives_at or who.residence),
        Said("2. Hội đồng quan sát, phỏng vấn người được xác định mức độ khuyết tật hoặc người"
             " đại diện hợp pháp."),
        Answer("3. Kết quả thu thập thông tin theo Phiếu xác định mức độ khuyết tật",
               _report(heard), 2),
        Answer("4. Ý kiến của các thành viên dự họp (ghi chi tiết)", heard.opinions, 6),
        *([Answer("Thành viên có quan hệ với người được xác định", heard.related)]
          if heard.related else []),
        Said("5. Kết quả biểu quyết"),
        _votes(heard),
        Said("6. Kết luận"),
        *conclusion_boxes(heard.found),
    )  # fmt: skip
    parts = [
        FormPart("I. Thời gian, địa điểm", (Answer("Hôm nay", _when(meeting)),
                                           Answer("Tại", meeting.place))),
        FormPart("II. Thành phần", (_seats(meeting),)),
        FormPart("III. Nội dung", content),
        FormPart("", (Said(_ended(meeting)), Said(COPIES))),
    ]  # fmt: skip
    return replace(
        blank_form("05", "Biên bản họp kết luận dạng khuyết tật và mức độ khuyết tật", parts, how),
        head=COUNCIL,
        letterhead=council_head(how.letterhead),
        about=f"Số: {heard.minutes_number}" if heard.minutes_number else "",
        signers=(
            Signer("NGƯỜI GHI BIÊN BẢN", SIGNED, meeting.secretary),
            Signer("CÁC THÀNH VIÊN THAM DỰ", SIGNED),
            Signer("CHỦ TỊCH HỘI ĐỒNG", SEALED, meeting.chair),
        ),
        person_id=who.person_id,
    )


def _when(meeting: Meeting) -> str:
    if not meeting.day:
        return ""
    hour, _, minute = meeting.starts.partition(":")
    day, month, year = meeting.day.split("/")
    at = f"vào hồi {hour} giờ {minute or '00'} phút " if meeting.starts else "vào hồi … giờ … phút "
    return f"{at}ngày {day} tháng {month} năm {year}"


def _ended(meeting: Meeting) -> str:
    if not meeting.ends:
        return "Cuộc họp kết thúc hồi …… giờ …… phút cùng ngày."
    hour, _, minute = meeting.ends.partition(":")
    return f"Cuộc họp kết thúc hồi {hour} giờ {minute or '00'} phút cùng ngày."


def _seats(meeting: Meeting) -> Grid:
    """Who sat there; absent members are named as absent. Empty: one line for each seat."""
    columns = (("TT", 11.0), ("Họ và tên", 58.0), ("Chức vụ", 52.0), ("Tham gia với tư cách", 45.0))
    if not meeting.seats:
        rows = tuple((str(n), "", "", role) for n, role in enumerate(SEATS, 1))
        return Grid(columns, rows)
    return Grid(columns, tuple(_seat_rows(meeting.seats)))


def _seat_rows(seats: tuple[Seat, ...]) -> Iterator[tuple[str, ...]]:
    for number, one in enumerate(seats, 1):
        absent = " (vắng mặt)" if one.present is False else ""
        yield str(number), one.name + absent, one.position, one.role


def _report(heard: Hearing) -> str:
    """What the sheet says: signs, total, proposal."""
    if not heard.marks.recorded:
        return ""
    told = [f"Phiếu theo Mẫu số {heard.form}"]
    signs = ", ".join(sorted(heard.marks.type_signs, key=_place))
    told.append(f"dấu hiệu dạng khuyết tật: {signs or 'không có'}")
    if heard.marks.degree_signs:
        told.append(f"dấu hiệu mức độ: {', '.join(sorted(heard.marks.degree_signs, key=_place))}")
    if heard.marks.total:
        told.append(f"tổng số điểm: {heard.marks.total}")
    proposed = {
        "not_disabled": "không khuyết tật",
        "inconclusive": "không đưa ra được kết luận",
    }.get(heard.proposal.conclusion) or "; ".join(
        words for words in (heard.proposal.types, heard.proposal.degree) if words
    )
    if proposed:
        told.append(f"đề xuất: {proposed}")
    return "; ".join(told) + "."


def _place(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdigit())


def _votes(heard: Hearing) -> Grid:
    columns = (("TT", 11.0), ("Nội dung biểu quyết", 105.0), ("Số ý kiến đồng ý", 50.0))
    rows = tuple((str(n), what, votes) for n, (what, votes) in
                 enumerate(zip(VOTES, heard.votes, strict=True), 1))  # fmt: skip
    return Grid(columns, rows)
