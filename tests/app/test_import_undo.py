"""An import is taken back as a whole, as long as nobody worked on what it brought."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.actions import approval, duplicate, import_list, import_undo, person
from app.errors import Refused
from app.values.person import PeopleFilter, PersonDraft
from tests import desk
from tests.app.import_desk import everybody, many, simple
from tests.desk import Desk

HOA = ("Lê Thị Hoa", "12/3/1950", "Nữ", None, "Thôn 1", "Cát Hanh", "nhìn", None)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    found = desk.at(tmp_path / "office")
    yield found
    found.close()


def test_who_was_added_is_removed_with_the_reason(office: Desk, tmp_path: Path) -> None:
    result = import_list.run(office.minh, many(tmp_path / "ds.xlsx", 700))
    (listed,) = import_undo.imports(office.minh)
    assert (listed.id, listed.file) == (result.id, "ds.xlsx")
    assert listed.counts["new"] + listed.counts["maybe"] == 700
    assert import_list.preview(office.minh, tmp_path / "ds.xlsx").brought_before
    done = import_undo.undo(office.minh, result.id, "xã gửi nhầm")
    assert done.removed == 700 and everybody(office.minh) == ()
    assert duplicate.counts(office.minh) == (0, 0)
    gone = person.listing(office.minh, PeopleFilter(removed=True), limit=5).cards
    page = person.page(office.minh, gone[0].id)
    assert page.removed_reason == "Hoàn tác lượt nhập ds.xlsx: xã gửi nhầm"
    (listed,) = import_undo.imports(office.minh)
    assert listed.undone_by == "minh" and not listed.may_undo
    assert not import_list.preview(office.minh, tmp_path / "ds.xlsx").brought_before
    again = import_list.run(office.minh, tmp_path / "ds.xlsx")
    assert again.created == 700


def test_fields_it_filled_are_empty_again(office: Desk, tmp_path: Path) -> None:
    import_list.run(office.minh, simple(tmp_path / "a.xlsx", HOA))
    (card,) = everybody(office.minh)
    before = person.page(office.minh, card.id).fields
    later = (*HOA[:3], "052150123456", *HOA[4:7], "nặng")
    result = import_list.run(office.minh, simple(tmp_path / "b.xlsx", later))
    assert result.changed == 1
    done = import_undo.undo(office.minh, result.id)
    assert (done.removed, done.restored) == (0, 2)
    assert person.page(office.minh, card.id).fields == before


def test_what_waits_for_approval_is_withdrawn(office: Desk, tmp_path: Path) -> None:
    import_list.run(office.minh, simple(tmp_path / "a.xlsx", HOA))
    (card,) = everybody(office.minh)
    approval.approve(office.hoa, (card.id,))
    result = import_list.run(office.minh, simple(tmp_path / "b.xlsx", (*HOA[:7], "nặng")))
    assert result.awaiting == 1
    import_undo.undo(office.minh, result.id)
    (one,) = person.page(office.minh, card.id).amendments
    assert one.state == "withdrawn"


def test_work_done_since_hinders_it_and_is_named(office: Desk, tmp_path: Path) -> None:
    result = import_list.run(office.minh, many(tmp_path / "ds.xlsx", 3))
    first, second, _ = everybody(office.minh)
    person.save(office.minh, PersonDraft(first.id, {"phone": "0905123456"}))
    approval.approve(office.hoa, (second.id,))
    with pytest.raises(Refused) as caught:
        import_undo.undo(office.minh, result.id)
    told = caught.value.problems
    assert {each.value for each in told} == {first.id, second.id}
    assert all(each.code == "import_touched" for each in told)
    worked = {each.value: each.message for each in told}
    today = f"{datetime.now():%d/%m/%Y}"
    for card, who in ((first, "Lê Văn Minh"), (second, "Trần Thị Hoa")):
        assert worked[card.id].startswith(f"{card.name}: {who} đã làm tiếp lúc ")
        assert today in worked[card.id]
    assert len(everybody(office.minh)) == 3


def test_an_import_is_undone_once(office: Desk, tmp_path: Path) -> None:
    result = import_list.run(office.minh, many(tmp_path / "ds.xlsx", 2))
    import_undo.undo(office.minh, result.id)
    for asked, code in ((result.id, "import_undone"), ("gì đó", "import_unknown")):
        with pytest.raises(Refused) as caught:
            import_undo.undo(office.minh, asked)
        assert caught.value.problems[0].code == code
