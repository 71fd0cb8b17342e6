"""A person changes her home: the whole subtree goes to the other office's log, history and all.

What was said about her in the former log is taken out of it; a stub that leads on stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import case, or_, select, update

from data.records import transfer as records
from sync.moves import ARRIVED, COMES, LEFT
from sync.protocol import Change, Entry
from sync.server import blobs, census, store
from sync.server.deciding import Deciding, Errand, Incoming, take_parked
from sync.server.rows import entry_of
from sync.server.transfer_rules import office_name

Key = tuple[str, str]
LOGINS = {
    ("care_case", "worker"),
    ("case_plan", "approved_by"),
    ("task", "worker"),
    ("amendment", "decided_by"),
    ("sharing", "decided_by"),
    ("sharing", "shared_by"),
}
"""Fields that hold the login of somebody of the office."""
DECIDES = "conflict:"
APART = frozenset({"merger", "distinct_pair", "transfer", "proposal"})
"""Records that name a person and are no part of her own."""
CONTENTS = ("sha256", "small_sha256")
IN_PER_QUERY = 400


@dataclass(frozen=True, slots=True)
class Subtree:
    """What goes with a person: rows that leave, and rows that both offices keep."""

    persons: tuple[str, ...]
    leaving: tuple[Key, ...]
    shared: tuple[Key, ...]


def move(sender: Deciding, receiver: Deciding, transfer_id: str) -> Deciding:
    """Both offices agreed: the person's home is the receiver from now on; the scope she left."""
    key = ("transfer", transfer_id)
    person = str(sender.rows.current(*key, "person_id"))
    sender.rows.load([person])
    why = _cannot(sender, person)
    if why:
        for work in (sender, receiver):
            change(work, key, {"state": records.VOID, "answer": why}, "")
        return sender
    found = subtree(sender, person)
    facts = {
        "from": sender.scope_id,
        "from_name": office_name(sender.rows, sender.scope_id),
        "to": receiver.scope_id,
        "to_name": office_name(sender.rows, receiver.scope_id),
        "transfer": transfer_id,
    }
    version = sender.rows.version("person", person) + 1
    _copy(sender, receiver, found, facts | {"person": person, "version": version})
    _copy_photos(sender, receiver, found)
    _leave(sender, receiver, found, facts | {"person": person, "version": version})
    by = str(receiver.rows.current(*key, "decided_by") or "")
    change(receiver, key, {"state": records.MOVED}, by)
    told = outsider(receiver, sender, by)
    change(sender, key, {"state": records.MOVED, "decided_by": told}, told)
    _follow(sender, found.persons, transfer_id)
    return sender


def subtree(work: Deciding, person: str) -> Subtree:
    """The person, all who were merged into her, and everything that belongs to them.

    An accident that hurt somebody who stays, a decision about her and somebody who stays: both
    offices keep it.
    """
    connection, office = work.connection, work.scope_id
    persons = _everybody(work, person)
    leaving: list[Key] = [("person", one) for one in persons]
    shared: list[Key] = []
    for entity, table in census.tables().items():
        if "person_id" in table.c and entity not in APART:
            own = (table.c.office_id == office, table.c.person_id.in_(persons))
            leaving += [(entity, one) for one in connection.scalars(select(table.c.id).where(*own))]
    late = census.tables()["proposal"].c
    with_values = or_(late.from_office != office, late.fields != "{}")
    theirs = (late.office_id == office, late.person_id.in_(persons), with_values)
    leaving += [("proposal", one) for one in connection.scalars(select(late.id).where(*theirs))]
    victim = census.tables()["victim"].c
    tied = (victim.office_id == office, victim.accident_id.is_not(None))
    hurt = select(victim.accident_id).where(*tied, victim.person_id.in_(persons)).distinct()
    for accident in connection.scalars(hurt).all():
        rest = or_(victim.person_id.is_(None), victim.person_id.not_in(persons))
        others = select(victim.id).where(*tied, victim.accident_id == accident, rest)
        some = connection.execute(others.limit(1)).first()
        (shared if some else leaving).append(("accident", accident))
    for entity, name in (("merger", "absorbed_id"), ("distinct_pair", "other_id")):
        table = census.tables()[entity]
        one, two = table.c.person_id, table.c[name]
        either = or_(one.in_(persons), two.in_(persons))
        query = select(table.c.id, one, two).where(table.c.office_id == office, either)
        for row_id, first, second in connection.execute(query):
            both = {first, second} <= set(persons)
            (leaving if both else shared).append((entity, row_id))
    return Subtree(tuple(persons), tuple(sorted(leaving)), tuple(sorted(shared)))


def outsider(home: Deciding, there: Deciding, login: str) -> str:
    """Who somebody of one office is in the book of another: his login and his office.

    Back in his own office he is himself again.
    """
    own = f" ({office_name(there.rows, there.scope_id)})"
    if login.endswith(own):
        return login.removesuffix(own)
    if not login or login.endswith(")"):
        return login
    return f"{login} ({office_name(home.rows, home.scope_id)})"


def write(work: Deciding, entry: Entry, device: str = "") -> Entry:
    """Put an entry of the server itself into a scope's log."""
    work.seq += 1
    numbered = msgspec.structs.replace(entry, seq=work.seq, device=device)
    mark = f"{device}/0"
    nothing = Change(entry.entity, entry.row, "U", 0, {}, entry.at, entry.user)
    work.entries.append((numbered, Incoming(nothing, 0, mark)))
    if entry.op in "IU":
        work.rows.taken(numbered, mark)
    return numbered


def lay_before(work: Deciding, key: Key, values: Mapping[str, Any], by: str) -> None:
    """Make a record of another office known here; what waited for it comes in."""
    write(work, Entry(0, *key, "I", 1, dict(values), work.received_at, by))
    take_parked(work, key[1])


def change(work: Deciding, key: Key, values: Mapping[str, Any], by: str) -> None:
    """Give fields of a record new values, in the server's own name or that of who decided."""
    known = {name: work.rows.current(*key, name) for name in values}
    pairs = {name: [known[name], new] for name, new in values.items() if known[name] != new}
    if pairs:
        version = work.rows.version(*key) + 1
        write(work, Entry(0, *key, "U", version, pairs, work.received_at, by))


def errand(work: Deciding, other: str, late: Change | None, entry: Entry) -> None:
    """Ask a third office for the same."""
    work.errands.append(Errand(entry, other, late))


def person_of(work: Deciding, late: Change) -> str:
    """Whom a late edit is about, as far as the office where the row is now can tell."""
    if late.entity == "person":
        return late.row
    found = work.rows.current(late.entity, late.row, "person_id")
    if isinstance(found, str):
        return found
    table = census.tables()["proposal"].c
    query = select(table.id).where(table.office_id == work.scope_id, table.row_id == late.row)
    ids = {*work.connection.scalars(query), *work.rows.moved("proposal")}
    work.rows.load(ids)
    for one in sorted(ids):
        if work.rows.current("proposal", one, "row_id") == late.row:
            return str(work.rows.current("proposal", one, "person_id"))
    return ""


def _cannot(work: Deciding, person: str) -> str:
    row = work.rows.get("person", person)
    if row is None or row.moved_to or row.deleted:
        return "transfer_person_gone"
    merged = work.rows.current("person", person, "merged_into")
    return "transfer_person_merged" if merged else ""


def _everybody(work: Deciding, person: str) -> list[str]:
    table = census.tables()["person"].c
    found, fresh = [person], [person]
    while fresh:
        query = select(table.id).where(
            table.office_id == work.scope_id, table.merged_into.in_(fresh)
        )
        fresh = [one for one in work.connection.scalars(query) if one not in found]
        found += fresh
    return found


def _copy(sender: Deciding, receiver: Deciding, found: Subtree, facts: Mapping[str, Any]) -> None:
    """Every entry of the rows once more, with its author, instant and version."""
    rows, person, version = receiver.rows, facts["person"], facts["version"]
    rows.load(one for _, one in (*found.leaving, *found.shared))
    sender.rows.load(one for _, one in found.leaving)
    taken = set(found.leaving) - _hand_late_edits_back(sender, receiver, found.leaving)
    for key in found.shared:
        known = rows.get(*key)
        if known is None or known.moved_to:
            taken.add(key)
    for key in taken:
        rows.forget(key)
    told = {name: facts[name] for name in ("from", "from_name", "to", "to_name", "transfer")}
    at = receiver.received_at
    comes = {COMES: [*found.persons]} | told
    write(receiver, Entry(0, "person", person, "X", version - 1, comes, at, ""))
    numbers: dict[str, str] = {}
    created = []
    for old in _entries(sender, taken):
        entry = msgspec.structs.replace(
            old,
            user=outsider(sender, receiver, old.user),
            theirs_by=_outsiders(sender, receiver, old.theirs_by),
            source=numbers.get(old.source, old.source),
            fields=_renamed(sender, receiver, old),
        )
        new = write(receiver, entry, old.device)
        if old.op == "C":
            numbers[f"{DECIDES}{old.seq}"] = f"{DECIDES}{new.seq}"
        created += [old.row] if old.op == "I" else []
    arrived = {ARRIVED: True} | told
    write(receiver, Entry(0, "person", person, "X", version, arrived, at, ""))
    rows.bump(("person", person), version)
    for row_id in created:
        take_parked(receiver, row_id)


def _copy_photos(sender: Deciding, receiver: Deciding, found: Subtree) -> None:
    """The contents of her photos and scans, as far as they are here; what no file of the former
    office names any more leaves it."""
    files = census.tables()["attachment"].c
    ids = {row_id for kind, row_id in found.leaving if kind == "attachment"}
    digests = sorted(_contents(sender, found))
    blobs.copy(sender.connection, sender.scope_id, receiver.scope_id, digests)
    stays = set[str]()
    for part in _parts(digests):
        either = or_(files.sha256.in_(part), files.small_sha256.in_(part))
        named = select(files.id, files.sha256, files.small_sha256)
        lines = sender.connection.execute(named.where(files.office_id == sender.scope_id, either))
        stays.update(one for row_id, *pair in lines if row_id not in ids for one in pair)
    for digest in set(digests) - stays:
        blobs.forget(sender.connection, sender.scope_id, digest)


def _contents(sender: Deciding, found: Subtree) -> set[str]:
    """The names of the contents that go along: of files, and of those that came too late for a
    former office and are still to be decided about."""
    files, late = census.tables()["attachment"].c, census.tables()["proposal"].c
    digests: set[str] = set()
    for part in _parts(row_id for _, row_id in found.leaving):
        own = (files.office_id == sender.scope_id, files.id.in_(part))
        for pair in sender.connection.execute(select(files.sha256, files.small_sha256).where(*own)):
            digests.update(one for one in pair if one)
        offered = (late.office_id == sender.scope_id, late.id.in_(part))
        told = select(late.fields).where(*offered, late.entity == "attachment", late.op == "I")
        for fields in map(msgspec.json.decode, sender.connection.scalars(told)):
            digests.update(one for name in CONTENTS if isinstance(one := fields.get(name), str))
    return digests


def _entries(work: Deciding, keys: set[Key]) -> list[Entry]:
    entry = store.entry.c
    found = []
    for part in _parts(row_id for _, row_id in keys):
        query = select(store.entry).where(
            entry.scope_id == work.scope_id, entry.row_id.in_(part), entry.op != "X"
        )
        lines = work.connection.execute(query)
        found += [entry_of(line) for line in lines if (line.entity, line.row_id) in keys]
    return sorted(found, key=lambda one: one.seq)


def _leave(sender: Deciding, receiver: Deciding, found: Subtree, facts: Mapping[str, Any]) -> None:
    """Only the stub stays: who has gone where, and nothing of her data in any entry."""
    entry, person, version = store.entry.c, facts["person"], facts["version"]
    leaving = set(found.leaving)
    empty = {"fields": "{}", "user": "", "source": "", "theirs_by": ""}
    # What only recorded a conflict stays such: the counter of changes has never counted it.
    op = case((entry.op == "C", "C"), else_="X")
    for part in _parts(one for _, one in leaving):
        query = select(entry.seq, entry.entity, entry.row_id).where(
            entry.scope_id == sender.scope_id, entry.row_id.in_(part)
        )
        lines = sender.connection.execute(query).all()
        seqs = [one.seq for one in lines if (one.entity, one.row_id) in leaving]
        for some in _parts(seqs):
            emptied = update(store.entry).where(
                entry.scope_id == sender.scope_id, entry.seq.in_(some)
            )
            sender.connection.execute(emptied.values(**empty, op=op))
    told = {name: facts[name] for name in ("from", "from_name", "to", "to_name", "transfer")}
    fields = {LEFT: [list(key) for key in found.leaving]} | told
    write(sender, Entry(0, "person", person, "X", version, fields, sender.received_at, ""))
    sender.rows.load(one for _, one in leaving)
    for key in found.leaving:
        own = version if key == ("person", person) else sender.rows.version(*key)
        sender.rows.leave(key, own, receiver.scope_id)


def _follow(sender: Deciding, persons: Iterable[str], transfer_id: str) -> None:
    """Other requests for the same person come to nothing, and the other offices hear of it."""
    table = census.tables()["transfer"].c
    query = select(table.id, table.to_office).where(
        table.office_id == sender.scope_id,
        table.person_id.in_(tuple(persons)),
        table.state.in_(records.OPEN),
        table.id != transfer_id,
    )
    found = sender.connection.execute(query).all()
    sender.rows.load(one for one, _ in found)
    for one, other in found:
        change(
            sender,
            ("transfer", one),
            {"state": records.VOID, "answer": "transfer_person_gone"},
            "",
        )
        if other != sender.scope_id:
            errand(sender, other, None, sender.entries[-1][0])


def _hand_late_edits_back(sender: Deciding, receiver: Deciding, keys: Iterable[Key]) -> set[Key]:
    """Late edits of the very office the person goes to, which has their stubs: waiting ones get
    their values there. The answer are those that are not copied."""
    own = set()
    for key in keys:
        row = receiver.rows.get(*key) if key[0] == "proposal" else None
        if row is not None and not row.moved_to:
            own.add(key)
            if sender.rows.current(*key, "state") == records.WAITING:
                words = sender.rows.current(*key, "fields")
                change(receiver, key, {"fields": words}, "")
    return own


def _outsiders(sender: Deciding, receiver: Deciding, logins: str) -> str:
    return ", ".join(outsider(sender, receiver, one) for one in logins.split(", ") if one)


def _renamed(sender: Deciding, receiver: Deciding, entry: Entry) -> dict[str, Any]:
    """The values of an entry with logins as they are known in the other office."""

    def named(value: Any) -> Any:
        if isinstance(value, list):
            return [named(one) for one in value]
        return outsider(sender, receiver, value) if isinstance(value, str) else value

    return {
        name: named(value) if (entry.entity, name) in LOGINS else value
        for name, value in entry.fields.items()
    }


def _parts(values: Iterable[Any]) -> Iterable[list[Any]]:
    every = sorted(set(values))
    for start in range(0, len(every), IN_PER_QUERY):
        yield every[start : start + IN_PER_QUERY]
