"""Removals that wait for a yes and incidents, settled at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.records.person import Person
from tests.journeys.test_sync_cli import Home
from tests.sync.parts import central, pc
from tests.sync.test_comparing import TOLD, compared, past_the_program
from tests.sync.test_fuse import MANY, persons, remove


@pytest.mark.logs(TOLD)
def test_removals_wait_and_an_incident_is_looked_at(tmp_path: Path) -> None:
    with central(tmp_path / "server") as server, pc(tmp_path / "a") as a:
        a.enrol(server)
        a.enter_many(MANY + 1)
        a.sync()
        first, *gone = persons(a)
        office = Home(a.db.home)
        assert office.call("removals", "list", user="lan") == {"removals": []}
        assert codes(office.call("removals", "allow", "out", user="lan", exit_code=1)) == [
            "removals_none"
        ]
        remove(a, gone)
        assert office.call("sync", "--once", user="lan")["held"] == MANY
        (group,) = office.call("removals", "list", user="lan")["removals"]
        assert (group["way"], group["count"]) == ("out", MANY)
        assert {one["person_id"] for one in group["people"]} == set(gone)
        assert {(one["by"], one["record"]) for one in group["people"]} == {("minh", "person")}
        assert f"{MANY} lần gỡ chờ đồng ý" in office.read("removals", "list", user="lan")
        kept = office.call("removals", "keep", "out", user="lan")
        assert kept == {"way": "out", "count": MANY} and len(persons(a)) == MANY + 1
        remove(a, gone)
        office.call("sync", "--once", user="lan")
        assert office.call("removals", "allow", "out", user="lan")["count"] == MANY
        assert office.call("sync", "--once", user="lan")["held"] == 0
        assert server.stats()["people"] == 1

        with past_the_program(a) as session:
            session.get_one(Person, first).phone = "0905999999"
            session.get_one(Person, first).server_version = 7
        compared(a)
        (card,) = office.call("incidents", "list", user="lan")["incidents"]
        assert (card["person_id"], card["kind"], card["record"]) == (first, "old_there", "person")
        assert card["name"].startswith("Giả Lập Thị") and card["what"] and card["done"]
        assert "1 sự cố chưa xem" in office.read("incidents", "list", user="lan")
        assert codes(office.call("incidents", "seen", "x", user="lan", exit_code=1)) == [
            "incident_unknown"
        ]
        assert office.call("incidents", "seen", card["id"], user="lan") == {"id": card["id"]}
        assert office.call("incidents", "list", user="lan") == {"incidents": []}


def codes(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    """Why something was refused, each with a sentence."""
    assert all(one["message"] for one in answer["problems"])
    return [one["code"] for one in answer["problems"]]
