"""Two PCs of an office at one session: ticks and sheets come together, a conclusion stands once."""

from __future__ import annotations

from pathlib import Path

from app import workspace
from app.actions import (
    application_desk,
    conflict,
    council_calendar,
    council_session,
    hearing,
    notice,
)
from app.values.council import SheetDraft
from app.workspace import Workspace
from tests import sitting
from tests.desk import Desk
from tests.sync.parts import Central, Pc, pc


def at(where: Pc, login: str = "minh") -> Workspace:
    return workspace.attach(where.db, login)


def desk_of(where: Pc) -> Desk:
    return Desk(where.db.home, at(where, "lan"), at(where, "hoa"), at(where))


def meet(*some: Pc) -> None:
    for _ in range(2):
        for each in some:
            each.sync()


def test_a_person_concluded_twice_apart_is_a_card_and_never_half_of_each(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as here, pc(tmp_path / "b") as there:
        here.enrol(server)
        here.sync()
        there.enrol(server)
        office = desk_of(here)
        today = office.minh.today().isoformat()
        names = ("Lê Thị Một", "Lê Thị Hai")
        files = tuple(sitting.complete_file(office.minh, one, today)[1] for one in names)
        sat = sitting.held(office, today, files)
        meet(here, there)
        twice, other = sat.hearings
        sitting.severe(at(here), twice)
        sitting.all_for(at(here), twice)
        hearing.record(at(there), SheetDraft(twice, ("1.4",), ("1.1",)))
        sitting.all_for(at(there), twice)
        sitting.severe(at(there), other)
        sitting.all_for(at(there), other)
        council_session.hold(at(there), sat.session, dict.fromkeys(sat.members[:5], ""))
        meet(here, there)
        for each in (here, there):
            card = hearing.show(at(each), twice)
            assert (card.degree, card.degree_signs, card.state) == ("severe", (), "concluded")
            assert hearing.show(at(each), other).degree == "severe"
            assert len(council_session.page(at(each), sat.session).present) == 5
        cards = conflict.cards(at(there))
        assert {"degree", "degree_signs"} <= {one.field for one in cards}
        assert {one.takes for one in cards if one.record == "hearing"} == {("theirs",)}
        council_session.close(at(here), sat.session)
        for each in (here, there):  # both write the notice before they hear of each other
            if each is there:
                council_session.close(at(there), sat.session)
            notice.write(at(each), sat.session, "UBND xã")
        meet(here, there)
        assert [len(notice.listing(at(each))) for each in (here, there)] == [1, 1]


def test_a_file_put_into_two_sessions_apart_is_told_and_taken_out_of_one(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as here, pc(tmp_path / "b") as there:
        here.enrol(server)
        here.sync()
        there.enrol(server)
        office = desk_of(here)
        today = office.minh.today().isoformat()
        sitting.set_up(office)
        _who, file = sitting.complete_file(office.minh, "Lê Thị Ba", today)
        meet(here, there)
        sessions = [sitting.planned(at(each), today, (file,)) for each in (here, there)]
        meet(here, there)
        lines = [council_session.page(at(here), one).lines for one in sessions]
        assert [[one.elsewhere for one in some] for some in lines] == [[today], [today]]
        council_calendar.take_out(at(here), lines[1][0].id, "đã có ở phiên kia")
        (left,) = council_session.page(at(here), sessions[0]).lines
        assert left.elsewhere == ""
        assert application_desk.show(at(here), file).step == "scheduled"
