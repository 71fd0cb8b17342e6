"""Council papers about people who do not exist, as long as real ones are."""

from __future__ import annotations

from dataclasses import replace

from app.actions import (
    council_decision,
    council_facts,
    council_form,
    council_letter,
    council_minutes,
)
from app.actions.council_form import Print
from app.values.council_paper import (
    Application,
    Complaint,
    Finding,
    Hearing,
    Marks,
    Meeting,
    Notice,
    Referral,
    RegisterLine,
    Representative,
    Revocation,
    Seat,
    Subject,
)
from app.values.letter import Letter
from app.values.paper_form import PaperForm
from tests.papers import invented

DAY = "2026-03-01"
HOW = Print(invented.LETTERHEAD, "4123-4567-8901", "Trần Thị Hoa (hoa)", "22:10 23/11/2026")
PLACE = "Thôn Vĩnh Trường, xã Hòa Hội, tỉnh Gia Lai"
WHO = Subject("Đặng Thị Nghiễn", "12/03/1971", "Nữ", "052171004455", PLACE, PLACE, "Vĩnh Trường")
SPEAKS = Representative("Đặng Văn Ửng", "Con", "052095003311", PLACE, PLACE, "0905 111 222")
SCORES = {str(n): s for n, s in enumerate("1 0 1 1 2 0 X 2 1 2".split(), 1)}
MARKS = Marks(True, frozenset({"1.4", "3.3"}), frozenset(), SCORES, "10 đến 12 (có 1 mục X)")
SEVERE = Finding("determined", "Vận động; Nhìn", "Nặng")
ASKED = Application("new", "", WHO, SPEAKS, MARKS, False, "02/11/2026", "TN-0012", "30/11/2026",
                    ("Đơn theo Mẫu 01",), ("Giấy khai sinh",), "", "Trường Hòa Hội")  # fmt: skip
OPINIONS = "Bà Lê Thị Mẫn: đồng ý với phiếu. " * 6
HEARD = Hearing(WHO, SPEAKS, "03", MARKS, SEVERE, "TT 01/2019/TT-BLĐTBXH Mẫu 03 mục IV phần 2",
                OPINIONS, "", ("6", "6", "0", "0"), SEVERE, "05/BB-HĐ", "12/11/2026")  # fmt: skip
SEATS = tuple(
    Seat(f"{name} Văn Khuyến", "Phó Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam xã", role)
    for name, role in zip(invented.GIVEN, council_minutes.SEATS, strict=False)
)
MET = Meeting("12/11/2026", "14:00", "16:30", "Trạm y tế xã Hòa Hội", SEATS, "Hường Văn Khuyến")


def forms() -> tuple[PaperForm, ...]:
    """Mẫu 01 to 05, filled and empty."""
    young, grown = council_facts.lines("02", DAY), council_facts.lines("03", DAY)
    empty = Hearing()
    return (
        council_form.application(ASKED, grown, HOW),
        council_form.application(Application(), grown, HOW),
        council_form.sheet(replace(HEARD, form="02"), young, HOW),
        council_form.sheet(replace(empty, form="02"), young, HOW),
        council_form.sheet(HEARD, grown, HOW),
        council_form.sheet(empty, grown, HOW),
        council_form.school(ASKED, HOW),
        council_form.school(Application(), HOW),
        council_minutes.minutes(HEARD, MET, HOW),
        council_minutes.minutes(empty, Meeting(), HOW),
    )


def letters(many: int = 40) -> tuple[Letter, ...]:
    """Every letter, the notice and the register of many."""
    crowd = tuple(
        replace(HEARD, subject=replace(WHO, name=f"{name} Thị {n}"))
        for n, name in enumerate(invented.GIVEN * 9)
    )[:many]
    lines = tuple(
        RegisterLine(f"HH{n:07d}", f"A{n:06d}", "21/11/2026", one.subject, "Nghe, nói; Nhìn",
                     "Đặc biệt nặng", "Kết luận của Hội đồng\n05/BB-HĐ", "", "Có hiệu lực")
        for n, one in enumerate(crowd)
    )  # fmt: skip
    none = replace(HEARD, found=Finding("not_disabled"))
    posted = Notice("40", "16/11/2026", "20/11/2026", "Bộ phận Một cửa", crowd)
    sent = Referral(WHO, "07", "", "Hội đồng Giám định y khoa tỉnh Gia Lai", OPINIONS, "bias")
    return (
        council_letter.receipt(ASKED, HOW, "SAS1" + "A7" * 160),
        council_letter.missing(ASKED, HOW),
        council_letter.invite_person(HEARD, MET, HOW),
        council_letter.invite_member(SEATS[0], MET, 40, HOW),
        council_letter.conclusion(HEARD, MET, HOW),
        council_letter.conclusion(none, MET, HOW),
        council_letter.conclusion(replace(HEARD, found=Finding("inconclusive")), MET, HOW),
        council_letter.complaint_answer(Complaint(WHO, "Đặng Văn Ửng", "18/11/2026"), HOW),
        council_decision.notice(posted, HOW),
        council_decision.referral(sent, HOW),
        council_decision.revocation(Revocation(WHO, "HH0012345", reason=OPINIONS), HOW),
        council_decision.register(lines, "Năm 2026", HOW),
        council_decision.opening_totals([("Giấy xác nhận", 120, 119)], HOW),
    )
