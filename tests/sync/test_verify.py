"""The server's keeper asks whether everything that is kept is what the log says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from sync.moves import ARRIVED
from sync.protocol import Entry
from sync.server import census, store, verify
from tests.sync import devices, test_one_home
from tests.sync.parts import Central, pc
from ui.main import run_verb


def looked(server: Central) -> verify.Found:
    return verify.verify(server.folder, lambda _done, _total: None)


def test_the_keeper_finds_what_differs_and_an_exit_of_one(
    tmp_path: Path, own_server: Central, capsys: pytest.CaptureFixture[str]
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        for one in (a, b):
            one.enrol(own_server)
        a.enter_many(5)
        a.sync()
        b.sync()
        person = b.enter()
        b.decide(person, "hoa")
        b.sync()
        a.sync()
        a.edit(person, hamlet="Thôn 3")
        b.edit(person, hamlet="Thôn 4", phone="0905000001")
        a.sync()
        b.sync()
    found = looked(own_server)
    assert (found.count, found.differences, found.offices) == (0, [], 1)
    assert found.entries >= 16 and found.rows >= 14 and found.census >= 14
    table, row = census.tables()["person"], store.row
    with own_server.opened() as opened, opened.write() as connection:
        first, second, third = connection.scalars(select(table.c.id).order_by(table.c.id).limit(3))
        named = update(table).where(table.c.id == first).values(name="Người Khác")
        connection.execute(named)
        connection.execute(delete(table).where(table.c.id == second))
        connection.execute(update(row).where(row.c.row_id == third).values(version=7))
        connection.execute(delete(row).where(row.c.row_id == first))
    told = {
        (one["table"], one["what"], one.get("id")): one for one in looked(own_server).differences
    }
    assert told["census", "differs", first]["fields"] == ["name"]
    assert ("census", "missing", second) in told
    assert told["row", "differs", third]["fields"] == ["version"]
    assert ("row", "missing", first) in told
    assert ("bucket", "differs", None) in told
    assert run_verb(["--home", str(own_server.folder), "server", "verify"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["ok"], document["problems"][0]["code"]) == (False, "server_differs_from_log")
    assert "Người Khác" not in json.dumps(document, ensure_ascii=False)
    assert list(own_server.folder.glob("verify-*")) == []


@pytest.mark.parametrize("own_server", ["sqlite"], indirect=True)
def test_a_hole_in_the_log_is_told(tmp_path: Path, own_server: Central) -> None:
    with pc(tmp_path / "a") as a:
        a.enrol(own_server)
        a.enter()
        a.sync()
    with own_server.opened() as opened, opened.write() as connection:
        connection.execute(delete(store.entry).where(store.entry.c.seq == 2))
    assert {"table": "log", "what": "gap", "after": 1, "before": 3}.items() <= dict(
        looked(own_server).differences[0]
    ).items()


def test_what_leads_on_to_a_late_records_office_is_no_line_too_many(tmp_path: Path) -> None:
    house = devices.house(tmp_path / "server")
    a, b = (test_one_home.place(house, name) for name in ("Phòng A", "Phòng B"))
    (who,) = test_one_home.people(a, 1)
    test_one_home.hand_over(a, b, who)
    assert a.device.push(devices.need(devices.row_id(), who)).verdicts == "d"
    house.close()
    found = verify.verify(house.server.folder, lambda _done, _total: None)
    assert (found.differences, found.offices) == ([], 2)


def test_who_arrives_in_the_batch_of_an_edit_stands_at_the_version_of_the_arrival(
    tmp_path: Path,
) -> None:
    house = devices.house(tmp_path / "server")
    place = test_one_home.place(house, "Phòng A")
    (who,) = test_one_home.people(place, 1)
    at = "2026-11-26T08:00:00.000Z"
    edit = Entry(90, "person", who, "U", 2, {"note": ["", "chữ"]}, at, "minh")
    arrived = Entry(91, "person", who, "X", 7, {ARRIVED: True}, at, "")
    table = census.tables()["person"].c
    with house.store.write() as connection:
        census.write(connection, place.id, [edit, arrived])
        versions = select(table.version, table.server_version).where(table.id == who)
        assert connection.execute(versions).one() == (7, 7)
    house.close()
