"""Handing over without a line: what is asked and refused here, and what is kept of who left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from app import workspace
from app.actions import departed, late_edit, person, transfer, user
from app.errors import Refused
from app.values.transfer import TransferDraft
from app.values.user import UserDraft
from app.workspace import Workspace
from data import retention
from data.base import new_id, now_text
from data.database import Author
from data.records import victim
from data.records.blob import Blob
from data.records.change import Change
from data.records.incident import Incident
from data.records.transfer import Departed, KnownOffice, Proposal
from tests import desk
from tests.desk import PASSWORD, Desk, typed
from tests.line import Line

THERE = "Phòng LĐ-TB&XH huyện Hoài Ân"


def know(ws: Workspace) -> None:
    """The server has told of another office."""
    with ws.db.write(Author("lan")) as session:
        session.add(KnownOffice(id="o" * 36, name=THERE, units="63:543"))


@pytest.fixture
def at(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    know(opened.lan)
    yield opened
    opened.close()


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_the_command_line_asks_sends_and_takes_back(calls: Line) -> None:
    lan = workspace.open(calls.home, "lan", PASSWORD)
    know(lan)
    lan.db.close()
    who = calls.add("birth=1950")
    asking = ("transfer", "request", who, "--reason", "chuyển nhà", "--user", "minh", "--to")
    assert calls.codes(*asking, "Phòng Nào Đó") == ["transfer_office_unknown"]
    assert calls.codes("transfer", "request", "--to", THERE, "--reason", "x") == ["transfer_whom"]
    assert calls.codes(*asking, THERE, "--on", "31/2/2027") == ["not_a_date"]
    made = calls(*asking, THERE, "--on", "2027-01-05")
    assert calls.codes(*asking, THERE) == ["transfer_already_open"]
    (told,) = calls("transfer", "list", "--user", "minh")["outgoing"]
    assert (told["year"], told["on"], told["state"]) == ("1950", "2027-01-05", "asked")
    assert calls.codes("transfer", "approve", made["bundle"], "--user", "minh") == ["not_allowed"]
    assert calls("transfer", "approve", made["bundle"], "--user", "hoa")["approved"]
    again = ("transfer", "approve", told["id"], "--user", "hoa")
    assert calls.codes(*again) == ["transfer_decided"]
    calls("transfer", "withdraw", told["id"], "--user", "minh")
    assert calls("transfer", "list", "--user", "minh")["outgoing"] == []
    assert calls.codes("transfer", "take", "x", "--user", "minh") == ["late_edit_unknown"]
    assert calls.codes("transfer", "show", who, "--user", "minh") == ["departed_unknown"]
    assert "đi Phòng" in calls.raw("transfer", "list", "--all", "--text", "--user", "minh")


def test_nobody_sends_what_he_asked_and_a_removed_person_is_not_asked_for(at: Desk) -> None:
    who, gone = (person.save(at.minh, typed(name=f"Võ Thị {name}")).id for name in ("Ba", "Tư"))
    person.remove(at.minh, gone, "nhập nhầm")
    made = transfer.request(at.hoa, TransferDraft((who, gone, "nobody"), THERE, "chuyển nhà"))
    assert len(made.ids) == 1
    assert [one.code for one in made.skipped] == ["transfer_person_gone", "person_unknown"]
    assert [one.code for one in transfer.approve(at.hoa, [made.bundle])] == ["transfer_own"]
    assert person.page(at.minh, who).moving_to == THERE and transfer.waiting(at.lan) == 1
    with pytest.raises(Refused) as refused:
        transfer.refuse(at.lan, [made.bundle], " ")
    assert codes(refused) == ["reason_needed"]
    transfer.refuse(at.lan, [made.bundle], "chưa xác minh")
    (told,) = transfer.desk(at.minh, every=True).outgoing
    assert (told.state, told.answer, told.steps) == ("returned", "chưa xác minh", ())


def test_what_is_kept_of_who_left_is_read_until_its_time_is_over(at: Desk) -> None:
    rows = {"person": [{"name": "Võ Thị Ba", "phone": "0905123456", "degree": "severe"}],
            "victim": [{"victim_informant": "Hồ Thị Kể"}]}  # fmt: skip
    left_at = "2026-11-26T08:00:00.000Z"
    with at.lan.db.write(Author("lan")) as session:
        whole = json.dumps({"rows": rows, "history": []})
        names = {"name": "Võ Thị Ba", "sort_key": "ba", "to_office": "o", "to_name": THERE}
        session.add(Departed(person_id="p" * 36, left_at=left_at, content=whole, rows=1, **names))
    page = departed.page(at.minh, "p" * 36)
    assert ("Điện thoại", "0905123456") in page.records[0][1]
    assert "chưa kiểm chứng" in page.source and "Hồ Thị Kể" in str(page)
    user.add(at.lan, UserDraft("xem", "viewer", "Người Xem", password=PASSWORD))
    seen = departed.page(workspace.attach(at.lan.db, "xem"), "p" * 36)
    assert "Hồ Thị Kể" not in str(seen) and "•••" in str(seen)
    with pytest.raises(Refused) as refused:
        person.page(at.minh, "p" * 36)
    assert codes(refused) == ["person_departed"]
    assert [one.code for one in departed.wipe(at.lan, ("p" * 36,))] == ["departed_kept"]
    years = retention.on("transferred", "2026-11-26").years
    later = datetime(2026 + years, 11, 27, tzinfo=UTC)
    departed.wipe(replace(at.lan, clock=lambda: later))
    assert departed.listing(at.minh)[0].wiped
    with pytest.raises(Refused) as refused:
        departed.page(at.minh, "p" * 36)
    assert codes(refused) == ["departed_wiped"]


def late(at: Desk, who: str, entity: str, **values: str) -> str:
    """A new record of hers that the former office sent too late; its id."""
    with at.lan.db.write(Author("lan")) as session:
        told = {"made_at": now_text(), "made_by": "ba", "from_office": "o" * 36, "from_name": THERE}
        one = Proposal(person_id=who, entity=entity, row_id=new_id(), op="I", state="waiting",
                       office_id=at.lan.office.id, fields=json.dumps(values), **told)  # fmt: skip
        session.add(one)
        session.flush()
        return one.id


def test_a_late_record_of_what_stayed_there_is_taken_without_it_or_refused(at: Desk) -> None:
    who = person.save(at.minh, typed(name="Võ Thị Ba")).id
    hurt = late(at, who, "victim", person_id=who, accident_id="a" * 36, injuries="arm")
    note = late(at, who, "case_note", person_id=who, case_id="c" * 36, note_text="đã thăm")
    told = {one.id: one.values for one in late_edit.listing(at.minh)}
    assert ("Vụ tai nạn", "") in [line[:2] for line in told[hurt]]
    late_edit.take(at.minh, hurt)
    with at.lan.db.read() as session:
        (kept,) = victim.of_person(session, who)
        assert (kept.accident_id, kept.injuries) == (None, "arm")
    with pytest.raises(Refused) as refused:
        late_edit.take(at.minh, note)
    assert codes(refused) == ["late_edit_needs_case"]


def test_wiping_empties_what_lies_elsewhere_and_leaves_others_files(at: Desk) -> None:
    hers, theirs = "p" * 36, "q" * 36
    digest, alone = "d" * 64, "e" * 64
    mine = {"id": new_id(), "person_id": hers, "sha256": digest, "small_sha256": alone}
    names = {"sort_key": "ba", "to_office": "o", "to_name": THERE, "rows": 1}
    text = {"entity": "person", "row_id": hers}
    with at.lan.db.write(Author("lan")) as session:
        for one, left, files in (
            (hers, "2026", [mine]),
            (theirs, "2031", [mine | {"small_sha256": None}]),
        ):
            content = json.dumps({"rows": {"person": [{"id": one}], "attachment": files}})
            session.add(Departed(person_id=one, name=one, left_at=f"{left}-11-26T08:00:00.000Z",
                                 content=content, **names))  # fmt: skip
        session.add(Incident(kind="differs", person_id=hers, mine="{}", theirs="{}", **text))
        for number, verdict in enumerate(("accepted", None)):
            session.add(Change(txn=new_id(), op="U", base_version=1, fields='{"phone":[null,"1"]}',
                               at=now_text(), user="minh", batch_no=number, verdict=verdict,
                               **text))  # fmt: skip
        session.add_all(Blob(sha256=one, size=1) for one in (digest, alone))
    years = retention.on("transferred", "2026-11-26").years
    departed.wipe(replace(at.lan, clock=lambda: datetime(2026 + years, 11, 27, tzinfo=UTC)))
    with at.lan.db.read() as session:
        one = session.scalars(select(Incident)).one()
        assert (one.mine, one.theirs) == (None, None)
        said = select(Change.fields).where(Change.row_id == hers).order_by(Change.seq)
        assert list(session.scalars(said)) == ["{}", '{"phone":[null,"1"]}']
        assert list(session.scalars(select(Blob.sha256))) == [digest]
