"""Every write leaves its history and its outbox entry in the same transaction, or none of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from data import capture, outbox
from data.records.change import Change
from data.records.person import Person
from data.records.trace import History
from tests import desk
from tests.desk import CAT_HANH, Desk


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def add(office: Desk, name: str = "Lê Thị An") -> str:
    with office.minh.db.write(office.minh.author()) as session:
        person = Person(office_id=office.minh.office.id, name=name, commune=CAT_HANH)
        session.add(person)
        session.flush()
        return person.id


def lines(office: Desk, row_id: str) -> list[tuple[str, str | None, str | None, str | None]]:
    with office.lan.db.read() as session:
        rows = session.scalars(
            select(History).where(History.row_id == row_id).order_by(History.seq)
        )
        return [(row.op, row.field, row.old, row.new) for row in rows]


def changes(office: Desk, row_id: str) -> list[Change]:
    with office.lan.db.read() as session:
        return list(
            session.scalars(select(Change).where(Change.row_id == row_id).order_by(Change.seq))
        )


def test_a_creation_is_one_entry_and_an_edit_one_per_field(office: Desk) -> None:
    made = add(office)
    with office.hoa.db.write(office.hoa.author()) as session:
        person = session.get_one(Person, made)
        person.name = "Lê Thị Ân"
        person.hamlet = "Mỹ Hóa"
    created, *edits = lines(office, made)
    assert created[0] == "create"
    assert json.loads(created[3] or "")["name"] == "Lê Thị An"
    assert sorted(edits, key=str) == sorted(
        [("edit", "name", "Lê Thị An", "Lê Thị Ân"), ("edit", "hamlet", None, "Mỹ Hóa")], key=str
    )
    first, second = changes(office, made)
    assert (first.op, first.user) == ("I", "minh")
    assert (second.op, second.user) == ("U", "hoa")
    assert json.loads(second.fields)["name"] == ["Lê Thị An", "Lê Thị Ân"]


def test_an_error_leaves_neither_record_nor_history_nor_outbox(office: Desk) -> None:
    with office.lan.db.read() as session:
        before = outbox.pending_count(session)
    with pytest.raises(ZeroDivisionError), office.minh.db.write(office.minh.author()) as session:
        session.add(Person(office_id=office.minh.office.id, name="Lê Thị An", commune=CAT_HANH))
        session.flush()
        raise ZeroDivisionError
    with office.lan.db.read() as session:
        assert session.scalars(select(Person)).all() == []
        assert outbox.pending_count(session) == before


def test_derived_columns_never_travel(office: Desk) -> None:
    made = add(office)
    sent = json.loads(changes(office, made)[0].fields)
    assert not {"name_key", "search_text", "edited_by", "version", "office_id"} & set(sent)


def test_what_the_server_sent_leaves_no_outbox_entry(office: Desk) -> None:
    made = add(office)
    with office.lan.db.write(office.lan.author("sync:x")) as session, capture.applying(session):
        session.get_one(Person, made).hamlet = "Mỹ Hóa"
    assert len(changes(office, made)) == 1
    with office.lan.db.write(office.lan.author()) as session:
        assert session.scalar(text("SELECT applying FROM capture_state")) == 0
        assert outbox.cover_dirty(session) == ()


def test_ordinary_work_leaves_the_net_empty(office: Desk) -> None:
    made = add(office)
    with office.hoa.db.write(office.hoa.author()) as session:
        session.get_one(Person, made).hamlet = "Mỹ Hóa"
    with office.lan.db.write(office.lan.author()) as session:
        assert session.scalars(text("SELECT row_id FROM dirty")).all() == []
        assert outbox.cover_dirty(session) == ()


def test_a_change_that_slipped_by_is_caught_by_the_net_and_sent_whole(office: Desk) -> None:
    made = add(office)
    with office.lan.db.write(office.lan.author()) as session:
        session.get_one(Person, made).name = "Lê Thị Ân"
        session.execute(text("UPDATE person SET hamlet = 'Mỹ Hóa'"))
        session.get_one(Person, made).phone = "0905123456"
    with office.lan.db.write(office.lan.author()) as session:
        assert [item.row_id for item in outbox.cover_dirty(session)] == [made]
        assert outbox.cover_dirty(session) == ()
    bypass = changes(office, made)[-1]
    assert (bypass.source, json.loads(bypass.fields)["hamlet"]) == ("bypass", [None, "Mỹ Hóa"])


def test_a_row_that_somebody_deleted_is_told(office: Desk) -> None:
    made = add(office)
    with office.lan.db.write(office.lan.author()) as session:
        session.execute(text("DELETE FROM person"))
    with office.lan.db.write(office.lan.author()) as session:
        assert outbox.cover_dirty(session) == (outbox.Uncovered("person", made, gone=True),)
