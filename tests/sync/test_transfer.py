"""A person moves between offices: one home at every version, the whole history, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from app import workspace
from app.actions import (
    approval,
    attachment,
    care_case,
    case_plan,
    conflict,
    consent,
    departed,
    duplicate,
    flag,
    handing_over,
    late_edit,
    merge,
    need,
    person,
    sharing,
    support,
    task,
    transfer,
)
from app.errors import Refused
from app.values.attachment import AttachmentDraft
from app.values.care_case import CaseDraft
from app.values.need import NeedDraft
from app.values.person import PeopleFilter, PersonDraft
from app.values.sharing import ConsentDraft, SharingDraft
from app.values.task import FlagDraft, TaskDraft
from app.values.transfer import TransferDraft
from app.workspace import Workspace
from data.database import Author
from data.records.sync import UnknownRow
from data.schema import travelling
from sync import snapshot
from sync.moving import APART
from sync.server import store
from tests import chance, desk
from tests.app.test_attachment import picture
from tests.helped import help_for, help_of
from tests.sync.parts import Central, Pc, dump, pc
from tests.sync.scans import here, on_server, scan
from tests.sync.test_server_restored import put_back, saved

NEW = "Phòng LĐ-TB&XH huyện Hoài Ân"
WHY = "Chuyển nhà theo con"
BY_LAW = {"consent_purpose": "case_care", "consent_basis": "law", "consent_source": "Luật"}


def minh(at: Pc, login: str = "minh") -> Workspace:
    return workspace.attach(at.db, login)


@pytest.fixture
def offices(tmp_path: Path, server: Central) -> Iterator[tuple[Central, Pc, Pc]]:
    """A server and one PC in each of two offices that know of one another."""
    with pc(tmp_path / "old") as old, pc(tmp_path / "new") as new:
        new.enrol(server, server.code(other_name(server), "63:543"))
        old.enrol(server)
        old.sync()
        yield server, old, new


def other_name(server: Central) -> str:
    """The name of the office that persons are handed to."""
    return f"{NEW} {server.office[-8:]}"


def meet(*all_pcs: Pc) -> None:
    for each in all_pcs:
        each.sync()


def name(at: Pc) -> str:
    return minh(at).office.name


def rows_of(at: Pc, who: str) -> dict[str, int]:
    """By kind how many records there are of a person."""
    found = {}
    with at.db.read() as session:
        for entity, kind in travelling().items():
            table = kind.__table__.c
            if "person_id" in table and entity not in APART:
                mine = select(table.id).where(table.person_id == who)
                found[entity] = len(session.scalars(mine).all())
    return {entity: count for entity, count in found.items() if count}


def ask(at: Pc, to: Pc, *ids: str) -> str:
    return transfer.request(minh(at), TransferDraft(ids, to.office_id, WHY)).bundle


def hand_over(old: Pc, new: Pc, *ids: str) -> None:
    """Asked by minh, sent by hoa, accepted by hoa of the other office."""
    bundle = ask(old, new, *ids)
    assert transfer.approve(minh(old, "hoa"), [bundle]) == ()
    meet(old, new)
    assert transfer.approve(minh(new, "hoa"), [bundle]) == ()
    meet(new, old)


def listed(at: Pc) -> list[str]:
    return [card.id for card in person.listing(minh(at), PeopleFilter()).cards]


def test_a_person_goes_with_everything_and_her_history_and_is_counted_once(
    offices: tuple[Central, Pc, Pc],
) -> None:
    server, old, new = offices
    who = old.enter(phone="0905123456")
    stays = old.enter("Trần Văn Bình")
    asked = need.save(minh(old), NeedDraft(who, {"item": "medical.wheelchair"}))
    case = care_case.open(minh(old), who, CaseDraft("Cần chăm sóc", case_number="12/QLTH"))
    desk.planned(minh(old), case)
    doing = task.add(minh(old), TaskDraft("Gọi trạm y tế", person_id=who))
    flag.add(minh(old), FlagDraft(who, "watch", "Ở một mình"))
    paper, both = scan(old, who, b"her paper", b"small"), scan(old, who, b"a form", b"the form")
    scan(old, stays, b"a form", b"the form")
    helped = help_for(minh(old), who, asked)
    given = consent.save(minh(old), ConsentDraft(who, BY_LAW))
    asks, again = (SharingDraft((who,), "case_care", one, "Khám") for one in ("Trạm", "Hội A"))
    (wish,), _ = sharing.request(minh(old), asks)
    sharing.approve(minh(old, "hoa"), sharing.request(minh(old), again)[0])
    old.edit(who, hamlet="Tân Lệ")
    held, bundle = rows_of(old, who), ask(old, new, who)
    with pytest.raises(Refused):
        transfer.approve(minh(old), [bundle])
    meet(old, new)
    assert transfer.desk(minh(new)).incoming == ()
    transfer.approve(minh(old, "hoa"), [bundle])
    meet(old, new)
    told = transfer.desk(minh(new, "hoa")).incoming[0]
    assert (told.name, told.reason, told.steps) == ("Nguyễn Thị Hường", WHY, ("accept", "refuse"))
    assert told.asked_by == f"minh ({name(old)})" and listed(new) == []
    transfer.approve(minh(new, "hoa"), [bundle])
    meet(new, old)
    assert listed(new) == [who] and listed(old) == [stays]
    assert new.see(who, "phone") == "0905123456"
    assert [one.id for one in need.of_person(minh(new), who)] == [asked]
    assert help_of(minh(new), who) == helped and rows_of(new, who) == held
    assert {"need_step", "complaint", "screening"} <= set(held) and rows_of(old, who) == {}
    gift = support.of_person(minh(new), who)[0].fields
    assert (gift["support_what"], gift["donor"]) == ("gạo", "Hội CTĐ")  # the round stayed behind
    assert care_case.page(minh(new), case).card.case_number == "12/QLTH"
    (one,) = task.of_person(minh(new), who)
    assert (one.id, one.worker_login) == (doing, f"minh ({name(old)})")
    assert [card.kind for card in flag.of_person(minh(new), who)] == ["watch"]
    (plan,) = case_plan.page(minh(new), case).plans
    assert [one.activity for one in plan.activities] == ["Xin cấp xe lăn"]
    assert [one.id for one in consent.of_person(minh(new), who)] == [given]
    assert [one.id for one in sharing.queue(minh(new))] == [wish] and not sharing.queue(minh(old))
    with pytest.raises(Refused, match="đơn vị cũ"):
        sharing.demand(minh(new), who, "case_care", "Hội A")
    assert sharing.of_person(minh(new), who)[0].basis_lacks == ("sharing_elsewhere",)
    assert sharing.request(minh(new), again)[1] == ()
    new.sync()
    past = person.past(minh(new), who)
    assert f"minh ({name(old)})" in {line.by for line in past} and len(past) >= 4
    assert (here(new, paper)[1], here(new, both)[1]) == (b"small", b"the form")
    assert len(on_server(server)) == 1  # what another person's file names too stays
    (left,) = transfer.desk(minh(old)).departed
    assert (left.name, left.office, left.wiped) == ("Nguyễn Thị Hường", name(new), False)
    assert ("Điện thoại", "0905123456") in departed.page(minh(old), who).records[0][1]
    agree(server, old)
    agree(server, new)


def agree(server: Central, at: Pc) -> None:
    """The office's census and its PC hold the same."""
    here = Central(server.folder, server.database, server.port, office=name(at))
    assert dump(at.db) == dump(here)


def test_an_edit_that_came_too_late_waits_in_the_new_office_and_the_old_one_hears(
    offices: tuple[Central, Pc, Pc], tmp_path: Path
) -> None:
    server, old, new = offices
    who = old.enter(phone="0905123456")
    meet(old)
    with pc(tmp_path / "second") as away:
        away.enrol(server)
        meet(away)
        hand_over(old, new, who)
        away.edit(who, phone="0905999999")
        added = need.save(minh(away), NeedDraft(who, {"item": "medical.wheelchair"}))
        need.save(minh(away), NeedDraft(who, {"need_note": "cỡ nhỏ"}, id=added))
        away.edit(who, note="gặp bác sĩ")
        meet(away, new, away)
        assert listed(away) == [] and away.verdicts()["deferred"] == 4
        assert new.see(who, "phone") == "0905123456"
        late = transfer.desk(minh(new)).late
        assert [(one.name, one.by) for one in late] == [
            ("Nguyễn Thị Hường", f"minh ({name(old)})")
        ] * 4
        assert ("Điện thoại", "0905123456", "0905999999") in late[0].values
        assert [one.state for one in late_edit.listing(minh(away))] == ["waiting"] * 4
        late_edit.take(minh(new), late[0].id)
        late_edit.take(minh(new), late[1].id)
        late_edit.take(minh(new), late[2].id)
        late_edit.decline(minh(new), late[3].id, "đã biết")
        with pytest.raises(Refused):
            late_edit.take(minh(new), late[3].id)
        meet(new, away, old)
        assert new.see(who, "phone") == "0905999999"
        kept = need.of_person(minh(new), who)
        assert [one.id for one in kept] == [added] and kept[0].note == "cỡ nhỏ"
        told = late_edit.listing(minh(away), every=True)
        assert sorted(one.state for one in told) == ["declined", "taken", "taken", "taken"]
        assert {one.answer for one in told} == {"", "đã biết"}
        agree(server, new)
        agree(server, old)
        agree(server, away)


def test_a_snapshot_taken_again_knows_who_left_below_it(
    offices: tuple[Central, Pc, Pc], tmp_path: Path
) -> None:
    server, old, new = offices
    who = old.enter(phone="0905123456")
    old.enter("Trần Văn Bình")
    meet(old)
    with pc(tmp_path / "second") as away:
        away.enrol(server)
        meet(away)
        added = need.save(minh(away), NeedDraft(who, {"item": "medical.wheelchair"}))
        meet(away, old)
        hand_over(old, new, who)
        with away.db.write(Author("")) as session:
            snapshot.begin(session, away.office_id, over=True)
        meet(away)
        with away.db.read() as session:
            assert session.scalars(select(UnknownRow)).all() == []
        kept = departed.page(minh(away), who)
        assert ("Điện thoại", "0905123456") in kept.records[0][1]
        assert who not in listed(away) and added
        agree(server, away)


def test_a_conflict_an_amendment_and_a_merged_record_go_along(
    offices: tuple[Central, Pc, Pc], tmp_path: Path
) -> None:
    server, old, new = offices
    who = old.enter(phone="0905123456", birth="1950-03-12", sex="female")
    twin = old.enter("Nguyễn Hường", birth="1950", sex="female")
    alone = old.enter("Lê Văn Chín")
    meet(old)
    old.decide(who, "hoa")
    duplicate.dismiss(minh(old), who, alone)
    person.save(minh(old), PersonDraft(who, {"birth": "1951-03-12"}))
    merge.merge(minh(old, "hoa"), who, twin)
    meet(old)
    with pc(tmp_path / "second") as away:
        away.enrol(server)
        meet(away)
        old.edit(who, phone="0905111111")
        away.edit(who, phone="0905222222")
        meet(old, away, old)
    assert conflict.count(minh(old)) == 1
    hand_over(old, new, who)
    assert conflict.count(minh(old)) == 0 and listed(old) == [alone]
    card = conflict.cards(minh(new))[0]
    assert (card.values["theirs"], card.values["mine"]) == ("0905111111", "0905222222")
    conflict.resolve(minh(new), card.id, "mine")
    assert person.page(minh(new), who).amendments[0].state == "waiting"
    assert approval.approve(minh(new, "hoa"), [who]).approved == (who,)
    merge.unmerge(minh(new, "hoa"), twin)
    meet(new, old)
    assert new.see(who, "birth") == "1951-03-12" and new.see(who, "phone") == "0905222222"
    assert sorted(listed(new)) == sorted((who, twin))
    agree(server, old)
    agree(server, new)


def test_everybody_of_a_commune_goes_by_one_request_and_the_rest_stays(
    offices: tuple[Central, Pc, Pc],
) -> None:
    server, old, new = offices
    old.enter_many(12)
    other = old.enter("Trần Văn Bình")
    old.edit(other, commune="63:21856")
    meet(old)
    asked = TransferDraft((), new.office_id, "Xã về huyện khác")
    bundle = transfer.request_units(minh(old), ("63:21871",), asked)
    assert len(bundle.ids) == 12
    assert transfer.approve(minh(old, "hoa"), [bundle.bundle]) == ()
    meet(old, new)
    some = bundle.ids[:2]
    transfer.refuse(minh(new, "hoa"), some, "không ở xã này")
    assert transfer.approve(minh(new, "hoa"), bundle.ids[2:]) == ()
    meet(new, old)
    assert len(listed(new)) == 10 and len(listed(old)) == 3
    ended = transfer.desk(minh(old), every=True).outgoing
    assert sorted(one.state for one in ended) == ["moved"] * 10 + ["refused"] * 2
    agree(server, old)
    agree(server, new)


def test_restricted_values_stay_closed_until_two_people_compared_prints(
    offices: tuple[Central, Pc, Pc],
) -> None:
    server, old, new = offices
    who, secret = old.enter(), "Bà kể bị con đánh"
    assert old.db.keys.restricted is not None
    old.edit(who, by="lan", violence_note=old.db.keys.restricted.seal(secret))
    here, there = minh(new, "lan"), minh(old, "lan")
    here, there = (replace(ws, user=replace(ws.user, confidential=True)) for ws in (here, there))
    test = AttachmentDraft("medical", "Kết quả HIV", "law", confidential=True)
    attachment.add(there, who, picture(60, 80), test)
    hand_over(old, new, who)
    assert [one.hidden for one in attachment.of_person(here, who)] == [True]
    assert person.page(here, who).hidden == {"violence_note"}
    assert name(old) in person.page(here, who).warnings[0].message
    (asked,) = transfer.desk(here, every=True).incoming
    assert asked.steps == ("ask_key",)
    heard = handing_over.ask(here, asked.id)
    meet(new, old)
    (told,) = transfer.desk(there).outgoing
    assert told.steps == ("give_key",)
    with pytest.raises(Refused) as refused:
        handing_over.give(there, asked.id, "AAAA-BBBB-CCCC-DDDD")
    assert refused.value.problems[0].code == "fingerprint_differs"
    assert handing_over.give(there, asked.id, heard) == 2
    meet(old, new)
    with pytest.raises(Refused) as refused:
        handing_over.take(here, asked.id, heard)
    assert refused.value.problems[0].code == "fingerprint_differs"
    assert handing_over.take(here, asked.id, told.fingerprint) == 2
    (paper,) = attachment.of_person(here, who)
    assert paper.title == "Kết quả HIV" and paper.id in attachment.thumbnails(here, who)
    page = person.page(here, who)
    assert page.fields["violence_note"] == secret and page.hidden == frozenset()
    meet(new, old)
    with server.opened() as opened, opened.read() as connection:
        texts = connection.scalars(select(store.entry.c.fields)).all()
    assert not any(secret in text or "HIV" in text for text in texts)
    hand_over(new, old, who)
    assert person.page(there, who).fields["violence_note"] == secret
    agree(server, old)
    agree(server, new)


@pytest.mark.soak
def test_a_server_put_back_to_before_the_transfer_ends_at_the_same(
    tmp_path: Path, own_server: Central
) -> None:
    with pc(tmp_path / "old") as old, pc(tmp_path / "new") as new:
        new.enrol(own_server, own_server.code(NEW, "63:543"))
        old.enrol(own_server)
        meet(old, new)
        who = old.enter(phone="0905123456")
        meet(old, new)
        made = saved(own_server, tmp_path / "safe")
        old.edit(who, hamlet="Tân Lệ")
        hand_over(old, new, who)
        new.edit(who, phone="0905999999")
        meet(new, old)
        put_back(own_server, made)
        order = [new, old] * 4
        chance.dice(41).shuffle(order)
        meet(*order, new, old)
        assert listed(new) == [who] and listed(old) == []
        assert (new.see(who, "phone"), new.see(who, "hamlet")) == ("0905999999", "Tân Lệ")
        agree(own_server, old)
        agree(own_server, new)
