"""Restricted values between PCs: closed until a person hands the key on, then open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from data import keyfile, keyring, ring
from data.base import now_text
from data.database import Author, Database
from data.errors import NotAllowed
from data.records import device as records
from data.records.device import Device
from data.records.sync import SyncState
from data.schema import travelling
from sync import client
from sync.server import console, home, store
from tests.sync.parts import PASSWORD, Central, Pc, pc

SECRET = "Bà kể bị con đánh"


@pytest.fixture
def pcs(tmp_path: Path, server: Central) -> Iterator[tuple[Pc, Pc]]:
    """Two PCs of one office, each with a restricted key of its own from before."""
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        for one in (a, b):
            one.enrol(server)
            one.sync()
        yield a, b


def confide(one: Pc, person_id: str, words: str = SECRET) -> None:
    """Somebody with the right writes a restricted value."""
    assert one.db.keys.restricted is not None
    one.edit(person_id, by="lan", violence_note=one.db.keys.restricted.seal(words))


def read(one: Pc | Database, person_id: str) -> str:
    """What the signed-in person reads in the restricted field."""
    pc_ = one if isinstance(one, Pc) else Pc(one, "")
    sealed = str(pc_.see(person_id, "violence_note"))
    assert SECRET not in sealed
    assert pc_.db.keys.restricted is not None
    return pc_.db.keys.restricted.open(sealed)


def agree(one: Pc, other: Pc) -> None:
    """The admins at two PCs compared fingerprints, and each gives the other PC the key."""
    hand_on(one, other)
    hand_on(other, one)


def hand_on(giver: Pc, receiver: Pc) -> None:
    """An admin at one PC decides to exchange keys with another one."""
    with receiver.db.read() as session:
        there = session.scalars(select(SyncState.device_id)).one()
    with giver.db.write(Author("lan")) as session:
        records.trust(session.get_one(Device, there), "lan", now_text())


def meet(*all_pcs: Pc) -> None:
    """Rounds until every PC has heard of the others."""
    for _ in range(3):
        for one in all_pcs:
            one.sync()


def test_a_new_pc_reads_old_and_new_values_once_a_person_gave_it_the_key(
    pcs: tuple[Pc, Pc], server: Central
) -> None:
    a, b = pcs
    on_a, on_b = a.enter(), b.enter("Trần Văn Bình")
    confide(a, on_a)
    confide(b, on_b)
    meet(a, b)
    for one, person_id in ((a, on_b), (b, on_a)):
        with pytest.raises(NotAllowed) as trouble:
            read(one, person_id)
        assert trouble.value.code == "restricted_key_unknown"
    agree(a, b)
    meet(a, b)
    for one in (a, b):
        assert [read(one, who) for who in (on_a, on_b)] == [SECRET, SECRET]
    assert a.db.keys.restricted is not None and b.db.keys.restricted is not None
    assert a.db.keys.restricted.keys[0] == b.db.keys.restricted.keys[0]
    confide(b, on_b, "mới")
    meet(b, a)
    assert read(a, on_b) == "mới"
    assert len(set(server.census_rows("person", "violence_note"))) == 2
    assert not any(SECRET in str(row) for row in server.census_rows("person", "violence_note"))


def test_the_server_carries_the_keys_and_cannot_open_them(
    pcs: tuple[Pc, Pc], server: Central
) -> None:
    a, b = pcs
    meet(a, b)
    hand_on(a, b)
    a.sync()
    held = a.db.keys.restricted
    assert held is not None
    with server.opened() as opened, opened.read() as connection:
        sealed = connection.scalars(select(store.offer.c.sealed)).all()
    assert sealed
    own = home.load(server.folder).pair
    for blob in sealed:
        assert own.open(blob) is None
        assert held.keys[0] not in blob


def test_who_has_not_the_right_takes_no_key_in(pcs: tuple[Pc, Pc]) -> None:
    a, b = pcs
    on_a = a.enter()
    confide(a, on_a)
    keyring.add_slot(b.db, "minh", PASSWORD, restricted=False)
    meet(a, b)
    agree(a, b)
    a.sync()
    minh = Pc(b.db.signed_in("minh", PASSWORD), b.office_id)
    minh.sync()
    assert minh.db.keys.restricted is None
    with pytest.raises(NotAllowed):
        read(b, on_a)
    b.sync()
    assert read(b, on_a) == SECRET


def test_colleagues_added_reset_and_leaving_after_the_keys_met(pcs: tuple[Pc, Pc]) -> None:
    a, b = pcs
    on_a, on_b = a.enter(), b.enter("Trần Văn Bình")
    confide(a, on_a)
    confide(b, on_b)
    meet(a, b)
    agree(a, b)
    meet(a, b)
    for login in ("hoa", "tu"):
        keyring.add_slot(b.db, login, PASSWORD, restricted=True)
    keyring.reset_slot(b.db, "hoa", PASSWORD + "2", restricted=True)
    hoa = b.db.signed_in("hoa", PASSWORD + "2")
    assert [read(hoa, who) for who in (on_a, on_b)] == [SECRET, SECRET]
    before = b.db.keys.restricted
    b.db.rotate("tu")
    after = b.db.keys.restricted
    assert before is not None and after is not None
    assert after.keys[0] not in before.keys
    confide(b, on_b, "sau khi tú nghỉ")
    for one in (b.db, hoa):
        assert read(one, on_a) == SECRET
    meet(b, a)
    assert read(a, on_b) == "sau khi tú nghỉ"
    assert a.db.keys.restricted is not None
    assert a.db.keys.restricted.keys[0] == after.keys[0]
    confide(a, on_a, "viết ở máy A")
    meet(a, b)
    b.close_file()
    b.reopen()
    assert read(b, on_a) == "viết ở máy A"


def test_three_pcs_agree_on_one_key(tmp_path: Path, pcs: tuple[Pc, Pc], server: Central) -> None:
    a, b = pcs
    with pc(tmp_path / "c") as c:
        c.enrol(server)
        who = [one.enter() for one in (a, b, c)]
        for one, person_id in zip((a, b, c), who, strict=True):
            confide(one, person_id)
        meet(a, b, c)
        agree(a, b)
        agree(c, a)
        meet(a, b, c)
        boxes = [one.db.keys.restricted for one in (a, b, c)]
        assert len({box.keys[0] for box in boxes if box is not None}) == 1
        for one in (a, b, c):
            assert [read(one, person_id) for person_id in who] == [SECRET] * 3
        rounds = [one.sync() for one in (a, b, c)]
        assert sum(report.bytes_up for report in rounds) < 3 * 80 * len(travelling())


def test_keys_of_a_pc_that_changed_its_door_are_asked_for_again(pcs: tuple[Pc, Pc]) -> None:
    a, b = pcs
    meet(a, b)
    hand_on(a, b)
    with b.db.write(Author("lan")) as session:
        session.execute(update(SyncState).values(door="", door_key=""))
    b.sync()
    a.sync()
    with a.db.read() as session:
        there = [one for one in records.known(session) if one.trusted_print]
        assert [one.trusted for one in there] == [False]
    on_a = a.enter()
    confide(a, on_a)
    meet(a, b)
    with pytest.raises(NotAllowed):
        read(b, on_a)


def test_a_key_file_that_misses_the_change_still_opens_everything(pcs: tuple[Pc, Pc]) -> None:
    """The power went between the ring and the key file: the former slots are enough."""
    a, b = pcs
    on_a, on_b = a.enter(), b.enter("Trần Văn Bình")
    confide(a, on_a)
    confide(b, on_b)
    meet(a, b)
    saved = [(one, keyfile.load(one.db.home)) for one in (a, b)]
    agree(a, b)
    meet(a, b)
    for one, keys in saved:
        one.close_file()
        keyfile.save(one.db.home, keys)
        one.reopen()
        assert [read(one, who) for who in (on_a, on_b)] == [SECRET, SECRET]
    meet(a, b)
    assert a.db.keys.restricted is not None and b.db.keys.restricted is not None
    assert a.db.keys.restricted.keys[0] == b.db.keys.restricted.keys[0]


def test_a_pc_that_is_closed_leaves_with_the_old_key_only(
    pcs: tuple[Pc, Pc], server: Central
) -> None:
    a, b = pcs
    meet(a, b)
    agree(a, b)
    meet(a, b)
    held = b.db.keys.restricted
    with b.db.read() as session:
        gone = session.scalars(select(SyncState.device_id)).one()
    console.close_device(server.folder, gone, lost=False)
    on_a = a.enter()
    a.sync()
    confide(a, on_a, "sau khi thu quyền")
    assert held is not None and a.db.keys.restricted is not None
    assert a.db.keys.restricted.keys[0] not in held.keys
    assert read(a, on_a) == "sau khi thu quyền"


def test_a_stolen_enrolment_code_opens_nothing(pcs: tuple[Pc, Pc]) -> None:
    """Whoever came in by it gives his key to everybody; here nobody decided for his PC."""
    genuine, thief = pcs
    on_a = genuine.enter()
    confide(genuine, on_a)
    meet(genuine, thief)
    ring.renew(thief.db, Author("lan"))
    hand_on(thief, genuine)
    before = genuine.db.keys.restricted
    meet(thief, genuine)
    with pytest.raises(NotAllowed):
        read(thief, on_a)
    assert genuine.db.keys.restricted == before
    with genuine.db.read() as session:
        assert [one.trusted for one in records.known(session)] == [False, False]
    hand_on(genuine, thief)
    meet(genuine, thief)
    assert read(thief, on_a) == SECRET


@pytest.mark.logs("restricted keys wait for another round")
def test_a_pc_closed_before_it_gets_its_keys_holds_nobody_up(
    pcs: tuple[Pc, Pc], server: Central
) -> None:
    a, b = pcs
    meet(a, b)
    hand_on(a, b)
    with b.db.read() as session:
        gone = session.scalars(select(SyncState.device_id)).one()
    console.close_device(server.folder, gone, lost=False)
    a.enter("Sau khi thu quyền")
    assert a.sync().pending == 0
    assert client.status(a.db).state == "up_to_date"
    with server.opened() as opened, opened.read() as connection:
        assert gone not in connection.scalars(select(store.offer.c.receiver)).all()
    with a.db.write(Author("lan")) as session:
        session.execute(update(SyncState).values(door="không phải cửa"))
    a.enter("Máy chủ từ chối việc trao khóa")
    assert a.sync().pending == 0
    assert client.status(a.db).state == "up_to_date"
