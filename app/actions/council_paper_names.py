"""The papers of the council's procedure: what each is called, and which record it is made from."""

from __future__ import annotations

from app.wording import translate

FILE, HEARING, SESSION = "application", "hearing", "session"
COMPLAINT, REFERRAL, CERTIFICATE = "complaint", "referral", "certificate"

OF = {
    "council-01": FILE,
    "council-04": FILE,
    "receipt": FILE,
    "missing": FILE,
    "invitation": HEARING,
    "council-02": HEARING,
    "council-03": HEARING,
    "sheet": HEARING,
    "council-05": HEARING,
    "conclusion": HEARING,
    "members": SESSION,
    "notice": SESSION,
    "complaint": COMPLAINT,
    "referral": REFERRAL,
    "revocation": CERTIFICATE,
}
"""Of which record each paper is made; `sheet` is Mẫu 02 or 03, as the age on the day says."""

BLANK = ("council-01", "council-02", "council-03", "council-04", "council-05")
"""Forms that are also printed empty, with a code that finds them again."""

BEFORE = ("members", "invitation", "sheet", "council-05")
AFTER = ("sheet", "council-05", "conclusion", "referral", "notice")
OF_SESSION = ("members", "invitation", "council-04", "sheet", "council-05", "conclusion",
              "referral", "notice")  # fmt: skip
"""The papers of a whole session in their order."""

BY_PERSON, BY_PAPER = "person", "paper"


def names() -> dict[str, str]:
    """The papers in words of the window."""
    return {
        "council-01": translate("Mẫu 01: Đơn đề nghị"),
        "council-02": translate("Mẫu 02: Phiếu dưới 6 tuổi"),
        "council-03": translate("Mẫu 03: Phiếu từ đủ 6 tuổi"),
        "council-04": translate("Mẫu 04: Phiếu của nhà trường"),
        "council-05": translate("Mẫu 05: Biên bản họp Hội đồng"),
        "sheet": translate("Phiếu xác định mức độ (Mẫu 02, 03)"),
        "receipt": translate("Giấy tiếp nhận và hẹn trả kết quả"),
        "missing": translate("Phiếu yêu cầu bổ sung hồ sơ"),
        "invitation": translate("Giấy mời người được xét"),
        "members": translate("Giấy mời thành viên Hội đồng"),
        "conclusion": translate("Văn bản kết luận"),
        "notice": translate("Thông báo niêm yết và danh sách"),
        "complaint": translate("Trả lời khiếu nại"),
        "referral": translate("Giấy giới thiệu giám định y khoa"),
        "revocation": translate("Quyết định thu hồi giấy xác nhận"),
    }
