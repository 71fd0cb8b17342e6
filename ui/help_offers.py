"""What the pages of help offer to the search: needs, referrals, rounds, the directory, books."""

from __future__ import annotations

from app.wording import translate
from ui.offer import Offer


def of_supports() -> tuple[Offer, ...]:
    """The tabs of help: needs, referrals, gift rounds, the directory, benefits."""
    return (
        Offer(
            translate("Nhu cầu của mọi người"),
            "list",
            "supports",
            "needs",
            also=translate("nhu cầu, ai đang cần gì"),
        ),
        Offer(
            translate("Nhu cầu đến hạn hỏi lại"),
            "clock",
            "supports",
            "needs",
            facts={"filters": {"due": True}},
        ),
        Offer(
            translate("Chuyển gửi"),
            "forward",
            "supports",
            "referrals",
            also=translate("giới thiệu, kết nối dịch vụ, trả lời"),
        ),
        Offer(
            translate("Chuyển gửi quá hạn trả lời"),
            "clock",
            "supports",
            "referrals",
            facts={"filters": {"overdue": True}},
        ),
        Offer(
            translate("Đợt quà"),
            "gift",
            "supports",
            "rounds",
            also=translate("tặng quà, danh sách ký nhận, nhà tài trợ"),
        ),
        Offer(
            translate("Danh bạ dịch vụ"),
            "phone",
            "supports",
            "directory",
            also=translate("nơi cung cấp dịch vụ, điện thoại, tra cứu"),
        ),
        Offer(
            translate("Ưu đãi đi lại"),
            "place",
            "supports",
            "agreements",
            also=translate("miễn vé xe buýt, đơn vị vận tải, thỏa thuận"),
        ),
    )


def of_books() -> tuple[Offer, ...]:
    """Taking paper books of help and of files over."""
    return tuple(
        Offer(
            words,
            "import",
            place,
            at=words,
            begins=True,
            also=translate("sổ giấy, theo hồ sơ cũ, bảng tính"),
            right="import",
        )
        for words, place in (
            (translate("Nhập sổ hỗ trợ…"), "supports"),
            (translate("Nhập sổ dụng cụ…"), "supports"),
            (translate("Nhập sổ hồ sơ…"), "applications"),
            (translate("Nhập biên bản giám định…"), "applications"),
        )
    )
