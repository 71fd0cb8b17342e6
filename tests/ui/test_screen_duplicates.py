"""Two records side by side on a real store: any two of the list, and who may not merge them."""

from __future__ import annotations

from collections.abc import Callable

from app.actions import approval, duplicate, likeness, person
from app.workspace import Workspace
from tests.desk import Desk, typed
from tests.ui.conftest import Told, grab, settle, until
from ui.screens.duplicates import DuplicatesScreen
from ui.screens.people import PeopleScreen
from ui.stage import Stage
from ui.tasks import Tasks

StageFor = Callable[[Workspace], Stage]


def opened(stage: Stage, key: str = "") -> DuplicatesScreen:
    screen = DuplicatesScreen(stage)
    screen.resize(1100, 700)
    screen.show()
    screen.opened(key)
    until(lambda: screen.card.review is not None)
    return screen


def test_any_two_persons_are_compared_and_merged_from_the_list(
    stage_for: StageFor, office: Desk, tasks: Tasks, told: Told
) -> None:
    one = person.save(office.minh, typed(birth="1950", phone="0905123456", note="một")).id
    second = typed(name="Lê Văn Tám", birth="1980", hamlet="Tân Lệ", note="hai")
    other = person.save(office.minh, second).id
    people = PeopleScreen(stage_for(office.minh))
    people._compare((one,))
    assert told.messages[-1].text == "Chọn đúng hai người để so."
    people._compare((one, other))
    assert told.went == [("duplicates", f"{one} {other}")]
    screen = opened(stage_for(office.minh), f"{one} {other}")
    grab(screen, "duplicates-any-two")
    assert screen.list.total == 1 and screen.card.buttons["merge"].isEnabled()
    screen.card.keep("b")
    screen.merge()
    until(lambda: person.page(office.minh, one).merged_into is not None)
    settle(tasks)
    assert person.page(office.minh, other).fields["phone"] == "0905123456"
    assert person.page(office.minh, other).fields["note"] == "hai; một"
    screen.take_back()
    until(lambda: person.page(office.minh, one).merged_into is None)
    settle(tasks)


def test_a_surveyor_is_told_why_an_approved_record_is_not_his_to_merge(
    stage_for: StageFor, office: Desk, tasks: Tasks
) -> None:
    one = person.save(office.minh, typed(birth="1950")).id
    person.save(office.minh, typed(birth="1950-03-12"))
    person.submit(office.minh, (one,))
    approval.approve(office.hoa, (one,))
    screen = opened(stage_for(office.minh))
    assert not screen.card.buttons["merge"].isEnabled()
    assert screen.card.why_not.text().startswith("Có hồ sơ đã duyệt")
    screen.merge()
    settle(tasks)
    assert duplicate.counts(office.minh)[0] == 1
    for_hoa = opened(stage_for(office.hoa))
    assert for_hoa.card.buttons["merge"].isEnabled()
    review = for_hoa.card.review
    assert review is not None
    stays = review.a if for_hoa.card.survivor() == "a" else review.b
    assert stays.card.status == "approved", "the approved record is proposed to stay"
    settle(tasks)


def test_the_page_compares_on_until_everybody_was(
    stage_for: StageFor, office: Desk, tasks: Tasks
) -> None:
    strangers = [
        person.NewPerson(typed(name=f"{family} Văn {given}", birth=str(1930 + 3 * n), sex="male"))
        for n, family in enumerate("Lê Trần Phạm Đặng Bùi Mai Hồ Đỗ Ngô Lý Tô".split())
        for given in "An Bảo Cường Dũng Giang Hải Khoa Long Nam Phú".split()
    ]
    assert len(strangers) > likeness.A_LITTLE_ROWS
    person.save_many(office.minh, strangers)
    for name in ("Nguyễn Thị Hường", "Nguyeenx Thij Huowngf"):
        person.save(office.minh, typed(name=name, birth="1950-03-12", sex="female"))
    screen = opened(stage_for(office.minh))
    until(lambda: screen.list.total == duplicate.counts(office.minh)[0])
    settle(tasks)
    names = [{pair.a.name, pair.b.name} for pair in duplicate.worklist(office.minh).pairs]
    assert {"Nguyễn Thị Hường", "Nguyeenx Thij Huowngf"} in names
    assert "chưa so" not in screen.head.facts.text() and screen.list.total == len(names)
