"""What the pages of the council offer to the search."""

from __future__ import annotations

from app.wording import translate
from ui.offer import Offer


def of_the_council() -> tuple[Offer, ...]:
    """Sessions, members, notices, and a new session."""
    return (
        Offer(translate("Hội đồng, phiên họp"), "users", "council"),
        Offer(
            translate("Phiên họp Hội đồng"),
            "calendar",
            "council",
            "sessions",
            also=translate("họp xét, lịch họp, phiếu xác định, biểu quyết, biên bản họp"),
        ),
        Offer(
            translate("Lập phiên họp"),
            "plus",
            "council",
            "sessions",
            at=translate("Lập phiên họp"),
            begins=True,
            right="enter",
        ),
        Offer(
            translate("Thành viên Hội đồng"),
            "users",
            "council",
            "members",
            also=translate("quyết định thành lập Hội đồng, chủ tịch, thư ký"),
        ),
        Offer(
            translate("Thông báo niêm yết"),
            "list",
            "council",
            "notices",
            also=translate("niêm yết công khai kết quả"),
        ),
    )
