"""The faults are over: everybody comes to rest, and then everything must have ended well."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from data.database import Database
from data.records.change import Change
from data.records.need import Need
from data.records.person import Person
from data.records.sync import Batch, Conflict, SyncCursor, SyncState
from sync import client, frames, pulling, state, transport
from sync.errors import SyncError
from sync.protocol import PullRequest
from sync.server import accounts, log
from sync.server import store as tables
from sync.talk import Talk
from tests.journeys.simulation.law import OF_PEOPLE, Broken, Watch
from tests.journeys.simulation.line import Fault
from tests.journeys.simulation.model import Deed
from tests.journeys.simulation.world import URL, Desk, World, client_of
from tests.sync.parts import Central, dump

ROUNDS = 10
LOCAL = (None, "")


def come_to_rest(watch: Watch) -> None:
    """(13) Whatever happened, in a few rounds on a sound line nothing waits any more."""
    world = watch.world
    world.line.begin(Fault())
    for _ in range(ROUNDS):
        quiet = [_calm(world, desk) for desk in world.desks]
        watch.look()
        if all(quiet):
            return
    raise Broken("13", "never at rest", [(one.name, one.troubles[-3:]) for one in world.desks])


def _calm(world: World, desk: Desk) -> bool:
    """A round; whoever the server has shut out is let in anew by his admin."""
    try:
        done = client.run_round(desk.pc.db, choice=world.choice)
    except SyncError as trouble:
        desk.troubles.append(trouble.code)
        if trouble.code not in state.ENROL_ANEW:
            raise Broken("13", "no round on a sound line", desk.name, trouble) from trouble
        client.enrol(desk.pc.db, URL, world.centre.code(world.offices[desk.name[0]]))
        return False
    carried = done.attachments.bytes_up + done.attachments.bytes_down if world.choice else 0
    return not (done.pending or done.pulled or done.acknowledged or carried)


def all_ended_well(watch: Watch) -> None:
    """Every law that speaks of the end."""
    world = watch.world
    for desk in world.desks:
        _confined(world, desk)
        knows_the_whole_log(watch, desk)
        sealed_once(desk)
    for scope in sorted({desk.office for desk in world.desks}):
        _only_grew(watch, scope)
        _agree(watch, [desk for desk in world.desks if desk.office == scope])
    for deed in watch.model.deeds.values():
        _explained(watch, deed)
    _single_home(world)
    _fenced(watch)
    again_changes_nothing(world, world.desks[0])


def _explained(watch: Watch, deed: Deed) -> None:
    """(1) Every deed is in the log, or agreed with what stood, or is shown as not taken."""
    entries = watch.model.log[deed.scope]
    if deed.gone or any(line.key == deed.key for line in entries):
        return
    for desk in watch.world.desks:
        if desk.office != deed.scope:
            continue
        with desk.pc.db.read() as session:
            own = (Change.row_id == deed.row, Change.at == deed.at, Change.user == deed.user)
            verdicts = set(session.scalars(select(Change.verdict).where(*own)))
        if watch.model.restored and verdicts & {"merged", "deferred", "accepted"}:
            return
        if "merged" in verdicts and _agreed(watch, deed):
            return
        if verdicts - {None}:
            raise Broken("1", "a verdict about what the server does not know", verdicts, deed)
    raise Broken("1", "lost", deed)


def _agreed(watch: Watch, deed: Deed) -> bool:
    """Whether somebody else wrote the same, so that nothing was left to write."""
    known = [line for line in watch.model.log[deed.scope] if line.row == deed.row]
    return all(
        any(line.op != "C" and name in line.fields and line.new(name) == new for line in known)
        for name, (_old, new) in deed.pairs.items()
    )


def same_everywhere(world: World, desks: list[Desk]) -> str:
    """(3) Server and PCs of one office say the same, cards too: what they say."""
    office = Central(world.centre.folder, office=world.offices[desks[0].name[0]])
    there = readable(dump(office))
    for desk in desks:
        if _taken(desk, there) != json.loads(there):
            raise Broken("3", "not the same", desk.name, first_difference(desk.pc.db, office))
    cards = [conflicts(desk) for desk in desks]
    if any(one != cards[0] for one in cards):
        raise Broken("3", "not the same cards", cards)
    return there


def _taken(desk: Desk, there: str) -> Any:
    """What a PC says, without new records that the server visibly refused: they stand only where
    they were typed."""
    lines, known = json.loads(readable(dump(desk.pc.db))), json.loads(there)
    with desk.pc.db.read() as session:
        refused = (Change.op == "I", Change.verdict == "rejected")
        keys = session.execute(select(Change.entity, Change.row_id).where(*refused)).tuples().all()
    for entity, row in keys:
        if row not in known[entity]:
            lines[entity].pop(row, None)
    return lines


def _agree(watch: Watch, desks: list[Desk]) -> None:
    """(3, 12, 20) Server, PCs and the list of accepted changes say the same, cards too."""
    lines = json.loads(same_everywhere(watch.world, desks))
    for entity in OF_PEOPLE:
        for row, values in lines[entity].items():
            for name, value in watch.model.values(desks[0].office, entity, row).items():
                if value not in LOCAL and values[name] != json.loads(readable(json.dumps(value))):
                    raise Broken("20", "not what was accepted", row, name, value, values[name])


def readable(text: str) -> str:
    """Neither store of the server keeps the NUL that a text may have held."""
    return text.replace("\\u0000", "")


def first_difference(store: Database, office: Central) -> Any:
    mine, theirs = (json.loads(readable(dump(one))) for one in (store, office))
    for entity in mine:
        for row in mine[entity].keys() | theirs[entity].keys():
            here, there = mine[entity].get(row), theirs[entity].get(row)
            if here is None or there is None:
                return entity, row, here and "only here", there and "only there"
            for name in here:
                if here[name] != there[name]:
                    return entity, row, name, here[name], there[name]
    return None


def conflicts(desk: Desk) -> list[tuple[object, ...]]:
    """The conflict cards, which every PC must have alike."""
    with desk.pc.db.read() as session:
        cards = session.scalars(select(Conflict)).all()
        return sorted(
            (c.id, c.field, c.base, c.mine, c.theirs, c.mine_by, c.mine_at, c.mine_on)
            + (c.theirs_by, c.theirs_at, c.theirs_on, c.state)
            for c in cards
        )


def _only_grew(watch: Watch, scope: str) -> None:
    """(20) Nothing that was accepted was changed afterwards."""
    if watch.entries(scope) != watch.model.log[scope]:
        raise Broken("20", "accepted history was changed", scope)


def knows_the_whole_log(watch: Watch, desk: Desk) -> None:
    """(4) What a PC applied is 1 to the end, and it knows that this is the end."""
    with desk.pc.db.read() as session:
        cursor = session.scalars(select(SyncCursor)).one()
        left = session.scalar(select(Batch.batch_no).where(Batch.state == "sealed").limit(1))
    end = len(watch.model.log[desk.office])
    if (cursor.seq, cursor.head) != (end, end):
        raise Broken("4", "not the whole log", desk.name, cursor.seq, cursor.head, end)
    with desk.pc.db.read() as session:
        epoch = session.scalars(select(SyncState.epoch)).one()
        own = (Batch.state == "sealed", Batch.epoch == epoch)
        left = session.scalar(select(Batch.batch_no).where(*own).limit(1))
    if left is not None:
        raise Broken("1", "a batch without an answer", desk.name, left)


def sealed_once(desk: Desk) -> None:
    """(16) A sealed batch is today as it was sealed."""
    with desk.pc.db.read() as session:
        for batch in session.scalars(select(Batch)):
            if frames.one_frame(frames.MAGIC_BATCH, batch.sealed).digest != batch.digest:
                raise Broken("16", "a sealed batch changed", desk.name, batch.batch_no)


def _confined(world: World, desk: Desk) -> None:
    """(9) Nobody has a row of another office."""
    deeds = world.model.deeds.values()
    own = {deed.row for deed in deeds if deed.scope == desk.office}
    with desk.pc.db.read() as session:
        rows = {*session.scalars(select(Person.id)), *session.scalars(select(Need.id))}
    if rows - own:
        raise Broken("9", "rows of another office", desk.name, rows - own)


def _single_home(world: World) -> None:
    """(8) A person is in the log of one office."""
    homes: dict[str, set[str]] = {}
    with world.centre.store.read() as connection:
        row = tables.row.c
        persons = select(row.scope_id, row.row_id).where(row.entity == "person")
        for scope, person in connection.execute(persons):
            homes.setdefault(person, set()).add(scope)
    for person, scopes in homes.items():
        if len(scopes) > 1:
            raise Broken("8", "two homes", person, scopes)


def _fenced(watch: Watch) -> None:
    """(10) Two copies of a store never both have deeds in the log under one device and epoch."""
    lives: dict[tuple[str, int], set[int]] = {}
    for entries in watch.model.log.values():
        for line in entries:
            deed = watch.model.deeds.get(line.key)
            if deed is not None:
                lives.setdefault(line.mark, set()).add(deed.life)
    for twins in watch.world.twins:
        for mark, found in lives.items():
            if found.issuperset(twins):
                raise Broken("10", "both copies sent in one epoch", mark)


def again_changes_nothing(world: World, desk: Desk) -> None:
    """(18) The whole log applied once more leaves everything as it is."""
    before = dump(desk.pc.db), conflicts(desk)
    with desk.pc.db.read() as session:
        device = state.device(session)
    assert device is not None
    wire = transport.Wire(client_of(world.line), URL)
    talk = Talk(desk.pc.db, device, wire, client.no_progress, client.never, 1)
    sender = accounts.find(world.centre.store, device.device_id).sender
    book = log.Logbook(world.centre.store)
    answer = log.page(book, sender, PullRequest(device.scope, 0, 1000))
    pulling.take(talk, answer, 0)
    if (dump(desk.pc.db), conflicts(desk)) != before:
        raise Broken("18", "a page applied again changed something", desk.name)
