"""Conflicts are decided once, on any PC, and the decision reaches every PC as a change does."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from app import workspace
from app.actions import access, amendment, conflict, field_values, outgoing, person, reform
from app.actions import need as needs
from app.errors import Refused
from app.values.conflict import ConflictCard
from app.values.need import NeedDraft
from app.values.person import PersonDraft
from app.workspace import Workspace
from data.database import Author
from data.records.change import Change
from data.records.need import Need
from data.records.sync import Conflict
from sync import client
from tests.sync.conftest import Running
from tests.sync.parts import OFFICE, Central, Pc, dump, pc

AN_NGHIA, AN_HOA = "63:21634", "34:21628"


@dataclass
class Two:
    """Two PCs of one office that have met over one person."""

    a: Pc
    b: Pc
    server: Central
    person: str

    def meet(self) -> None:
        """Everybody talks to the server until nobody has anything new."""
        for one in (self.a, self.b, self.a, self.b):
            one.sync()

    def quarrel(self, first: object = "2", second: object = "3", field: str = "phone") -> str:
        """minh at A and hoa at B change one field; B is later and hears of it. The card's id."""
        self.a.edit(self.person, by="minh", **{field: first})
        self.b.edit(self.person, by="hoa", **{field: second})
        self.a.sync()
        assert self.b.sync().conflicts == 1
        self.a.sync()
        return self.cards(self.b)[-1].id

    def cards(self, one: Pc) -> tuple[ConflictCard, ...]:
        """What waits for a decision about the person at a PC."""
        return conflict.cards(at(one), self.person)

    def states(self) -> list[list[str]]:
        """How the person's cards stand at both, in their order."""
        found = select(Conflict.state).where(Conflict.person_id == self.person)
        told = []
        for one in (self.a, self.b):
            with one.db.read() as session:
                told.append(list(session.scalars(found.order_by(Conflict.raised_at))))
        return told

    def see(self, field: str = "phone") -> list[object]:
        """The field at both."""
        return [one.see(self.person, field) for one in (self.a, self.b)]

    def agree(self) -> None:
        """Rows, versions, removals and cards are the same everywhere."""
        assert dump(self.a.db) == dump(self.b.db) == dump(self.server)
        assert kept(self.a) == kept(self.b)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, running: Running) -> Iterator[Two]:
    """The two PCs, which the stories of this file share."""
    folder = tmp_path_factory.mktemp("pair")
    server = replace(running.get("sqlite"), office=f"{OFFICE} {uuid.uuid4().hex[:8]}")
    with pc(folder / "a", "tam") as a, pc(folder / "b", "tam") as b:
        a.enrol(server)
        b.enrol(server)
        yield Two(a, b, server, "")


@pytest.fixture
def two(pair: Two) -> Two:
    """Both have met over a person of this story's own."""
    made = replace(pair, person=pair.a.enter(phone="1", hamlet="Thôn 1"))
    made.meet()
    return made


def at(one: Pc, login: str = "lan") -> Workspace:
    """Somebody signed in at a PC."""
    return workspace.attach(one.db, login)


def kept(one: Pc) -> list[tuple[object, ...]]:
    """All cards, decided ones too, as far as they must be alike."""
    names = "id field base mine theirs mine_by mine_at mine_on theirs_by theirs_at theirs_on"
    with one.db.read() as session:
        found = session.scalars(select(Conflict).order_by(Conflict.id)).all()
        columns = (*names.split(), "state", "taken", "decided_by")
        return [tuple(getattr(card, name) for name in columns) for card in found]


def test_the_card_shows_both_values_who_when_and_on_which_pc(two: Two) -> None:
    card_id = two.quarrel()
    for one in (two.a, two.b):
        (card,) = two.cards(one)
        assert (card.id, card.name, card.label) == (card_id, "Nguyễn Thị Hường", "Điện thoại")
        assert dict(card.values) == {"base": "1", "mine": "3", "theirs": "2"}
        mine, theirs = card.set_by["mine"], card.set_by["theirs"]
        assert (mine.by, theirs.by) == ("hoa", "minh")
        assert mine.on and theirs.on
        assert theirs.at == two.a.see(two.person, "updated_at")
    two.agree()


@pytest.mark.parametrize(
    ("take", "typed", "value"),
    [("mine", None, "3"), ("theirs", None, "2"), ("base", None, "1"), ("value", "0905 1", "09051")],
)
def test_a_decision_on_one_pc_ends_the_conflict_on_every_pc(
    two: Two, take: str, typed: str | None, value: str
) -> None:
    card_id = two.quarrel()
    done = conflict.resolve(at(two.a, "minh"), card_id, take, typed)
    assert (done.words, done.pending) == (value, False)
    assert two.cards(two.a) == () and len(two.cards(two.b)) == 1
    with pytest.raises(Refused) as twice:
        conflict.resolve(at(two.a), card_id, "base")
    assert [one.code for one in twice.value.problems] == ["conflict_decided"]
    two.meet()
    assert two.see() == [value] * 2
    assert two.cards(two.a) == two.cards(two.b) == ()
    assert two.states() == [["resolved"]] * 2
    two.agree()
    for one in (two.a, two.b):
        told = [e for e in person.past(at(one), two.person) if e.field == "phone"]
        values = {words for e in told for words in (e.old, e.new)}
        assert {"1", "2", "3"} <= values, "both values stay in the history of every PC"
        assert not [x for x in outgoing.attention(at(one)) if x.person_id == two.person]


def test_a_later_edit_of_the_field_does_not_end_a_conflict_it_does_not_decide(two: Two) -> None:
    card_id = two.quarrel()
    two.a.edit(two.person, by="lan", phone="4")
    two.meet()
    (card,) = two.cards(two.b)
    assert dict(card.values) == {"base": "1", "mine": "3", "theirs": "4"}
    assert card.set_by["theirs"].by == "lan"
    conflict.resolve(at(two.b), card_id, "theirs")
    two.meet()
    assert two.see() == ["4", "4"] and two.states() == [["resolved"]] * 2
    two.agree()


@pytest.mark.parametrize("first", ["a", "b"])
def test_two_pcs_that_decide_differently_have_a_new_card_to_decide(two: Two, first: str) -> None:
    card_id = two.quarrel()
    conflict.resolve(at(two.a), card_id, "theirs")
    conflict.resolve(at(two.b, "hoa"), card_id, "mine")
    earlier, later = (two.a, two.b) if first == "a" else (two.b, two.a)
    earlier.sync()
    assert later.sync().conflicts == 1
    two.meet()
    assert two.see() == (["2", "2"] if first == "a" else ["3", "3"])
    (card,) = two.cards(two.a)
    assert card.id != card_id and card == two.cards(two.b)[0]
    assert {card.values["mine"], card.values["theirs"]} == {"2", "3"}
    two.agree()
    conflict.resolve(at(two.a), card.id, "mine")
    two.meet()
    assert two.states() == [["resolved", "resolved"]] * 2
    two.agree()


def test_two_pcs_that_decide_alike_have_decided(two: Two) -> None:
    card_id = two.quarrel()
    conflict.resolve(at(two.a), card_id, "mine")
    conflict.resolve(at(two.b), card_id, "mine")
    two.meet()
    assert two.see() == ["3", "3"] and two.states() == [["resolved"]] * 2
    two.agree()


def test_a_decision_that_met_an_edit_nobody_had_seen_is_a_conflict_again(two: Two) -> None:
    card_id = two.quarrel()
    two.a.edit(two.person, by="minh", phone="9")
    two.a.sync()
    conflict.resolve(at(two.b), card_id, "mine")
    assert two.b.sync().conflicts == 1
    two.meet()
    assert two.see() == ["9", "9"]
    (card,) = two.cards(two.a)
    assert (card.values["mine"], card.values["theirs"]) == ("3", "9") and card.id != card_id
    two.agree()


def test_a_decision_of_somebody_without_the_right_is_refused_and_the_card_stays(two: Two) -> None:
    card_id = two.quarrel()
    conflict.resolve(at(two.b, "tam"), card_id, "mine")
    with two.a.db.write(Author("lan")) as session:
        for user in session.scalars(select(workspace.User).where(workspace.User.login == "tam")):
            user.role = "viewer"
    two.a.sync()
    assert two.b.sync().rejected == 1
    two.meet()
    assert two.see() == ["2", "2"]
    assert [card.id for card in two.cards(two.b)] == [card_id]
    refused = [one for one in outgoing.attention(at(two.b)) if one.kind == "rejected"]
    assert [(one.name, one.code) for one in refused] == [
        ("Nguyễn Thị Hường", "conflict_needs_right")
    ]
    with pytest.raises(Refused):
        conflict.resolve(at(two.b, "tam"), card_id, "mine")
    outgoing.settle(at(two.b), refused[0].id)
    left = [one.kind for one in outgoing.attention(at(two.b)) if one.person_id == two.person]
    assert left == ["conflict"]


def test_a_guarded_value_of_an_approved_person_waits_for_approval(two: Two) -> None:
    two.quarrel("Nguyễn Thị Hương", "Nguyễn Thị Hưởng", "name")
    two.a.decide(two.person, by="lan")
    two.meet()
    (card,) = two.cards(two.a)
    assert card.awaits
    done = conflict.resolve(at(two.a, "minh"), card.id, "mine")
    assert done.pending
    two.meet()
    assert two.see("name") == ["Nguyễn Thị Hương"] * 2 and two.cards(two.b) == ()
    with two.b.db.read() as session:
        (asked,) = amendment.of_person(at(two.b), session, two.person)
    assert asked.changes["name"] == ("Nguyễn Thị Hương", "Nguyễn Thị Hưởng")
    two.agree()


def test_members_of_sets_are_added_and_taken_out_from_both_sides(two: Two) -> None:
    two.a.edit(two.person, groups="elderly orphan")
    two.meet()
    two.a.edit(two.person, groups="elderly orphan single_parent", phone="5")
    two.b.edit(two.person, by="hoa", groups="disabled elderly")
    two.a.sync()
    report = two.b.sync()
    assert (report.conflicts, report.merged) == (0, 1)
    assert two.b.see(two.person, "groups") == "disabled elderly single_parent"
    two.b.edit(two.person, by="hoa", groups="disabled single_parent")
    two.meet()
    assert two.see("groups") == ["disabled single_parent"] * 2
    two.agree()


def test_what_a_pc_adds_before_it_hears_of_the_joined_set_takes_nobody_out(two: Two) -> None:
    two.a.edit(two.person, groups="elderly")
    two.a.sync()
    for more in ("orphan", "disabled orphan"):
        two.b.edit(two.person, by="hoa", groups=more)
    two.meet()
    assert two.see("groups") == ["disabled elderly orphan"] * 2
    two.agree()


def test_a_state_goes_on_where_that_is_legal_and_else_is_a_conflict(two: Two) -> None:
    need = needs.save(at(two.a, "minh"), NeedDraft(two.person, {"item": "medical.wheelchair"}))
    two.meet()

    def to(one: Pc, by: str, status: str) -> None:
        with one.db.write(Author(by)) as session:
            session.get_one(Need, need).need_status = status

    to(two.a, "minh", "connecting")
    to(two.b, "hoa", "met")
    two.a.sync()
    assert (two.b.sync().conflicts, two.cards(two.b)) == (0, ())
    two.meet()
    to(two.a, "minh", "no_longer")
    to(two.b, "hoa", "partly_met")
    two.a.sync()
    assert two.b.sync().conflicts == 1
    two.meet()
    (card,) = two.cards(two.a)
    assert (card.record, card.words["theirs"], card.words["mine"]) == (
        "need",
        "Không còn nhu cầu",
        "Đáp ứng một phần",
    )
    conflict.resolve(at(two.a), card.id, "mine")
    two.meet()
    two.agree()


def test_a_removal_that_lost_is_decided_with_its_reason(two: Two) -> None:
    two.a.edit(two.person, phone="2")
    two.b.edit(two.person, by="hoa", deleted_at="2026-11-01T00:00:00.000Z", deleted_reason="trùng")
    two.a.sync()
    two.b.sync()
    two.a.sync()
    (card,) = two.cards(two.a)
    assert (card.label, card.words["theirs"]) == ("Gỡ khỏi danh sách", "còn trong danh sách")
    conflict.resolve(at(two.a), card.id, "mine")
    two.meet()
    assert two.see("deleted_reason") == ["trùng"] * 2
    assert {state for of_one in two.states() for state in of_one} == {"resolved"}
    two.agree()


def test_who_is_restored_by_a_card_has_no_reason_left_and_looking_at_it_is_logged(two: Two) -> None:
    person.remove(at(two.a), two.person, "nhập nhầm người")
    two.a.sync()
    two.b.edit(two.person, by="hoa", phone="7")
    two.meet()
    (card,) = two.cards(two.b)
    assert conflict.count(at(two.b), two.person) == 1
    (seen,) = access.of_person(at(two.b), two.person)
    assert (seen.by, seen.kind, seen.detail) == ("lan", "view", "list")
    conflict.resolve(at(two.b), card.id, "base")
    two.meet()
    assert two.see("deleted_at") == two.see("deleted_reason") == [None, None]
    assert two.cards(two.a) == ()
    two.agree()


def test_many_conflicts_are_read_page_by_page_and_counted_as_shown(two: Two) -> None:
    two.quarrel()
    two.quarrel("Thôn 2", "Thôn 3", "hamlet")
    two.a.edit(two.person, phone="4")
    two.b.edit(two.person, by="hoa", deleted_at="2026-11-01T00:00:00.000Z", deleted_reason="trùng")
    two.meet()
    ws, shown = at(two.a), two.cards(two.a)
    assert [card.field for card in shown] == ["phone", "hamlet", "deleted_at"]
    first = conflict.cards(ws, two.person, 2)
    assert first + conflict.cards(ws, two.person, 2, first[-1].id) == shown
    assert conflict.count(ws, two.person) == 3


def test_a_decided_address_stands_where_the_reforms_answers_put_it(two: Two) -> None:
    two.a.edit(two.person, commune=AN_NGHIA)
    reform.answer(at(two.a), AN_NGHIA, AN_HOA, "Thôn 3")
    two.meet()
    card_id = two.quarrel("Thôn 2", "Thôn 3", "hamlet")
    conflict.resolve(at(two.b), card_id, "mine")
    two.meet()
    assert two.see("placed") == [AN_HOA] * 2


def test_an_amendment_in_conflict_is_told_field_by_field(two: Two) -> None:
    two.a.edit(two.person, degree="severe", types="mobility")
    two.meet()
    two.a.decide(two.person, "lan")
    two.meet()
    mild, profound, other = ({"degree": "mild"}, {"degree": "profound"}, {"name": "Tên Khác"})
    person.save(at(two.a, "minh"), PersonDraft(two.person, mild))
    two.meet()
    person.save(at(two.a, "minh"), PersonDraft(two.person, profound))
    person.save(at(two.b, "minh"), PersonDraft(two.person, other))
    two.meet()
    (card,) = two.cards(two.b)
    assert card.words == {
        "base": "Mức độ khuyết tật: Nhẹ",
        "theirs": "Mức độ khuyết tật: Đặc biệt nặng",
        "mine": "Mức độ khuyết tật: Nhẹ; Họ và tên: Tên Khác",
    }
    assert card.takes == ("theirs",) and not card.alike


def test_who_holds_the_key_is_told_that_both_sealed_the_same_words(two: Two) -> None:
    key = two.a.db.keys.restricted
    assert key is not None
    with two.a.db.write(Author("lan")) as session:
        session.scalars(select(workspace.User).filter_by(login="lan")).one().confidential = True
    two.quarrel(key.seal("giống nhau"), key.seal("giống nhau"), "violence_note")
    (holder,), (other,) = two.cards(two.a), two.cards(two.b)
    assert holder.words["mine"] == holder.words["theirs"] == "giống nhau" and holder.alike
    assert other.words["mine"] == field_values.CLOSED and not other.alike


def test_the_mark_of_the_person_turns_when_the_conflict_is_decided(two: Two) -> None:
    def mark(one: Pc) -> str:
        return person.page(at(one), two.person).card.sync

    card_id = two.quarrel()
    assert [mark(two.a), mark(two.b)] == ["conflict"] * 2
    conflict.resolve(at(two.a), card_id, "mine")
    assert mark(two.a) == "local"
    two.meet()
    assert [mark(two.a), mark(two.b)] == ["confirmed"] * 2


def test_what_the_next_round_would_send_is_told_without_a_line(two: Two) -> None:
    two.a.edit(two.person, phone="2")
    told = client.forecast(two.a.db)
    assert (told.pending, told.by_record, told.rows) == (1, {"person": 1}, 1)
    with two.a.db.read() as session:
        assert session.scalars(select(Change.batch_no).where(Change.verdict.is_(None))).all() == [
            None
        ]
