"""lan runs the office: new people, forgotten passwords, people who leave, the letterhead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from app import workspace
from app.actions import settings, user
from app.values.user import UserDraft
from data import keyring
from data.errors import WrongPassword
from tests.desk import PASSWORD, Desk
from tests.journeys.keyboard import Officer
from ui.screens.users import UsersScreen

Sits = Callable[[Path], Officer]

USERS = 8
NEW_PASSWORD = "Binh-minh-1975"


def at_users(sit_down: Sits, office: Desk) -> Officer:
    """lan on the page of users."""
    officer = sit_down(office.home)
    officer.sign_in("lan")
    officer.go(USERS)
    officer.screen(UsersScreen)
    officer.wait_for("Trần Thị Hoa (hoa)")
    officer.rest()
    return officer


def opens(home: Path, login: str, password: str) -> bool:
    """Whether this password opens the book for this user."""
    try:
        keyring.unlock(home, login, password)
    except WrongPassword:
        return False
    return True


def test_somebody_new_comes_to_the_office(sit_down: Sits, office: Desk) -> None:
    officer = at_users(sit_down, office)
    officer.photo("journey-users-1-list")
    officer.push("Thêm người dùng")
    officer.until(lambda: officer.at.startswith("Tên đăng nhập"))
    officer.press(Qt.Key.Key_Tab)
    officer.type("Phạm Văn Tú")
    officer.enter(2)
    assert officer.at.startswith("Vai trò")
    officer.enter()
    assert officer.at.startswith("Mật khẩu")
    officer.type("ngan")
    officer.enter()
    officer.wait_for("Cần có “Tên đăng nhập” để lưu.")
    assert officer.at.startswith("Tên đăng nhập")
    officer.type("tu")
    officer.tab_to("Mật khẩu")
    officer.enter()
    officer.until(lambda: officer.at.startswith("Mật khẩu"))
    officer.rest()
    officer.photo("journey-users-2-weak")
    officer.rub_out()
    officer.type(NEW_PASSWORD)
    officer.enter()
    officer.wait_for("Phạm Văn Tú (tu)")
    officer.rest()
    officer.photo("journey-users-3-added")
    assert opens(office.home, "tu", NEW_PASSWORD)


def test_a_forgotten_password_and_a_leaving_colleague(sit_down: Sits, office: Desk) -> None:
    officer = at_users(sit_down, office)
    officer.push("Đặt mật khẩu…: Lê Văn Minh")
    officer.until(lambda: officer.at.startswith("Mật khẩu"))
    officer.type(NEW_PASSWORD)
    officer.enter()
    officer.wait_for("Lê Văn Minh có mật khẩu mới")
    officer.rest()
    assert opens(office.home, "minh", NEW_PASSWORD)
    assert not opens(office.home, "minh", PASSWORD)
    officer.push("Ngừng…: Trần Thị Hoa")
    officer.wait_for("Ngừng hoa: người này không mở được sổ nữa.")
    officer.rest()
    officer.photo("journey-users-4-stopping")
    assert officer.at == "Ngừng"
    officer.press(Qt.Key.Key_Space)
    officer.wait_for("đã ngừng dùng")
    officer.rest()
    officer.photo("journey-users-5-stopped")
    assert not opens(office.home, "hoa", PASSWORD)
    assert "hoa" not in user.sign_in_names(office.home)
    officer.push("Cho vào lại…: Trần Thị Hoa")
    officer.type(NEW_PASSWORD)
    officer.enter()
    officer.until(lambda: opens(office.home, "hoa", NEW_PASSWORD))
    officer.rest()


def test_the_last_admin_stays(sit_down: Sits, office: Desk) -> None:
    officer = at_users(sit_down, office)
    assert not officer.sees("Ngừng…: Nguyễn Thị Lan")
    officer.push("Sửa…: Nguyễn Thị Lan")
    officer.until(lambda: officer.at.startswith("Họ và tên"))
    officer.tab_to("Vai trò")
    officer.rub_out()
    officer.choose("nguoi nhap")
    officer.push("Lưu")
    officer.rest()
    officer.photo("journey-users-6-last-admin")
    lines = {line.login: line.role for line in user.listing(office.lan)}
    assert lines["lan"] == "admin"
    assert officer.sees("quản trị")


def test_the_letterhead_and_a_new_recovery_code(sit_down: Sits, office: Desk) -> None:
    officer = at_users(sit_down, office)
    officer.press(Qt.Key.Key_PageDown, control=True)
    officer.tab_to("Cơ quan chủ quản")
    officer.type("SỞ NỘI VỤ TỈNH BÌNH ĐỊNH")
    officer.enter()
    officer.type("PHÒNG LĐ-TB&XH HUYỆN PHÙ CÁT")
    officer.tab_to("Chức vụ người ký")
    officer.type("TRƯỞNG PHÒNG")
    officer.press(Qt.Key.Key_S, control=True)
    officer.until(lambda: officer.at.startswith("Họ tên người ký"))
    officer.rest()
    officer.photo("journey-users-7-letterhead-refused")
    officer.type("Nguyễn Văn Giả Lập")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Đã lưu tiêu đề và chữ ký.")
    officer.rest()
    officer.photo("journey-users-8-letterhead")
    now = settings.current(workspace.attach(office.lan.db, "lan"))
    assert now.superior_body == "SỞ NỘI VỤ TỈNH BÌNH ĐỊNH"
    assert now.signatories[0].name == "Nguyễn Văn Giả Lập"
    officer.press(Qt.Key.Key_PageDown, control=True)
    officer.push("Lập mã mới")
    officer.until(lambda: officer.sees("Mã khôi phục 2") or officer.sees("In mã…"))
    officer.rest()
    officer.photo("journey-users-9-code")


def test_an_inspector_sees_who_changed_whose_key_and_nothing_to_press(
    sit_down: Sits, office: Desk
) -> None:
    user.add(office.lan, UserDraft("tra", "inspector", "Hồ Thị Tra", password=NEW_PASSWORD))
    user.reset(office.lan, "minh", NEW_PASSWORD)
    officer = sit_down(office.home)
    officer.sign_in("tra", NEW_PASSWORD)
    officer.go(USERS)
    screen = officer.screen(UsersScreen)
    assert isinstance(screen, UsersScreen) and screen.tabs.names() == ("keys",)
    officer.wait_for("lan · minh: đặt lại mật khẩu")
    officer.photo("journey-users-9-key-log")
