"""What the pages of certificates offer to the search."""

from __future__ import annotations

from app.wording import translate
from ui.offer import Offer


def of_certificates() -> tuple[Offer, ...]:
    """The tabs of the page, by what people come for."""
    return (
        Offer(
            translate("Giấy xác nhận, phôi"),
            "file",
            "certificates",
            "waiting",
            also=translate("giấy xác nhận khuyết tật chờ cấp, cấp giấy, cấp đổi, cấp lại"),
        ),
        Offer(
            translate("Sổ cấp giấy"),
            "list",
            "certificates",
            "book",
            also=translate("sổ giấy xác nhận, in sổ, thu hồi"),
        ),
        Offer(
            translate("Giấy trùng"),
            "warning",
            "certificates",
            "clashes",
            also=translate("hai giấy cùng số, cùng phôi, một người hai giấy; đổi số, hủy giấy"),
        ),
        Offer(
            translate("Kho phôi"),
            "columns",
            "certificates",
            "blanks",
            also=translate("phôi giấy xác nhận, nhập lô phôi, phôi hỏng, phôi mất"),
        ),
        Offer(
            translate("Kiểm tra mã"),
            "search",
            "certificates",
            "check",
            also=translate("kiểm tra mã QR, giấy thật giả"),
        ),
        Offer(
            translate("Sổ giấy bàn giao"),
            "import",
            "certificates",
            "opening",
            also=translate("số bắt đầu, biên bản bàn giao sổ cấp giấy, giấy cũ"),
        ),
    )
