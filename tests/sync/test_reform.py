"""Two PCs and a server: answers of the reform and moved persons travel; only an admin answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import workspace
from app.actions import person, reform
from data.database import Author
from data.records.reform import ReformAnswer
from tests.desk import typed
from tests.sync.parts import Central, Pc, central, dump, pc

AN_NGHIA, AN_HOA, AN_TOAN = "63:21634", "34:21628", "34:21622"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    with central(tmp_path / "server") as made:
        yield made


@pytest.fixture
def pcs(server: Central, tmp_path: Path) -> Iterator[tuple[Pc, Pc]]:
    with pc(tmp_path / "first") as one, pc(tmp_path / "second") as other:
        for each in (one, other):
            each.enrol(server)
        yield one, other


def meet(*all_pcs: Pc) -> None:
    for _ in range(2):
        for each in all_pcs:
            each.sync()


def test_answers_and_moves_reach_the_other_pc_and_are_taken_back_there(
    server: Central, pcs: tuple[Pc, Pc]
) -> None:
    one, other = pcs
    minh = workspace.attach(one.db, "minh")
    who = person.save(minh, typed(commune=AN_NGHIA, hamlet="Thôn 3")).id
    meet(one, other)
    lan, lan_there = (workspace.attach(at.db, "lan") for at in pcs)
    for ws in (lan, lan_there):
        reform.answer(ws, AN_NGHIA, AN_HOA, "Thôn 3")
    assert reform.apply(lan).moved == 1
    meet(one, other)
    for at in pcs:
        assert at.see(who, "current_commune") == AN_HOA and at.see(who, "commune") == AN_NGHIA
    assert reform.plan(lan_there).totals.waiting == 0 and reform.plan(lan_there).totals.open == 0
    assert dump(one.db) == dump(other.db) == dump(server)
    assert server.census_rows("person", "id", "current_commune") == [(who, AN_HOA)]
    assert reform.undo(lan_there) == 1
    meet(other, one)
    assert one.see(who, "current_commune") is None
    assert dump(one.db) == dump(other.db) == dump(server)


def test_the_server_takes_answers_of_an_admin_only(server: Central, pcs: tuple[Pc, Pc]) -> None:
    one, other = pcs
    with one.db.write(Author("minh")) as session:
        office = workspace.attach(one.db, "minh").office.id
        session.add(ReformAnswer(office_id=office, old=AN_NGHIA, hamlet="Thôn 3", new=AN_TOAN))
    meet(one, other)
    assert one.verdicts()["rejected"] == 1
    assert server.census_rows("reform_answer", "new") == []
