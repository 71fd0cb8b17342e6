"""Contents of photos and scans at the server: taken part by part, whole only if the hash is right.

Each lies once in its office, in parts locked with a key of the server's, so that it is closed in
either store. What confidential files hold was locked by the PC before and stays closed to us.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Row,
    Text,
    cast,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from data import sealing
from data.base import instant_text
from sync import blob as words
from sync.blob import FetchRequest, Part
from sync.keys import KeyPair
from sync.protocol import Problem
from sync.server import census, store
from sync.server.log import Refusal, now_text
from sync.server.store import Store

PARTS_AT_ONCE = 4
NAMED_MAX = 2000
DISK_FULL = ("is full", "no space left")
_GONE = store.info.c.key == store.CONTENTS_GONE


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where contents lie, and the key that they are locked with."""

    store: Store
    key: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """What the server has of a content now, and why it did not take a part."""

    bytes: int
    problem: Problem | None = None


def shelf(opened: Store, pair: KeyPair) -> Shelf:
    """The contents of a store; their key follows from the server's own, which a backup holds."""
    key = hashlib.blake2b(b"photos and scans", key=bytes(pair.box), digest_size=32).digest()
    return Shelf(opened, key)


def standing(here: Shelf, office_id: str, asked: Sequence[tuple[str, int]]) -> list[int]:
    """How many bytes of contents the server has, in the order asked: of those whose files have
    left the office, as they lie where these are now."""
    names = [digest for digest, _size in asked]
    with here.store.read() as connection:
        homes = _homes(connection, office_id, names)
        offices = {one for found in homes.values() for one in found}
        line = store.blob.c
        lies = (line.office_id.in_(offices), line.sha256.in_(names))
        kept = {
            (one.office_id, one.sha256): one.kept
            for one in connection.execute(select(store.blob).where(*lies))
        }
    return [kept.get((homes[digest][0], digest), 0) for digest in names]


def take(here: Shelf, office_id: str, part: Part) -> Kept:
    """Keep the next bytes of a content, in a transaction of its own; bytes known already and bytes
    after a gap change nothing and are answered with what is here. When its file has left the
    office meanwhile, they lie where it is now.

    With the last bytes the whole hash is looked at: a wrong one throws all of them away. Raises
    Refusal `blob_no_room`.
    """
    try:
        return _taken(here, office_id, part)
    except DBAPIError as error:
        if not any(word in str(error.orig).lower() for word in DISK_FULL):
            raise
        raise Refusal("blob_no_room") from error


def _taken(here: Shelf, office_id: str, part: Part) -> Kept:
    with here.store.write() as connection:
        office_id, *others = _homes(connection, office_id, [part.sha256])[part.sha256]
        line = _line(connection, office_id, part)
        if line.size != part.size:
            return Kept(line.kept, Problem("blob_size_differs", {"sha256": part.sha256}))
        news = part.content[line.kept - part.at :] if part.at <= line.kept else b""
        if not news:
            return Kept(line.kept)
        where = {"office_id": office_id, "sha256": part.sha256, "at": line.kept}
        locked = sealing.wrap(here.key, news)
        connection.execute(store.blob_part.insert().values(**where, sealed=locked))
        kept = line.kept + len(news)
        whole = kept == part.size
        if whole and words.digest_of(_parts(here, connection, office_id, part.sha256)) != (
            part.sha256
        ):
            _throw_away(connection, office_id, [part.sha256])
            return Kept(0, Problem("blob_wrong_hash", {"sha256": part.sha256}))
        moved = {"kept": kept, "seen_at": now_text()} | ({"lost": False} if whole else {})
        connection.execute(_change(office_id, part.sha256).values(**moved))
        for other in others if whole else ():
            copy(connection, office_id, other, [part.sha256])
        return Kept(kept)


def fetch(here: Shelf, office_id: str, asked: FetchRequest) -> list[Part]:
    """The next bytes of each wanted content that is whole, until there are enough."""
    left = min(asked.bytes, words.FETCH_BYTES_MAX)
    found: list[Part] = []
    with here.store.read() as connection:
        names = [digest for digest, _at in asked.wanted]
        lines = connection.execute(select(store.blob).where(_named(office_id, names)))
        sizes = {line.sha256: line.size for line in lines if line.kept == line.size}
        for digest, at in asked.wanted:
            while digest in sizes and at < sizes[digest] and left > 0:
                content = _piece(here, connection, (office_id, digest), at)[:left]
                if not content:
                    break
                found.append(Part(digest, sizes[digest], at, content))
                at, left = at + len(content), left - len(content)
    return found


def copy(connection: Connection, office_id: str, other_id: str, digests: Sequence[str]) -> None:
    """Contents of one office lie in another one too from now on, halves as far as they came."""
    blob, parts = store.blob, store.blob_part
    for start in range(0, len(digests), NAMED_MAX):
        names = digests[start : start + NAMED_MAX]
        here, there = (
            {line.sha256: line for line in connection.execute(asked)}
            for asked in (select(blob).where(_named(one, names)) for one in (office_id, other_id))
        )
        for digest, line in here.items():
            known = there.get(digest)
            if line.kept <= (known.kept if known is not None else 0):
                continue
            _throw_away(connection, other_id, [digest])
            values = dict(line._mapping) | {"office_id": other_id, "seen_at": now_text()}
            connection.execute(delete(blob).where(_named(other_id, [digest])))
            connection.execute(blob.insert().values(values))
            own = (parts.c.office_id == office_id, parts.c.sha256 == digest)
            for part in connection.execute(select(parts).where(*own)).all():
                moved = dict(part._mapping) | {"office_id": other_id}
                connection.execute(parts.insert().values(moved))


def mark(connection: Connection, office_id: str) -> int:
    """Rises whenever one more content of the office is whole, however many went meanwhile."""
    own = store.blob.c.office_id == office_id, store.blob.c.kept == store.blob.c.size
    gone = select(cast(store.info.c.value, BigInteger)).where(_GONE)
    whole = connection.scalar(select(func.count()).where(*own)) or 0
    return whole + (connection.scalar(gone) or 0)


def lost(connection: Connection, office_id: str) -> list[str]:
    """Contents that were whole and are not any more: whoever has them may send them again."""
    own = store.blob.c.office_id == office_id, store.blob.c.lost.is_(True)
    names = select(store.blob.c.sha256).where(*own).limit(words.LOST_TOLD_MAX)
    return list(connection.scalars(names))


def named_after(connection: Connection, office_id: str, seq: int) -> list[str]:
    """Contents that files of the log after a number refer to, in its order."""
    entry = store.entry.c
    after = (entry.scope_id == office_id, entry.seq > seq)
    files = (entry.entity == "attachment", entry.op == "I")
    lines = select(entry.fields).where(*after, *files).order_by(entry.seq).limit(NAMED_MAX)
    told = [json.loads(fields) for fields in connection.scalars(lines)]
    return [str(one[name]) for one in told for name in ("small_sha256", "sha256") if one.get(name)]


def verify(here: Shelf) -> list[str]:
    """Read every content that should be whole; the names of those that are not, which are thrown
    away and asked for again at the PCs that have them."""
    whole = select(store.blob.c.office_id, store.blob.c.sha256)
    with here.store.read() as connection:
        names = connection.execute(whole.where(store.blob.c.kept == store.blob.c.size)).all()
    damaged = []
    for office_id, digest in names:
        with here.store.read() as connection:
            sound = words.digest_of(_parts(here, connection, office_id, digest)) == digest
        if not sound:
            damaged.append(digest)
            with here.store.write() as connection:
                _one_more_gone(connection)
                _throw_away(connection, office_id, [digest])
                connection.execute(_change(office_id, digest).values(lost=True))
    return damaged


def expire(here: Shelf, now: datetime | None = None) -> int:
    """Halves that nothing was added to for thirty days are thrown away; how many."""
    oldest = instant_text((now or datetime.now(UTC)) - timedelta(days=words.UNFINISHED_DAYS))
    line = store.blob.c
    half = (line.kept < line.size, line.lost.is_(False), line.seen_at < oldest)
    with here.store.write() as connection:
        gone = connection.execute(select(line.office_id, line.sha256).where(*half)).all()
        for office_id, digest in gone:
            forget(connection, office_id, digest)
    return len(gone)


def _homes(connection: Connection, office_id: str, digests: Sequence[str]) -> dict[str, list[str]]:
    """On whose shelves contents that an office's PC sends belong: on its own if a file here names
    them or none is known yet, and on those of the offices that such files have left for, be it as
    late edits that somebody there has still to decide about."""
    files, row = census.tables()["attachment"].c, store.row.c
    here = (row.scope_id == office_id, row.entity == "attachment", row.row_id == files.id)
    left = select(row.row_id).where(*here, row.moved_to != "").exists()
    concerned = or_(files.office_id == office_id, left)
    found: dict[str, set[str]] = {digest: set() for digest in digests}
    for named in (files.sha256, files.small_sha256):
        query = select(named, files.office_id).where(named.in_(digests), concerned)
        for digest, home in connection.execute(query):
            found[digest].add(home)
    late = census.tables()["proposal"].c
    offered = (late.from_office == office_id, late.entity == "attachment")
    for digest in [one for one, homes in found.items() if not homes]:
        query = select(late.office_id).where(*offered, late.fields.contains(digest))
        found[digest].update(connection.scalars(query))
    return {
        digest: sorted(homes or {office_id}, key=lambda one: (one != office_id, one))
        for digest, homes in found.items()
    }


def _line(connection: Connection, office_id: str, part: Part) -> Row[Any]:
    """The line of a content, made with its first part."""
    own = select(store.blob).where(_named(office_id, [part.sha256])).with_for_update()
    line = connection.execute(own).first()
    if line is not None:
        return line
    facts = {"size": part.size, "kept": 0, "lost": False, "seen_at": now_text()}
    made = store.blob.insert().values(office_id=office_id, sha256=part.sha256, **facts)
    with suppress(IntegrityError), connection.begin_nested():  # another PC may begin it just now
        connection.execute(made)
    return connection.execute(own).one()


def _parts(here: Shelf, connection: Connection, office_id: str, digest: str) -> Iterator[bytes]:
    part = store.blob_part.c
    own = select(part.sealed).where(part.office_id == office_id, part.sha256 == digest)
    streamed = own.order_by(part.at).execution_options(yield_per=PARTS_AT_ONCE)
    for sealed in connection.scalars(streamed):
        yield sealing.unwrap(here.key, sealed) or b""


def _piece(here: Shelf, connection: Connection, name: tuple[str, str], at: int) -> bytes:
    part = store.blob_part.c
    own = select(part.at, part.sealed).where(part.office_id == name[0], part.sha256 == name[1])
    line = connection.execute(own.where(part.at <= at).order_by(part.at.desc()).limit(1)).first()
    if line is None:
        return b""
    return (sealing.unwrap(here.key, line.sealed) or b"")[at - line.at :]


def forget(connection: Connection, office_id: str, digest: str) -> None:
    """A content that no file of the office names any more is gone there."""
    _one_more_gone(connection)
    for table in (store.blob_part, store.blob):
        own = (table.c.office_id == office_id) & (table.c.sha256 == digest)
        connection.execute(delete(table).where(own))


def _one_more_gone(connection: Connection) -> None:
    """One number for all offices: at worst their PCs look once more than they had to. It is taken
    before the contents' own lines, by everybody, so that nobody waits in a circle."""
    value = store.info.c.value
    more = cast(cast(value, BigInteger) + 1, Text)
    connection.execute(update(store.info).where(_GONE).values(value=more))


def _throw_away(connection: Connection, office_id: str, digests: Sequence[str]) -> None:
    part = store.blob_part.c
    gone = delete(store.blob_part).where(part.office_id == office_id, part.sha256.in_(digests))
    connection.execute(gone)
    for digest in digests:
        connection.execute(_change(office_id, digest).values(kept=0, seen_at=now_text()))


def _change(office_id: str, digest: str) -> Any:
    return update(store.blob).where(_named(office_id, [digest]))


def _named(office_id: str, digests: Sequence[str]) -> Any:
    return (store.blob.c.office_id == office_id) & store.blob.c.sha256.in_(digests)
