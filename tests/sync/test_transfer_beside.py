"""What else the server does with an office's log holds after persons moved between offices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from data.database import Author
from data.records.blob import Blob
from data.records.sync import ColdStart
from data.records.trace import History
from sync import client, comparing, photos_line, snapshot, state
from sync.server import verify
from tests.sync.conftest import database_for
from tests.sync.parts import Central, Pc, central, dump, pc
from tests.sync.scans import KB, here, line_of, noise, on_server, scan
from tests.sync.test_transfer import hand_over, listed, meet, name, other_name

Offices = tuple[Central, Pc, Pc]


@pytest.fixture(params=("sqlite", "postgresql"))
def offices(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Offices]:
    """A server of its own and one PC in each of two offices that know of one another."""
    with (
        central(tmp_path / "server", database_for(request.param)) as server,
        pc(tmp_path / "old") as old,
        pc(tmp_path / "new") as new,
    ):
        new.enrol(server, server.code(other_name(server), "63:543"))
        old.enrol(server)
        meet(old, new)
        yield server, old, new


def compared(one: Pc) -> int:
    """A round that compares all rows; how many differed."""
    with one.db.write(Author("")) as session:
        standing = state.row(session)
        assert standing is not None
        standing.uncompared = comparing.EVERY_ROUNDS
    return client.run_round(one.db).incidents


def differences(server: Central) -> list[dict[str, object]]:
    found = verify.verify(server.folder, lambda _done, _total: None, server.database)
    return found.differences


def test_checks_find_nothing_and_a_new_pc_stands_like_the_others(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, old, new = offices
    gone, back = old.enter("Trần Thị Đi"), old.enter("Lê Văn Về")
    old.enter("Phạm Thị Ở")
    old.edit(gone, hamlet="Tân Lệ")
    old.edit(back, phone="0905000001")
    hand_over(old, new, gone, back)
    new.edit(back, phone="0905000002")
    hand_over(new, old, back)
    old.edit(back, hamlet="Hội Vân")
    meet(old, new)
    assert differences(server) == []
    assert [compared(one) for one in (old, new)] == [0, 0]
    monkeypatch.setattr(snapshot, "LOG_SHORT", 3)
    for beside in (old, new):
        with pc(tmp_path / f"cold-{beside.office_id}") as cold:
            cold.enrol(server, server.code(name(beside), "63:548" if beside is old else "63:543"))
            meet(cold)
            assert cold.count(ColdStart) == 0 and sorted(listed(cold)) == sorted(listed(beside))
            assert dump(cold.db) == dump(beside.db)
            assert compared(cold) == 0
            person_id = back if beside is old else gone
            assert told(cold, person_id) == told(beside, person_id)


def told(one: Pc, row_id: str) -> set[tuple[object, ...]]:
    """The history of a record, its lines in any order."""
    with one.db.read() as session:
        lines = session.scalars(select(History).where(History.row_id == row_id))
        return {(line.op, line.field, line.old, line.new, line.by, line.at) for line in lines}


@pytest.mark.parametrize("offices", ["sqlite"], indirect=True)
def test_her_photos_are_in_the_other_office_too(offices: Offices) -> None:
    server, old, new = offices
    who, stays = old.enter("Trần Thị Đi"), old.enter("Phạm Thị Ở")
    hers, others = noise(1, 70 * KB), noise(2, 30 * KB)
    scan(old, who, hers)
    scan(old, stays, others)
    client.run_round(old.db, choice="all")
    hand_over(old, new, who)
    client.run_round(new.db, choice="all")
    with new.db.read() as session:
        here = {one.size: one.kept for one in session.scalars(select(Blob))}
    assert here[len(hers)] == len(hers) and len(others) not in here


@pytest.mark.parametrize("offices", ["postgresql"], indirect=True)
def test_an_upload_under_way_while_she_moves_ends_in_the_other_office(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, old, new = offices
    who, hers = old.enter("Trần Thị Đi"), noise(3, 150 * KB)
    paper = scan(old, who, hers)

    def half() -> bool:
        known = line_of(old, hers)
        return known is not None and 0 < known.sent < known.size

    monkeypatch.setattr(photos_line, "REQUEST_BYTES_MAX", 64 * KB)
    client.run_round(old.db, choice="all", cancelled=half)
    assert half()
    unseen = scan(old, who, noise(4, 20 * KB), b"small")
    hand_over(old, new, who)
    later = client.run_round(old.db, choice="all").attachments
    assert (later.sent, later.restarted, later.waiting.up.count) == (2, 0, 0)
    client.run_round(new.db, choice="all")
    assert here(new, paper)[0] == hers and here(new, unseen) == (noise(4, 20 * KB), b"small")
    assert on_server(server) == {}  # nothing lies where no file names it
