"""What one hand writes into one record in a row goes as one change; what says more stays apart."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import select

from data.records.change import Change
from data.records.trace import History
from tests.sync.parts import Central, Pc, dump, pc


def outbox(one: Pc, person_id: str) -> list[tuple[str, dict[str, object]]]:
    with one.db.read() as session:
        lines = session.scalars(
            select(Change).where(Change.row_id == person_id).order_by(Change.seq)
        )
        return [(line.op, json.loads(line.fields)) for line in lines]


def test_typing_in_a_row_goes_as_one_change_and_history_keeps_every_step(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        person = a.enter(phone="0905000001")
        a.edit(person, phone="0905000002")
        a.edit(person, phone=None, hamlet="Thôn 2")
        done = a.sync()
        assert (done.pending, len(outbox(a, person))) == (0, 1)
        b.sync()
        assert (b.see(person, "phone"), b.see(person, "hamlet")) == (None, "Thôn 2")
        a.edit(person, hamlet="Thôn 3")
        a.edit(person, hamlet="Thôn 4", note="x")
        a.sync()
        last = outbox(a, person)[-1]
        assert last == ("U", {"hamlet": ["Thôn 2", "Thôn 4"], "note": [None, "x"]})
        b.sync()
        assert dump(a.db) == dump(b.db) == dump(server)
        with a.db.read() as session:
            steps = session.scalars(select(History.new).where(History.field == "hamlet")).all()
        assert list(steps) == ["Thôn 2", "Thôn 3", "Thôn 4"]


def test_other_hands_states_and_what_lies_between_stay_apart(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a:
        a.enrol(server)
        person = a.enter()
        a.sync()
        a.edit(person, by="minh", phone="1")
        a.edit(person, by="hoa", phone="2")
        a.edit(person, by="hoa", status="waiting")
        other = a.enter("Đinh Văn Briu")
        a.edit(person, by="hoa", phone="3")
        a.sync()
        assert len(outbox(a, person)) == 5
        assert len(outbox(a, other)) == 1
