"""Other words for places and lines of the menu, by which the one search finds them too."""

from __future__ import annotations

from app.wording import translate
from ui.widgets.top_bar import MenuLine


def of_places() -> dict[str, str]:
    """Other words for places of the navigation."""
    return {
        "today": translate("trang đầu, việc đang chờ"),
        "people": translate("danh sách người, hồ sơ, người khuyết tật, nạn nhân bom mìn"),
        "approval": translate("bàn duyệt, duyệt tiếp nhận, trả lại"),
        "care_cases": translate("danh sách ca, quản lý trường hợp"),
        "applications": translate(
            "đơn, xác định khuyết tật, Hội đồng, giấy xác nhận, Mẫu 01, khiếu nại, giám định"
        ),
        "supports": translate("nhu cầu, quà, dụng cụ, xe lăn, giúp đỡ"),
        "council": translate("xác định mức độ khuyết tật, họp Hội đồng"),
        "duplicates": translate("hồ sơ trùng, gộp hồ sơ, tách hồ sơ"),
        "import": translate("nhập Excel, đưa danh sách của xã vào, danh sách mẫu"),
        "sync": translate("máy chủ, mã đăng ký, xung đột"),
        "backup": translate("USB, phục hồi"),
        "inspection": translate("nhật ký, ai đã xem, ai đã in, sổ như một ngày"),
        "users": translate("cài đặt, thiết lập"),
    }


def of_menu(line: MenuLine) -> str:
    """Other words for lines of the user's menu."""
    return {
        "lock": translate("khóa máy"),
        "key": translate("mật khẩu mới"),
        "language": translate("ngôn ngữ, Tiếng Việt, English"),
        "palette": translate("màu, giao diện, chữ đậm"),
        "help": translate("trợ giúp, bàn phím"),
        "exit": translate("thoát, ra khỏi sổ"),
        "users": translate("đổi người dùng, người duyệt vào máy này"),
    }.get(line.picture, "")
