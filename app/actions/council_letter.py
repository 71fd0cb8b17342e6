"""Letters of the council's procedure: receipt, missing papers, invitations, answers.

No law fixes their form (chưa kiểm chứng): the layout is that of NĐ 30/2020/NĐ-CP, and each says
that it is the office's own. Made of plain values, in Vietnamese whatever the window's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.actions.council_form import KINDS, SEALED, SIGNED, Print, council_head
from app.values.council_paper import Application, Complaint, Hearing, Meeting, Seat, Subject
from app.values.letter import Facts, Letter, LetterBlock, Para
from app.values.paper_blocks import Grid, Signer
from app.values.papers import Letterhead, PaperRow

OWN = "Mẫu của cơ quan; pháp luật không quy định mẫu này (chưa kiểm chứng)"
CIRCULAR = "Thông tư số 01/2019/TT-BLĐTBXH"
FEE = "Người dân không phải nộp phí, lệ phí cho việc xác định mức độ khuyết tật."


def receipt(asked: Application, how: Print, qr: str = "") -> Letter:
    """The receipt with the day to come back; the signed QR tells it is the office's own."""
    rows = (
        PaperRow("Họ và tên người được xác định", asked.subject.name),
        PaperRow("Ngày sinh", asked.subject.birth),
        PaperRow("Nơi ở", asked.subject.lives_at or asked.subject.residence),
        PaperRow("Người nộp, quan hệ", _who_came(asked)),
        PaperRow("Nội dung đề nghị", _asked_for(asked)),
        PaperRow("Giấy tờ đã nộp, đã xem", "; ".join(asked.papers_shown)),
        *((PaperRow("Bản chụp lưu kèm", "; ".join(asked.copies)),) if asked.copies else ()),
        PaperRow("Ngày tiếp nhận", asked.received_on),
        PaperRow("Ngày hẹn trả kết quả", asked.appointment_on),
    )
    parts: list[LetterBlock] = [Facts(rows)]
    if asked.papers_missing:
        parts.append(Para(f"Còn thiếu: {'; '.join(asked.papers_missing)}."))
    parts.append(Para(
        "Khi đến nhận kết quả xin mang theo giấy này và giấy tờ tùy thân. " + FEE
    ))  # fmt: skip
    return replace(
        _letter("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "", parts, how),
        number=asked.receipt_number,
        letterhead=_signed(how.letterhead, "" if asked.receipt_number else "TN-UBND"),
        qr=qr,
        signers=(Signer("NGƯỜI NỘP HỒ SƠ", SIGNED), Signer("NGƯỜI TIẾP NHẬN HỒ SƠ", SIGNED)),
        persons=_persons(asked.subject),
    )


def missing(asked: Application, how: Print) -> Letter:
    """What is missing, asked for once (TT 01/2019 Đ.5): listed, with what each is for."""
    rows = tuple((str(n), one, "") for n, one in enumerate(asked.papers_missing, 1))
    columns = (("STT", 12.0), ("Giấy tờ, nội dung cần bổ sung", 106.0), ("Ghi chú", 48.0))
    parts: list[LetterBlock] = [
        Para(
            f"Hồ sơ đề nghị {_asked_for(asked).lower()} của ông (bà) {asked.subject.name or DOTS},"
            f" tiếp nhận ngày {asked.received_on or '…/…/……'}, còn thiếu các giấy tờ sau:"
        ),
        Grid(columns, rows, 0 if rows else 4),
    ]
    if asked.missing_note:
        parts.append(Para(asked.missing_note))
    parts.append(Para(
        "Đề nghị ông (bà) bổ sung tại nơi đã nộp hồ sơ. Thời hạn giải quyết tính từ khi hồ sơ đủ;"
        " cơ quan chỉ yêu cầu bổ sung một lần."
    ))  # fmt: skip
    return replace(
        _letter("Phiếu yêu cầu bổ sung hồ sơ", "", parts, how),
        letterhead=_signed(how.letterhead, "BS-UBND"),
        to=(f"Ông (bà) {_addressed(asked) or DOTS}",),
        persons=_persons(asked.subject),
    )


def invite_person(heard: Hearing, meeting: Meeting, how: Print) -> Letter:
    """The invitation of the person or who speaks for him (TT 01/2019 Đ.5 k.2b)."""
    rows = (
        PaperRow("Thời gian", _time(heard.starts or meeting.starts, meeting.day)),
        PaperRow("Địa điểm", meeting.place),
        PaperRow("Nội dung", "Hội đồng xác định dạng tật và mức độ khuyết tật"),
    )
    whom = heard.subject.name or DOTS
    speaks = heard.representative.name
    if speaks:
        who = f"Ông (bà) {speaks}, đại diện của {whom}"
        come = f"ông (bà) {speaks} cùng {whom}"
    else:
        who, come = f"Ông (bà) {whom}", f"ông (bà) {whom}"
    bring = (
        "Khi đi xin mang theo: giấy tờ tùy thân (giấy khai sinh đối với trẻ em), giấy tờ về khám,"
        " chữa bệnh nếu có. Không đến được, hoặc cần Hội đồng đến nhà, xin báo lại trước ngày họp."
    )
    return replace(
        _letter("Giấy mời", "", [Para(f"Trân trọng kính mời {come}:"), Facts(rows), Para(bring)],
                how),
        letterhead=_signed(how.letterhead, "GM-UBND"),
        to=(who,),
        persons=_persons(heard.subject),
    )  # fmt: skip


def invite_member(seat: Seat, meeting: Meeting, count: int, how: Print) -> Letter:
    """The invitation of a member; it names nobody who will be heard."""
    rows = (
        PaperRow("Thời gian", _time(meeting.starts, meeting.day)),
        PaperRow("Địa điểm", meeting.place),
        PaperRow("Nội dung", f"Họp Hội đồng xác định mức độ khuyết tật: {count} người"),
        PaperRow("Tham gia với tư cách", seat.role),
    )
    parts: list[LetterBlock] = [
        Para("Trân trọng kính mời đồng chí dự họp Hội đồng xác định mức độ khuyết tật:"),
        Facts(rows),
        Para(
            "Cuộc họp phải có ít nhất hai phần ba số thành viên. Vắng mặt, hoặc có quan hệ thân"
            " thích với người được xác định, xin báo trước cho thư ký Hội đồng."
        ),
    ]
    return replace(
        _letter("Giấy mời", "", parts, how),
        letterhead=_signed(how.letterhead, "GM-UBND"),
        to=(f"Đồng chí {seat.name}{', ' + seat.position if seat.position else ''}",),
    )


def not_disabled(heard: Hearing, how: Print) -> Letter:
    """What is told to somebody whom the council found not disabled, with the ways to object."""
    minutes = _minutes(heard)
    parts: list[LetterBlock] = [
        Para(
            f"Ngày {heard.minutes_on or '…/…/……'}, Hội đồng xác định mức độ khuyết tật họp kết luận"
            f"{minutes} đối với:"
        ),
        Facts(_about(heard.subject)),
        Para("Kết luận của Hội đồng: không khuyết tật.", "bold"),
        Para("Vì vậy Ủy ban nhân dân không cấp Giấy xác nhận khuyết tật."),
        Para(_objections()),
    ]
    return replace(
        _letter("Thông báo", "Về kết luận của Hội đồng xác định mức độ khuyết tật", parts, how),
        letterhead=_signed(how.letterhead, "TB-UBND"),
        to=(f"Ông (bà) {heard.representative.name or heard.subject.name or DOTS}",),
        persons=_persons(heard.subject),
    )


def conclusion(heard: Hearing, meeting: Meeting, how: Print) -> Letter:
    """The conclusion in writing, signed by the council's chair (Luật 51/2010/QH12 Đ.16)."""
    found = heard.found
    if found.conclusion == "not_disabled":
        return not_disabled(heard, how)
    if found.conclusion == "inconclusive":
        told: tuple[LetterBlock, ...] = (
            Para("Hội đồng không đưa ra được kết luận về mức độ khuyết tật.", "bold"),
            Para("Ủy ban nhân dân giới thiệu ông (bà) đến Hội đồng Giám định y khoa; chi phí giám"
                 " định do Nhà nước chi trả."),
        )  # fmt: skip
    else:
        told = (Facts((PaperRow("Dạng khuyết tật", found.types),
                       PaperRow("Mức độ khuyết tật", found.degree))),)  # fmt: skip
    parts = [
        Para(f"Căn cứ biên bản họp ngày {heard.minutes_on or '…/…/……'}{_minutes(heard)}, Hội đồng"
             " xác định mức độ khuyết tật kết luận đối với:"),
        Facts(_about(heard.subject)),
        *told,
        Para(_objections()),
    ]  # fmt: skip
    return replace(
        _letter("Kết luận", "Về dạng khuyết tật và mức độ khuyết tật", parts, how),
        letterhead=_signed(council_head(how.letterhead), "KL-HĐ"),
        signers=(Signer("", ""), Signer("CHỦ TỊCH HỘI ĐỒNG", SEALED, meeting.chair)),
        persons=_persons(heard.subject),
    )


def complaint_answer(told: Complaint, how: Print) -> Letter:
    """The written answer within five working days (TT 01/2019 Đ.6 k.1)."""
    answer = told.answer or ("." * 400)
    parts: list[LetterBlock] = [
        Para(
            f"Ngày {told.received_on or '…/…/……'}, Ủy ban nhân dân nhận được ý kiến của ông (bà)"
            f" {told.complainant or DOTS} về kết luận dạng tật và mức độ khuyết tật của ông (bà)"
            f" {told.subject.name or DOTS}"
            + (f", nội dung: {told.about.rstrip('.')}." if told.about else ".")
        ),
        Para(
            "Căn cứ khoản 1 Điều 6 Thông tư số 01/2019/TT-BLĐTBXH, Hội đồng xác định mức độ khuyết"
            " tật đã xác minh và trả lời như sau:"
        ),
        Para(answer),
    ]
    if told.outcome:
        parts.append(Para(f"Kết quả: {told.outcome}.", "bold"))
    parts.append(Para("Trân trọng thông báo để ông (bà) biết./."))
    return replace(
        _letter("", "V/v trả lời ý kiến về kết luận dạng tật, mức độ khuyết tật", parts, how),
        letterhead=_signed(how.letterhead, "UBND-VX"),
        to=(f"Ông (bà) {told.complainant or DOTS}",),
        persons=_persons(told.subject),
        mark="Trả lời ý kiến",
    )


DOTS = "." * 40


def own_letter(title: str, about: str, parts: Sequence[LetterBlock], how: Print) -> Letter:
    """A document of the office's own with everything that all of them have."""
    return _letter(title, about, parts, how)


def signed_as(head: Letterhead, symbol: str) -> Letterhead:
    """The letterhead with the symbol of this kind of document."""
    return _signed(head, symbol)


def about_whom(who: Subject) -> tuple[PaperRow, ...]:
    """Name, birth, sex and place: what tells a person from all others on a letter to herself."""
    return _about(who)


def _letter(title: str, about: str, parts: Sequence[LetterBlock], how: Print) -> Letter:
    return Letter(
        letterhead=how.letterhead,
        title=title,
        parts=tuple(parts),
        about=about,
        remark=OWN if how.draft else "",
        mark=how.code or title,
        printed_by=how.printed_by,
        printed_at=how.printed_at,
        demo=how.demo,
    )


def _signed(head: Letterhead, symbol: str) -> Letterhead:
    return replace(head, symbol=symbol)


def _persons(who: Subject) -> tuple[str, ...]:
    return (who.person_id,) if who.person_id else ()


def _about(who: Subject) -> tuple[PaperRow, ...]:
    return (
        PaperRow("Họ và tên", who.name),
        PaperRow("Sinh ngày", who.birth),
        PaperRow("Giới tính", who.sex),
        PaperRow("Nơi ở", who.lives_at or who.residence),
    )


def _who_came(asked: Application) -> str:
    who = asked.representative
    return f"{who.name} ({who.relation})" if who.name and who.relation else who.name


def _addressed(asked: Application) -> str:
    return asked.representative.name or asked.subject.name


def _asked_for(asked: Application) -> str:
    return dict(KINDS).get(asked.kind, "")


def _minutes(heard: Hearing) -> str:
    return f" (biên bản số {heard.minutes_number})" if heard.minutes_number else ""


def _time(starts: str, day: str) -> str:
    if not day:
        return ""
    hour, _, minute = starts.partition(":")
    at = f"{hour} giờ {minute or '00'} phút, " if starts else ""
    return f"{at}ngày {day}"


def _objections() -> str:
    return (
        "Không đồng ý với kết luận này, ông (bà) có quyền gửi ý kiến bằng văn bản đến Ủy ban nhân"
        " dân; Hội đồng xác minh và trả lời bằng văn bản trong 05 ngày làm việc (khoản 1 Điều 6"
        f" {CIRCULAR}), hoặc đề nghị giới thiệu đến Hội đồng Giám định y khoa (khoản 2 Điều 15 Luật"
        " Người khuyết tật)."
    )
