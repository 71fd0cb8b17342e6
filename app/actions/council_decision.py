"""What the office decides and makes known: the posted notice, the referral to the medical board,
the revocation, the register of certificates, the opening totals.

A public list has the legal columns alone and an empty column of notes: no value of these papers
holds a medical word, and the notes cannot be filled (TT 01/2019 Đ.6; law on personal data).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.actions.council_form import SEALED, SIGNED, Print
from app.actions.council_letter import DOTS, about_whom, own_letter, signed_as
from app.papers.letterhead import is_whole
from app.values.council_paper import Hearing, Notice, Referral, RegisterLine, Revocation
from app.values.letter import Centred, Facts, Letter, LetterBlock, Para
from app.values.paper_blocks import Grid, Signer
from app.values.papers import PaperRow

LAW = "Căn cứ Luật Người khuyết tật số 51/2010/QH12"
DECREE = "Căn cứ Nghị định số 28/2012/NĐ-CP"
CIRCULAR = "Căn cứ Thông tư số 01/2019/TT-BLĐTBXH ngày 02 tháng 01 năm 2019"
GROUNDS = (LAW, DECREE, CIRCULAR)
LISTED = (
    ("STT", 12.0),
    ("Họ và tên", 56.0),
    ("Ngày sinh", 26.0),
    ("Thôn", 42.0),
    ("Dạng tật", 58.0),
    ("Mức độ khuyết tật", 36.0),
    ("Ghi chú", 32.0),
)
NOT_FOUND = {"not_disabled": "Không khuyết tật", "inconclusive": "Không đưa ra được kết luận"}
ON_PAPER = "Chỉ niêm yết bản giấy tại trụ sở; không đăng lên mạng"
REASONS = {
    "inconclusive": "Hội đồng xác định mức độ khuyết tật không đưa ra được kết luận về mức độ"
    " khuyết tật (điểm a khoản 2 Điều 15 Luật Người khuyết tật).",
    "disagreement": "Người khuyết tật hoặc đại diện hợp pháp không đồng ý với kết luận của Hội đồng"
    " xác định mức độ khuyết tật (điểm b khoản 2 Điều 15 Luật Người khuyết tật).",
    "bias": "Có bằng chứng xác thực về việc xác định mức độ khuyết tật không khách quan, chính xác"
    " (điểm c khoản 2 Điều 15 Luật Người khuyết tật).",
}


def notice(told: Notice, how: Print) -> Letter:
    """The notice that is posted, and its list on a sheet on its side."""
    days = "…/…/……"
    parts = [
        Para(
            f"Ủy ban nhân dân niêm yết công khai kết quả họp kết luận dạng tật và mức độ khuyết tật"
            f" của {len(told.hearings) or '……'} người (danh sách kèm theo)."
        ),
        Para(f"Nơi niêm yết: {told.place or DOTS}."),
        Para(
            f"Thời gian niêm yết: từ ngày {told.posted_on or days} đến hết ngày"
            f" {told.take_down_on or days}."
        ),
        Para(
            "Trong thời gian niêm yết, ai có ý kiến về kết quả trên xin gửi bằng văn bản đến Ủy ban"
            " nhân dân. Hội đồng xác định mức độ khuyết tật xác minh và trả lời bằng văn bản trong"
            " 05 ngày làm việc. Hết thời gian trên, Ủy ban nhân dân cấp Giấy xác nhận khuyết tật"
            " theo quy định./."
        ),
    ]
    about = "Về việc niêm yết công khai kết quả họp kết luận dạng tật và mức độ khuyết tật"
    return replace(
        own_letter("Thông báo", about, parts, how),
        number=told.number,
        letterhead=signed_as(how.letterhead, "TB-UBND"),
        grounds=(*GROUNDS, *([told.council_decision] if told.council_decision else [])),
        annex=(posted_list(told, how),),
        persons=tuple(one.subject.person_id for one in told.hearings if one.subject.person_id),
    )


def posted_list(told: Notice, how: Print) -> Letter:
    """The list: the legal columns; "Ghi chú" stays empty, whatever is recorded."""
    rows = tuple(_posted(number, one) for number, one in enumerate(told.hearings, 1))
    number = told.number if is_whole(told.number) else f"{told.number or '…'}/TB-UBND"
    on = f" ngày {told.posted_on}" if told.posted_on else " ngày …/…/……"
    return replace(
        own_letter(
            "Danh sách thông báo niêm yết kết quả xác định mức độ khuyết tật",
            f"(Kèm theo Thông báo số {number}{on})",
            (Grid(LISTED, rows, 0 if rows else 10),
             Para(f"Danh sách gồm {len(rows) or '……'} người.")),
            how,
        ),
        bare=True,
        wide=True,
        remark="",
        mark=ON_PAPER,
    )  # fmt: skip


def _posted(number: int, one: Hearing) -> tuple[str, ...]:
    """One line. A minor is posted by the letters of his name where the chair decided so."""
    who, found = one.subject, one.found
    degree = NOT_FOUND.get(found.conclusion, found.degree)
    types = "" if found.conclusion in NOT_FOUND else found.types
    return str(number), who.name, who.birth, who.hamlet, types, degree, ""


def referral(told: Referral, how: Print) -> Letter:
    """The letter that refers to the medical board; the frame is for a photo with the seal on it."""
    seen = told.findings or "." * 300
    enclosed = "; ".join(told.enclosed)
    parts: list[LetterBlock] = [
        Para("Trân trọng giới thiệu:"),
        Facts((
            PaperRow("Ông (bà)", told.subject.name),
            PaperRow("Sinh ngày", told.subject.birth),
            PaperRow("Giới tính", told.subject.sex),
            PaperRow("Số CMND hoặc căn cước công dân", told.subject.id_number),
            PaperRow("Cư trú tại", told.subject.lives_at or told.subject.residence),
        )),
        Para(f"Tại thời điểm quan sát, phỏng vấn: {seen}"),
        Para(f"Lý do giới thiệu: {REASONS.get(told.reason) or '.' * 120}"),
        *([Para(f"Gửi kèm: {enclosed}.")] if enclosed else []),
        Para("Đề nghị Hội đồng Giám định y khoa giám định, kết luận dạng khuyết tật và mức độ"
             " khuyết tật theo quy định./."),
    ]  # fmt: skip
    return replace(
        own_letter("Giấy giới thiệu", "", parts, how),
        number=told.number,
        letterhead=signed_as(how.letterhead, "GT-UBND"),
        to=(told.board or "Hội đồng Giám định y khoa tỉnh " + DOTS,),
        photo=True,
        persons=(told.subject.person_id,) if told.subject.person_id else (),
    )


def revocation(told: Revocation, how: Print) -> Letter:
    """The decision that takes a certificate back (TT 01/2019 Đ.9 k.3)."""
    days = "…/…/……"
    by = f" của {told.concluded_by}" if told.concluded_by else ""
    grounds = (*GROUNDS, f"Căn cứ kết luận{by}: {told.reason or DOTS}")
    parts: list[LetterBlock] = [
        Centred("QUYẾT ĐỊNH:"),
        Para(
            f"Điều 1. Thu hồi Giấy xác nhận khuyết tật số {told.certificate_number or DOTS},"
            f" cấp ngày {told.issued_on or days}, của:"
        ),
        Facts((*about_whom(told.subject), PaperRow("Dạng khuyết tật", told.types),
               PaperRow("Mức độ khuyết tật", told.degree))),
        Para("Điều 2. Giấy xác nhận nêu tại Điều 1 hết giá trị kể từ ngày quyết định này có hiệu"
             " lực. Người được cấp nộp lại giấy cho Ủy ban nhân dân."),
        Para("Điều 3. Quyết định có hiệu lực kể từ ngày ký. Công chức phụ trách và ông (bà) có"
             " tên tại Điều 1 chịu trách nhiệm thi hành quyết định này./."),
    ]  # fmt: skip
    return replace(
        own_letter("Quyết định", "Về việc thu hồi Giấy xác nhận khuyết tật", parts, how),
        number=told.decision,
        letterhead=replace(
            signed_as(how.letterhead, "QĐ-UBND"), day=told.decided_on or how.letterhead.day
        ),
        grounds=grounds,
        persons=(told.subject.person_id,) if told.subject.person_id else (),
    )


REGISTER = (
    ("STT", 11.0),
    ("Số giấy", 27.0),
    ("Số sê-ri phôi", 21.0),
    ("Ngày cấp", 23.0),
    ("Họ và tên", 36.0),
    ("Ngày sinh, giới tính", 24.0),
    ("Nơi ở", 34.0),
    ("Dạng tật, mức độ", 34.0),
    ("Căn cứ", 27.0),
    ("Tình trạng", 22.0),
    ("Ký nhận", 24.0),
)


def register(lines: Sequence[RegisterLine], title: str, how: Print) -> Letter:
    """The register of certificates, numbered as the paper book; who got one signs in it."""
    rows = tuple(_registered(number, one) for number, one in enumerate(lines, 1))
    parts: list[LetterBlock] = [
        Grid(REGISTER, rows, 0 if rows else 12),
        Para(f"Sổ có {len(rows)} giấy." if rows else "Sổ có …… giấy."),
    ]
    signed = (Signer("NGƯỜI GHI SỔ", SIGNED), Signer("CHỦ TỊCH", SEALED))
    return replace(
        own_letter("Sổ cấp Giấy xác nhận khuyết tật", title, parts, how),
        letterhead=signed_as(how.letterhead, "SĐK"),
        wide=True,
        signers=signed,
        persons=tuple(one.subject.person_id for one in lines if one.subject.person_id),
    )


def _registered(number: int, one: RegisterLine) -> tuple[str, ...]:
    who = one.subject
    return (
        str(number),
        one.number,
        one.serial,
        one.issued_on,
        who.name,
        "\n".join(words for words in (who.birth, who.sex) if words),
        who.lives_at or who.residence,
        "\n".join(words for words in (one.types, one.degree) if words),
        one.basis,
        "\n".join(words for words in (one.state, one.note) if words),
        "",
    )


def opening_totals(rows: Sequence[tuple[str, int, int]], how: Print) -> Letter:
    """What was taken over from paper: counted in the books and here; both sides sign."""
    told = tuple(
        (str(n), what, str(listed), str(found), f"{found - listed:+d}" if found != listed else "0")
        for n, (what, listed, found) in enumerate(rows, 1)
    )
    columns = (
        ("STT", 12.0),
        ("Nội dung", 84.0),
        ("Theo sổ giấy", 24.0),
        ("Chương trình giữ", 26.0),
        ("Chênh lệch", 20.0),
    )
    agrees = all(listed == found for _what, listed, found in rows)
    said = "Số liệu hai bên khớp nhau." if agrees else "Dòng có chênh lệch, lý do ghi tại đây: "
    parts: list[LetterBlock] = [
        Para("Hai bên đối chiếu số liệu nhận từ sổ giấy về cấp Giấy xác nhận khuyết tật:"),
        Grid(columns, told, 0 if told else 6),
        Para(said if agrees else said + "." * 120),
    ]
    about = "Bàn giao số liệu cấp Giấy xác nhận khuyết tật theo hồ sơ cũ"
    return replace(
        own_letter("Biên bản", about, parts, how),
        letterhead=signed_as(how.letterhead, "BB-UBND"),
        signers=(Signer("ĐẠI DIỆN BÊN GIAO", SEALED), Signer("ĐẠI DIỆN BÊN NHẬN", SEALED)),
    )
