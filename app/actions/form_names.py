"""The forms that can be printed and what the window calls them."""

from __future__ import annotations

from app.actions import council_paper_names
from app.wording import translate

OFFICIAL = ("01", "02", "03", "04", "05", "06")
VISIT, WHOLE = "visit", "case"


def names() -> tuple[tuple[str, str], ...]:
    """The forms that can be chosen, in words of the window."""
    return (
        ("01", translate("Mẫu 01: Thu thập thông tin")),
        ("02", translate("Mẫu 02: Đánh giá nhu cầu")),
        ("03", translate("Mẫu 03: Tiêu chí xác định đối tượng")),
        ("04", translate("Mẫu 04: Kế hoạch chăm sóc, trợ giúp")),
        ("05", translate("Mẫu 05: Ghi chép tiến độ, rà soát")),
        ("06", translate("Mẫu 06: Biên bản kết thúc")),
        (VISIT, translate("Phiếu mang theo khi thăm")),
        (WHOLE, translate("Cả hồ sơ ca")),
    )


def titles() -> dict[str, str]:
    """What every form that carries a code is called, the council's too."""
    return dict(names()) | council_paper_names.names()
