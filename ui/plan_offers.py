"""What the pages of numbers offer to the search: the overview, targets, periods, training."""

from __future__ import annotations

from app.wording import translate
from ui.offer import Offer


def of_plans() -> tuple[Offer, ...]:
    """The overview and the tabs of targets."""
    return (
        Offer(
            translate("Tổng quan"),
            "home",
            "overview",
            also=translate("số liệu của đơn vị, biểu đồ"),
        ),
        Offer(
            translate("Mọi đơn vị trong một trang"),
            "office",
            "province",
            also=translate("toàn tỉnh, số liệu các đơn vị, đơn vị chậm"),
        ),
        Offer(
            translate("Chỉ tiêu"),
            "list",
            "plans",
            "targets",
            also=translate("kế hoạch, tiến độ, nơi chậm"),
        ),
        Offer(translate("Kỳ báo cáo"), "calendar", "plans", "periods"),
        Offer(
            translate("Tập huấn, hội thảo"),
            "people",
            "plans",
            "trainings",
            also=translate("đợt, lớp, đại biểu"),
        ),
        Offer(
            translate("Chất lượng dữ liệu"),
            "edit",
            "plans",
            "quality",
            also=translate("thiếu thông tin, ngày sinh 01/01, trùng"),
        ),
        Offer(
            translate("Hệ thống quốc gia"),
            "export",
            "national",
            "pending",
            also=translate("nộp cơ sở dữ liệu quốc gia, chờ nộp, bàn giao"),
            right="export",
        ),
        Offer(
            translate("Các lần trao đổi với hệ thống quốc gia"),
            "list",
            "national",
            "files",
            also=translate("đã nộp, trả lời, mã quốc gia"),
            right="export",
        ),
    )
