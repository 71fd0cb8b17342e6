"""Two PCs of an office at one session: ticks and sheets come together, a conclusion stands once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
from app.values.council import HearingCard, SheetDraft
from app.workspace import Workspace
from sync.protocol import Change
from tests import sitting
from tests.desk import Desk
from tests.sync.devices import AT, Device, house, row_id
from tests.sync.parts import Central, Pc, pc
from tests.sync.test_domain_rules import approved_person, change, staffed, told


def at(where: Pc, login: str = "minh") -> Workspace:
    return workspace.attach(where.db, login)


def desk_of(where: Pc) -> Desk:
    return Desk(where.db.home, at(where, "lan"), at(where, "hoa"), at(where))


def told_of(card: HearingCard) -> HearingCard:
    """What minutes tell of a person, whoever wrote the row last."""
    return replace(card, by="", at_written="")


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
        seen = SheetDraft(twice, ("1.4",), ("1.1",), observed="Nằm một chỗ")
        hearing.record(at(there), seen)
        apart = {sat.members[1]: "Không đồng ý với mức nặng"}
        sitting.all_for(at(there), twice, 5, related=(sat.members[5],), opinions=apart,
                        minutes_number="77/B")  # fmt: skip
        first = hearing.show(at(here), twice)
        sitting.severe(at(there), other)
        sitting.all_for(at(there), other)
        council_session.hold(at(there), sat.session, dict.fromkeys(sat.members[:5], ""))
        meet(here, there)
        for each in (here, there):
            card = hearing.show(at(each), twice)
            assert (card.degree, card.degree_signs, card.state) == ("severe", (), "concluded")
            assert told_of(card) == told_of(first), "its whole minutes are those of one PC"
            assert (card.voting, card.opinions, card.related, card.observed) == (6, "", (), "")
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


STEPS = (
    ("received", "issued", "hoa", "file_move_unknown"),
    ("received", "concluded", "minh", "file_move_unknown"),
    ("received", "complete", "minh", "a"),
    ("complete", "issued", "hoa", "file_move_unknown"),  # only from the stored file
    ("complete", "scheduled", "minh", "a"),
    ("scheduled", "concluded", "minh", "a"),
    ("concluded", "scheduled", "minh", "a"),  # the vote is taken back
    ("scheduled", "concluded", "minh", "a"),
    ("concluded", "withdrawn", "minh", "a"),
    ("withdrawn", "issued", "hoa", "file_move_unknown"),
    ("withdrawn", "concluded", "minh", "a"),  # taken up again
    ("concluded", "noticed", "minh", "a"),
    ("noticed", "issued", "minh", "approver_has_no_right"),
    ("noticed", "issued", "hoa", "a"),
    ("issued", "received", "minh", "file_move_unknown"),
)
"""From step to step of a file, by whom, and what the server says to it."""


def test_the_server_takes_no_jump_of_a_file_no_wrong_vote_and_nobodys_own_notice(
    tmp_path: Path,
) -> None:
    """A PC whose program was tampered with; what PCs do themselves is taken."""
    rooms = house(tmp_path / "server")
    try:
        one = staffed(rooms)
        who = approved_person(one)

        def made(entity: str, by: str, **fields: object) -> str:
            row = row_id()
            answer = one.push(Change(entity, row, "I", 0, {"person_id": who} | fields, AT, by))
            assert answer.verdicts == "a"
            return row

        def moved(entity: str, row: str, by: str, **fields: object) -> str:
            verdicts, codes = told(one.push(change(entity, row, by, **fields)))
            return codes[0] if verdicts == "r" else verdicts

        new = {"application_kind": "new", "received_on": "2026-03-02"}
        jump = Change("application", row_id(), "I", 0, {"person_id": who, **new,
                      "file_step": "noticed"}, AT, "minh")  # fmt: skip
        assert told(one.push(jump)) == ("r", ["file_move_unknown"])
        made("application", "minh", **new, origin="paper", file_step="noticed")
        file = made("application", "minh", **new, origin="new", file_step="received")
        for before, after, by, answer in STEPS:
            assert moved("application", file, by, file_step=(before, after)) == answer, after
        lost = {"application_kind": "reissue", "application_reason": "lost"}
        store = made("application", "minh", **new | lost, file_step="received")
        assert moved("application", store, "minh", file_step=("received", "complete")) == "a"
        assert moved("application", store, "hoa", file_step=("complete", "issued")) == "a"

        votes_add_up_and_minutes_stand(one, who, made, moved)
        nobody_lets_his_own_notice_hang(one, moved)
    finally:
        rooms.close()


Made, Moved = Callable[..., str], Callable[..., str]


def votes_add_up_and_minutes_stand(one: Device, who: str, made: Made, moved: Moved) -> None:
    heard = {"hearing_state": (None, "concluded"), "conclusion": (None, "determined"),
             "types": (None, "mobility"), "degree": (None, "severe"),
             "members_voting": (None, 6), "votes_types": (None, 6),
             "votes_degree": (None, 6)}  # fmt: skip
    seen = made("hearing", "minh", type_signs="1.4", scores="1 1 1 1 1 1 1 1 1 1")
    nobody = dict.fromkeys(("members_voting", "votes_types", "votes_degree"), (None, 0))
    for wrong in ({"votes_degree": (None, 5)}, {"votes_no_conclusion": (None, 1)}, nobody):
        assert moved("hearing", seen, "minh", **heard | wrong) == "vote_wrong", wrong
    unseen = made("hearing", "minh")
    assert moved("hearing", unseen, "minh", **heard) == "hearing_bare"
    assert moved("hearing", seen, "minh", **heard) == "a"
    assert moved("hearing", seen, "minh", degree=("severe", "mild")) == "record_settled"
    assert moved("hearing", seen, "minh", notice_shows=(None, "initials")) == "a"
    row, person = row_id(), {"person_id": who}
    at_once = {name: new for name, (_old, new) in heard.items()} | {"type_signs": "1.4"}
    forged = Change("hearing", row, "I", 0, person | at_once, AT, "minh")
    assert told(one.push(forged)) == ("r", ["record_settled"])


def nobody_lets_his_own_notice_hang(one: Device, moved: Moved) -> None:
    notice_of = row_id()
    draft = {"session_id": row_id(), "notice_state": "draft"}
    assert one.push(Change("notice", notice_of, "I", 0, draft, AT, "nga")).verdicts == "a"
    hangs = {"notice_state": ("draft", "approved")}
    for by, answer in (
        ("nga", "approver_is_author"),
        ("minh", "approver_has_no_right"),
        ("hoa", "a"),
    ):
        assert moved("notice", notice_of, by, **hangs) == answer, by
    assert moved("notice", notice_of, "nga", notice_number=(None, "9")) == "record_settled"
    hung = {"notice_state": ("approved", "posted"), "posted_on": (None, "2026-03-03")}
    assert moved("notice", notice_of, "minh", **hung) == "a"
    posted = Change("notice", row_id(), "I", 0, draft | {"notice_state": "posted"}, AT, "hoa")
    assert told(one.push(posted)) == ("r", ["approver_is_author"])
