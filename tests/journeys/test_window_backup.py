"""lan makes a backup, tries it out, and prints what a burned PC would cost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt

from app.actions import backup, person
from tests import desk
from tests.desk import PASSWORD, Desk, typed
from tests.journeys.keyboard import Officer
from ui.screens.backup import BackupScreen
from ui.screens.backup_restore import BackupRestore

Sits = Callable[[Path], Officer]

BACKUP = 7


def at_backup(sit_down: Sits, office: Desk) -> Officer:
    """lan on the page of backups, in an office of two people."""
    for name in ("Nguyễn Thị Hường", "Đinh Văn Briu"):
        person.save(office.minh, typed(name=name))
    officer = sit_down(office.home)
    officer.sign_in("lan")
    officer.go(BACKUP)
    officer.screen(BackupScreen)
    officer.wait_for("Chưa có bản sao lưu nào")
    return officer


def test_a_backup_is_made_and_tried_out(sit_down: Sits, office: Desk) -> None:
    officer = at_backup(sit_down, office)
    officer.photo("journey-backup-1-none")
    officer.push("Sao lưu ngay")
    officer.wait_for("Đã sao lưu.")
    officer.rest()
    made = backup.latest(office.lan)
    assert made is not None and made.path.is_file() and made.persons == 2
    assert officer.sees(str(made.path))
    officer.photo("journey-backup-2-made")
    officer.tab_to("Mật khẩu lúc sao lưu")
    officer.type("sai-mat-khau")
    officer.enter()
    officer.wait_for("mật khẩu không đúng")
    officer.rest()
    officer.photo("journey-backup-3-wrong")
    officer.type(PASSWORD)
    officer.enter()
    officer.wait_for("Tốt: bản lúc")
    officer.wait_for("có 2 người")
    officer.photo("journey-backup-4-good")
    assert person.total(office.lan, person.PeopleFilter()) == 2
    assert not list((office.home / "tmp").glob("*"))


def test_a_second_backup_is_the_one_tried_out(sit_down: Sits, office: Desk) -> None:
    officer = at_backup(sit_down, office)
    screen = officer.screen(BackupScreen)
    officer.push("Sao lưu ngay")
    officer.until(lambda: screen._file is not None)
    officer.rest()
    person.save(office.minh, typed(name="Trần Xuân Quân"))
    officer.push("Sao lưu ngay")
    officer.until(lambda: (made := backup.latest(office.lan)) and made.persons == 3)
    officer.rest()
    newest = backup.latest(office.lan)
    assert newest is not None and screen._file == newest.path


def test_the_sheet_of_the_burned_pc(sit_down: Sits, office: Desk, tmp_path: Path) -> None:
    officer = at_backup(sit_down, office)
    screen = officer.screen(BackupScreen)
    (tmp_path / "nowhere").touch()
    screen.save_burned(tmp_path / "nowhere" / "tờ.pdf")
    officer.wait_for("Không ghi được")
    out = tmp_path / "Nếu máy cháy.pdf"
    screen.save_burned(out)
    officer.wait_for("In ra và cất ngoài cơ quan.")
    officer.photo("journey-backup-5-sheet")
    pdf = pypdfium2.PdfDocument(out)
    words = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    assert "KHÔNG có bản sao lưu nào ở ổ đĩa khác" in words
    assert "Đinh Văn Briu" in words and "Nguyễn Thị Hường" in words


def test_the_drill_asks_for_what_is_missing(sit_down: Sits, office: Desk) -> None:
    officer = at_backup(sit_down, office)
    officer.push("Sao lưu ngay")
    officer.wait_for("Đã sao lưu.")
    officer.rest()
    officer.push("Tập dượt")
    officer.wait_for("Gõ mật khẩu lúc sao lưu.")
    assert officer.at.startswith("Mật khẩu lúc sao lưu")
    officer.press(Qt.Key.Key_Tab)
    assert officer.at == "Tập dượt"


def test_the_new_pc_after_the_fire(sit_down: Sits, office: Desk, tmp_path: Path) -> None:
    person.save(office.minh, typed())
    file = backup.backup_now(office.minh, tmp_path / "usb").path
    officer = sit_down(tmp_path / "máy mới")
    officer.push("Phục hồi từ bản sao lưu…")
    officer.until(lambda: isinstance(officer.window.gate, BackupRestore))
    page = officer.window.gate
    assert isinstance(page, BackupRestore)
    page.choose_file(file)
    officer.type("sai-mat-khau")
    officer.enter()
    officer.wait_for("mật khẩu không đúng")
    officer.rest()
    officer.photo("journey-restore-1-wrong")
    officer.type(PASSWORD)
    officer.enter()
    officer.wait_for("Đã phục hồi sổ từ bản ngày")
    officer.photo("journey-restore-2-done")
    officer.sign_in("minh")
    assert officer.window.frame is not None
    assert person.total(officer.window.frame.ws, person.PeopleFilter()) == 1


def test_a_store_without_its_key_file_is_set_aside_for_the_backup(
    sit_down: Sits, office: Desk, tmp_path: Path
) -> None:
    file = backup.backup_now(office.lan, tmp_path / "usb").path
    office.close()
    (office.home / "store.keys").rename(tmp_path / "lost")
    officer = sit_down(office.home)
    officer.push("Phục hồi từ bản sao lưu…")
    officer.until(lambda: isinstance(officer.window.gate, BackupRestore))
    page = officer.window.gate
    assert isinstance(page, BackupRestore)
    page.choose_file(file)
    officer.type(PASSWORD)
    officer.enter()
    officer.wait_for("Sổ cũ nằm ở")
    officer.sign_in("lan")
    assert list(office.home.glob("aside-*/store.db"))


def test_a_restore_that_the_power_cut_off_is_finished_and_told_at_the_next_start(
    sit_down: Sits, office: Desk, tmp_path: Path
) -> None:
    file = backup.backup_now(office.lan, tmp_path / "usb").path
    person.save(office.minh, typed())
    office.close()
    desk.cut_off_restore(office.home, file)
    officer = sit_down(office.home)
    officer.wait_for("Lần phục hồi trước bị ngắt giữa chừng; nay đã làm xong.")
    officer.wait_for("Sổ cũ nằm ở")
    officer.photo("journey-restore-3-finished")
    officer.sign_in("lan")
    assert officer.window.frame is not None
    assert person.total(officer.window.frame.ws, person.PeopleFilter()) == 0
