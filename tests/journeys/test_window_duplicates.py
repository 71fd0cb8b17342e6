"""minh and duplicates with the keyboard: warned while typing, merged, kept apart, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from app import workspace
from app.actions import duplicate, merge, need, person
from app.values.need import NeedDraft
from app.values.person import PeopleFilter
from data.records.person import Person
from tests.desk import PASSWORD, Desk, typed
from tests.journeys.keyboard import Officer
from ui.screens.duplicates import DuplicatesScreen
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen

Sits = Callable[[Path], Officer]


def entered_twice(office: Desk) -> dict[str, str]:
    """Two persons whom two lists know under two spellings each."""
    made = {}
    for key, fields in {
        "huong": {"name": "Nguyễn Thị Hường", "birth": "1950-03-12", "hamlet": "Vĩnh Trường",
                  "id_number": "052150000001"},
        "huowng": {"name": "Nguyeenx Thij Huowngf", "birth": "1950", "phone": "0905123456",
                   "hamlet": "Tân Hòa"},
        "phuoc": {"name": "Huỳnh Văn Phước", "birth": "1949", "hamlet": "Vĩnh Trường"},
        "phuc": {"name": "Hoàng Văn Phúc", "birth": "1950", "hamlet": "Tân Hòa"},
    }.items():  # fmt: skip
        sex = "female" if key.startswith("hu") else "male"
        made[key] = person.save(office.minh, typed(sex=sex, **fields)).id
    office.close()
    return made


def at_the_pairs(officer: Officer) -> DuplicatesScreen:
    officer.go(9)
    screen = officer.screen(DuplicatesScreen)
    officer.until(lambda: screen.card.review is not None)
    officer.rest()
    return screen


def test_minh_merges_one_pair_keeps_the_other_apart_and_takes_both_back(
    sit_down: Sits, office: Desk, home: Path
) -> None:
    made = entered_twice(office)
    officer = sit_down(home)
    officer.sign_in("minh")
    screen = at_the_pairs(officer)
    assert officer.sees("còn dấu gõ Telex, VNI trong tên") and screen.list.total == 2
    officer.photo("journey-duplicates-1-pair")
    before = screen.card.survivor()
    officer.press(Qt.Key.Key_2 if before == "a" else Qt.Key.Key_1)
    assert screen.card.survivor() != before
    officer.press(Qt.Key.Key_1 if before == "a" else Qt.Key.Key_2)
    officer.tab_to("Thôn, tổ, hồ sơ 1")
    officer.press(Qt.Key.Key_Right)
    assert officer.at.startswith("Thôn, tổ, hồ sơ 2")
    hamlet = screen.card.review and (screen.card.review.b.fields["hamlet"])
    officer.photo("journey-duplicates-2-chosen")
    officer.press(Qt.Key.Key_G)
    officer.wait_for("Đã gộp vào hồ sơ của Nguyễn Thị Hường.")
    officer.until(lambda: screen.list.total == 1 and screen.card.review is not None)
    officer.rest()
    officer.photo("journey-duplicates-3-next")
    assert officer.sees("tên chỉ khác Huỳnh/Hoàng")
    officer.press(Qt.Key.Key_K)
    officer.wait_for("Không còn cặp nào có thể trùng.")
    officer.photo("journey-duplicates-4-none")
    officer.press(Qt.Key.Key_U)
    officer.until(lambda: screen.list.total == 1 and screen.card.review is not None)
    ws = workspace.open(home, "lan", PASSWORD)
    page = person.page(ws, made["huong"])
    assert (page.fields["phone"], page.fields["hamlet"]) == ("0905123456", hamlet)
    assert person.total(ws, PeopleFilter()) == 3 and duplicate.counts(ws) == (1, 0)
    ws.db.close()


def test_a_merger_is_undone_from_the_persons_page(sit_down: Sits, office: Desk, home: Path) -> None:
    made = entered_twice(office)
    officer = sit_down(home)
    officer.sign_in("minh")
    screen = at_the_pairs(officer)
    officer.press(Qt.Key.Key_G)
    officer.until(lambda: screen.list.total == 1)
    screen.stage.go("person", made["huowng"])
    page = officer.screen(PersonScreen)
    officer.wait_for("Đã gộp vào Nguyễn Thị Hường")
    officer.photo("journey-duplicates-5-stub")
    officer.push("Mở hồ sơ còn lại")
    officer.until(lambda: page.page is not None and page.page.card.id == made["huong"])
    officer.wait_for("Hồ sơ đã gộp vào đây")
    officer.push("Tách lại…")
    officer.until(lambda: officer.at.startswith("Tách hai hồ sơ"))
    officer.type("Hai chị em")
    officer.photo("journey-duplicates-6-part")
    officer.enter()
    officer.until(lambda: page.page is not None and not page.page.merged_here)
    ws = workspace.open(home, "lan", PASSWORD)
    assert person.total(ws, PeopleFilter()) == 4
    ws.db.close()


def test_a_late_edit_is_copied_over_and_a_later_need_goes_to_who_is_set_free(
    sit_down: Sits, office: Desk, home: Path
) -> None:
    minh = office.minh
    stays, goes = (person.save(minh, typed(name=f"Võ Thị {name}")).id for name in ("Ba", "Tư"))
    merge.merge(minh, stays, goes)
    later = need.save(minh, NeedDraft(stays, {"item": "medical.wheelchair"}))
    with office.lan.db.write(office.hoa.author()) as session:  # from a PC that knew of no merger
        session.get_one(Person, goes).phone = "0905999888"
    office.close()
    officer = sit_down(home)
    officer.sign_in("minh")
    officer.go(2)
    officer.screen(PeopleScreen).stage.go("person", stays)
    page = officer.screen(PersonScreen)
    officer.wait_for("Viết muộn vào hồ sơ đã gộp")
    officer.wait_for("Điện thoại: 0905999888 (Trần Thị Hoa")
    officer.photo("journey-duplicates-7-late")
    officer.push("Chép sang hồ sơ Võ Thị Ba")
    officer.until(lambda: page.page is not None and page.page.fields["phone"] == "0905999888")
    officer.rest()
    assert not officer.sees("Viết muộn vào hồ sơ đã gộp")
    officer.photo("journey-duplicates-8-copied")
    officer.push("Tách lại…")
    officer.until(lambda: officer.at.startswith("Tách hai hồ sơ"))
    officer.type("Hai chị em")
    officer.push("Nhu cầu: ")
    officer.photo("journey-duplicates-9-whose-is-it")
    officer.tab_to("Tách hai hồ sơ")
    officer.enter()
    officer.until(lambda: page.page is not None and not page.page.merged_here)
    ws = workspace.open(home, "lan", PASSWORD)
    assert [one.id for one in need.of_person(ws, goes)] == [later]
    assert need.of_person(ws, stays) == ()
    assert person.page(ws, stays).fields["phone"] == "0905999888", "copied by hand, it stays"
    ws.db.close()


def test_while_typing_minh_is_told_that_the_person_is_known(
    sit_down: Sits, office: Desk, home: Path
) -> None:
    made = entered_twice(office)
    officer = sit_down(home)
    officer.sign_in("minh")
    officer.go(2)
    people = officer.screen(PeopleScreen)
    people.stage.go("person", "new", commune="63:21871")
    page = officer.screen(PersonScreen)
    officer.until(lambda: officer.at.startswith("Họ và tên"))
    officer.type("nguyen thi huong")
    officer.enter()
    officer.wait_for("Có thể đã có trong sổ")
    officer.photo("journey-duplicates-10-typing")
    assert officer.sees("tên chỉ khác là không gõ dấu")
    officer.push("Mở hồ sơ")
    officer.until(lambda: page.page is not None and page.page.card.id in made.values())
    officer.wait_for("Có thể trùng với")
    officer.push("So hai hồ sơ")
    screen = officer.screen(DuplicatesScreen)
    officer.until(lambda: screen.card.review is not None)
    assert screen.list.total == 1 and screen.all.isVisible()
    officer.push("Tất cả các cặp")
    officer.until(lambda: screen.list.total == 2)
