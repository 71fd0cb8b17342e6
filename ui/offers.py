"""Everything one can go to or do by its name: places, tabs, buttons of pages, the user's menu."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.forms import folded
from app.wording import in_both, translate
from app.workspace import Workspace
from ui import help_offers, other_words, plan_offers
from ui.offer import Offer as Offer
from ui.places import places
from ui.widgets.top_bar import MenuLine

LETTERS_MIN = 2


def offers(ws: Workspace, menu: Sequence[MenuLine]) -> tuple[Offer, ...]:
    """What this user may go to or do, in the order of the navigation."""
    entries = (
        Offer(
            one.title,
            one.picture,
            one.name,
            also=other_words.of_places().get(one.name, ""),
            right=one.right,
        )
        for one in places()
        if one.picture
    )
    lines = (
        Offer(line.text, line.picture or "dot", act=line.act, also=other_words.of_menu(line))
        for line in menu
        if line.text and line.act is not None
    )
    every = (
        *entries,
        *_with_people(),
        *_of_papers(),
        *_some_people(),
        *_in_the_office(),
        *_of_the_reform(),
        *_of_transfers(),
        *_of_work(),
        *help_offers.of_supports(),
        *help_offers.of_books(),
        *plan_offers.of_plans(),
        *_of_mine_action(),
        *lines,
    )
    known = {folded(one.title) for one in every}
    keys = (one for one in _by_key() if folded(one.title) not in known)
    closed = {place.name for place in places() if not place.open_to(ws)}
    return tuple(o for o in (*every, *keys) if ws.can(o.right) and o.place not in closed)


def fitting(offered: Sequence[Offer], typed: str) -> list[Offer]:
    """Those that have every typed word in their names, in either language, best first."""
    words = folded(typed)
    if len(words) < LETTERS_MIN:
        return []
    ranked = [(rank, one) for one in offered if (rank := _rank(one, words)) is not None]
    return [one for _rank_of_it, one in sorted(ranked, key=lambda pair: pair[0])]


def _rank(one: Offer, typed: str) -> int | None:
    titles = [folded(name) for name in in_both(one.title)]
    others = [folded(name) for name in in_both(one.also)] if one.also else []
    if typed in titles:
        return 0
    if any(title.startswith(typed) for title in titles):
        return 1
    names = f" {' '.join((*titles, *others))}"
    return 2 if all(f" {word}" in names for word in typed.split()) else None


def _by_key() -> Iterator[Offer]:
    """What pages do by a key: the search leads to where the key counts."""
    for place in places():
        if place.title:
            for keys, words in place.shortcuts():
                yield Offer(words, "dot", place.name, keys=keys, right=place.right)


def _with_people() -> tuple[Offer, ...]:
    """What the pages of people and approval offer."""
    return (
        Offer(
            translate("Thêm người"),
            "add-person",
            "person",
            "new",
            also=translate("nhập hồ sơ mới, thêm hồ sơ, đăng ký người khuyết tật"),
            right="enter",
        ),
        Offer(
            translate("In hồ sơ của danh sách đang lọc"),
            "print",
            "people",
            at=translate("In hồ sơ…"),
            begins=True,
            right="print",
        ),
        Offer(
            translate("Xuất…"),
            "export",
            "people",
            at=translate("Xuất…"),
            begins=True,
            also=translate("xuất danh sách ra Excel, CSV"),
            right="export",
        ),
        Offer(
            translate("Cột, thứ tự"),
            "columns",
            "people",
            at=translate("Cột, thứ tự"),
            begins=True,
            also=translate("chọn cột, xếp thứ tự danh sách"),
        ),
        Offer(
            translate("Lưu bộ lọc"),
            "filter",
            "people",
            at=translate("Bộ lọc đã lưu"),
            begins=True,
            also=translate("bộ lọc đã lưu, lọc danh sách"),
        ),
    )


def _of_papers() -> tuple[Offer, ...]:
    """What is printed of people and of cases."""
    return (
        Offer(
            translate("In hồ sơ"),
            "print",
            "printing",
            also=translate("in cả xã, in nhiều người, PDF"),
            right="print",
        ),
        Offer(
            translate("Mẫu, phiếu in"),
            "file",
            "papers",
            also=translate("mẫu 01, mẫu 02, mẫu 04, mẫu trống, phiếu đi thăm, mã QR"),
            right="sheets",
        ),
        Offer(
            translate("Phiếu đi thăm"),
            "print",
            "today",
            at=translate("Phiếu đi thăm"),
            also=translate("phiếu thăm hộ hôm nay, mang theo khi thăm"),
            right="sheets",
        ),
        Offer(translate("Tạo PDF"), "file", "printing", at=translate("Tạo PDF"), right="print"),
    )


def _some_people() -> tuple[Offer, ...]:
    """Lists of people that somebody asks for by name."""
    return (
        Offer(
            translate("Hồ sơ bị trả lại để sửa"),
            "undo",
            "people",
            facts={"status": ("returned",)},
            right="enter",
        ),
        Offer(
            translate("Hồ sơ nháp chưa gửi duyệt"),
            "edit",
            "people",
            facts={"status": ("draft",)},
            right="enter",
        ),
        Offer(
            translate("Người thiếu thông tin chính"), "warning", "people", facts={"missing": True}
        ),
        Offer(translate("Người đã gỡ khỏi sổ"), "trash", "people", facts={"removed": True}),
    )


def _in_the_office() -> tuple[Offer, ...]:
    """What the pages of lists, sync, backup and users offer."""
    users = translate("Quản trị")
    return (
        Offer(
            translate("Chọn danh sách để nhập"),
            "import",
            "import",
            at=translate("Chọn tệp…"),
            begins=True,
            also=translate("nhập Excel, đưa danh sách của xã vào, danh sách mẫu"),
            right="import",
        ),
        Offer(
            translate("Sao lưu ngay"),
            "backup",
            "backup",
            at=translate("Sao lưu ngay"),
            also=translate("sao lưu ra USB, ổ khác"),
            right="backup",
        ),
        Offer(
            translate("Tập dượt phục hồi"),
            "history",
            "backup",
            also=translate("phục hồi từ bản sao lưu, thử bản sao lưu"),
            right="backup",
        ),
        Offer(
            translate("Gửi ngay"),
            "send",
            "sync",
            at=translate("Gửi ngay"),
            also=translate("đồng bộ, gửi lên máy chủ, cấp trên"),
            right="sync",
        ),
        Offer(
            translate("Người dùng"),
            "users",
            "users",
            "users",
            also=translate("thêm người dùng, vai trò, đặt lại mật khẩu"),
            right="users",
        ),
        Offer(
            translate("Tiêu đề văn bản, chữ ký"),
            "file",
            "users",
            "letterhead",
            also=users,
            right="users",
        ),
        Offer(translate("Mã khôi phục"), "key", "users", "recovery", also=users, right="users"),
        Offer(translate("Nhật ký khóa"), "history", "users", "keys", also=users, right="logs"),
    )


def _of_the_reform() -> tuple[Offer, ...]:
    """The page of the reform and its two buttons."""
    reform = translate("sắp xếp đơn vị hành chính, xã mới, xã cũ")
    return (
        Offer(translate("Đơn vị từ 01/7/2025"), "place", "reform", also=reform, right="settings"),
        Offer(
            translate("Chuyển người sang xã mới"),
            "check",
            "reform",
            at=translate("Áp dụng (A)"),
            also=reform,
            right="settings",
        ),
        Offer(
            translate("Rút lại việc chuyển người"),
            "undo",
            "reform",
            at=translate("Rút lại (U)"),
            begins=True,
            also=reform,
            right="settings",
        ),
    )


def _of_transfers() -> tuple[Offer, ...]:
    """The desk of persons handed between offices."""
    also = translate("chuyển đi, chuyển đến, chuyển hồ sơ sang huyện khác, sửa muộn")
    return (
        Offer(translate("Chuyển cơ quan"), "forward", "transfer", also=also),
        Offer(
            translate("Xem cả việc chuyển đã xong"),
            "list",
            "transfer",
            at=translate("Cả việc đã xong"),
            also=also,
        ),
    )


def _of_work() -> tuple[Offer, ...]:
    """The calendar, who does how much, and a task of one's own."""
    return (
        Offer(translate("Lịch"), "calendar", "calendar", also=translate("lịch tháng, lịch tuần")),
        Offer(
            translate("Khối lượng ca"),
            "users",
            "caseload",
            also=translate("ca của từng người, bàn giao, giao ca cho người khác, nghỉ việc"),
        ),
        Offer(
            translate("Thêm việc"),
            "plus",
            "today",
            at=translate("Thêm việc"),
            begins=True,
            also=translate("nhắc việc, việc cần làm"),
            right="enter",
        ),
    )


def _of_mine_action() -> tuple[Offer, ...]:
    """What the page of accidents and reports offers."""
    return (
        Offer(
            translate("Xuất báo cáo…"),
            "export",
            "mine_action",
            at=translate("Xuất báo cáo…"),
            begins=True,
            also=translate("báo cáo bom mìn, IMSMA"),
            right="export",
        ),
        Offer(
            translate("Nhập từ bảng tính…"),
            "import",
            "mine_action",
            at=translate("Nhập từ bảng tính…"),
            begins=True,
            also=translate("nhập tai nạn bom mìn"),
            right="import",
        ),
    )
