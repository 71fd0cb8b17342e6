"""The census: the office's own record tables, filled from the log and rebuildable from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from types import FunctionType
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    inspect,
    select,
    text,
    update,
)

from data.base import STAMPS, Base, travelling_columns
from data.schema import travelling
from sync.moves import ARRIVED, LEFT
from sync.protocol import Entry
from sync.server import store
from sync.server.rows import entry_of
from sync.server.store import Store

REBUILD_ROWS = 1000
UNEDITED = STAMPS | {"status"}


@cache
def tables() -> dict[str, Table]:
    """The census tables by entity: the columns of the record tables, keyed by office first.

    Nothing but the key is required or unique: the log decides what is true, the census shows it.
    """
    metadata = MetaData()
    made = {entity: Table(entity, metadata, *_columns(kind)) for entity, kind in _kinds().items()}
    for entity, table in made.items():
        if "person_id" in table.c:
            Index(f"{entity}_of_person", table.c.office_id, table.c.person_id)
    for name in ("sha256", "small_sha256"):  # each part of a content asks where its file is
        Index(f"attachment_by_{name}", made["attachment"].c[name])
    Index("proposal_from_office", made["proposal"].c.from_office, made["proposal"].c.entity)
    return made


def prepare(connection: Connection) -> None:
    """Make missing census tables, columns that a newer program has more, and indexes."""
    known = inspect(connection)
    for table in tables().values():
        if not known.has_table(table.name):
            table.create(connection)
            continue
        here = {column["name"] for column in known.get_columns(table.name)}
        for column in table.columns:
            if column.name not in here:
                kind = column.type.compile(connection.dialect)
                added = f'ALTER TABLE "{table.name}" ADD COLUMN "{column.name}" {kind}'
                connection.execute(text(added))
        for index in table.indexes:
            index.create(connection, checkfirst=True)


def columns(entity: str) -> tuple[str, ...]:
    """The columns of a kind whose values travel; none of a kind that this program does not know."""
    kind = _kinds().get(entity)
    return () if kind is None else travelling_columns(kind)


def write(connection: Connection, office_id: str, entries: Sequence[Entry]) -> None:
    """Bring the census up to date with accepted entries, in the transaction of their batch.

    Entities and fields that this program does not know yet stay in the log alone.
    """
    fresh: dict[tuple[str, str], dict[str, Any]] = {}
    moved: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in entries:
        if entry.entity not in tables():
            continue
        key = (entry.entity, entry.row)
        if entry.op == "X":
            _move(connection, office_id, entry, fresh, moved)
        elif entry.op == "I":
            fresh[key] = _new_line(office_id, entry)
        elif key in fresh:
            fresh[key] |= _moved_values(entry)
        else:
            moved[key] = moved.get(key, {}) | _moved_values(entry)
    _insert(connection, fresh)
    for (entity, row_id), values in moved.items():
        _update(connection, office_id, entity, row_id, values)


def _move(
    connection: Connection,
    office_id: str,
    entry: Entry,
    fresh: dict[tuple[str, str], dict[str, Any]],
    moved: dict[tuple[str, str], dict[str, Any]],
) -> None:
    """Rows leave for another office, or a person has arrived at a version of its own."""
    for entity, row_id in entry.fields.get(LEFT, ()):
        fresh.pop((entity, row_id), None)
        moved.pop((entity, row_id), None)
        table = tables()[entity].c
        gone = (table.office_id == office_id, table.id == row_id)
        connection.execute(delete(tables()[entity]).where(*gone))
    if entry.fields.get(ARRIVED):
        version = {"version": entry.version, "server_version": entry.version}
        key, whole = (entry.entity, entry.row), tables()[entry.entity]
        here = (whole.c.office_id == office_id, whole.c.id == entry.row)
        connection.execute(update(whole).where(*here).values(version))
        for waiting in (fresh, moved):  # both are written after this
            if key in waiting:
                waiting[key] |= version


def rebuild(opened: Store, office_id: str) -> int:
    """Empty the office's census and fill it again from the log; the number of entries read."""
    entry = store.entry.c
    done = 0
    with opened.write() as connection:
        for table in tables().values():
            connection.execute(delete(table).where(table.c.office_id == office_id))
        while True:
            query = (
                select(store.entry)
                .where(entry.scope_id == office_id, entry.seq > done)
                .order_by(entry.seq)
                .limit(REBUILD_ROWS)
            )
            lines = connection.execute(query).all()
            if not lines:
                return done
            write(connection, office_id, [entry_of(line) for line in lines if line.op != "C"])
            done = lines[-1].seq


def people(connection: Connection) -> int:
    """How many persons of all offices are known and not removed."""
    person = tables()["person"]
    query = select(func.count()).select_from(person).where(person.c.deleted_at.is_(None))
    return connection.scalar(query) or 0


def _columns(kind: type[Base]) -> list[Column[Any]]:
    key = [
        Column("office_id", String(36), primary_key=True),
        Column("id", String(36), primary_key=True),
    ]
    others = [
        Column(column.name, _type(column.type), nullable=True)
        for column in kind.__table__.columns
        if column.name not in ("office_id", "id")
    ]
    return key + others


def _type(kind: object) -> Any:
    if isinstance(kind, Boolean):
        return Boolean()
    return BigInteger() if isinstance(kind, Integer) else Text()


def _new_line(office_id: str, entry: Entry) -> dict[str, Any]:
    line = _known(entry.entity, entry.fields)
    line |= {
        "office_id": office_id,
        "id": entry.row,
        "version": entry.version,
        "server_version": entry.version,
        "created_at": entry.at,
        "created_by": entry.user,
        "updated_at": entry.at,
        "updated_by": entry.user,
    }
    return line


def _moved_values(entry: Entry) -> dict[str, Any]:
    new = {name: pair[1] for name, pair in entry.fields.items()}
    return _known(entry.entity, new) | {
        "version": entry.version,
        "server_version": entry.version,
        "updated_at": entry.at,
        "updated_by": entry.user,
    }


def _known(entity: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values that fit their columns; what does not fit stays in the log alone."""
    fits = _fits(entity)
    return {name: fits[name](value) for name, value in values.items() if name in fits}


@cache
def _fits(entity: str) -> dict[str, Callable[[Any], Any]]:
    by_type: dict[type, Callable[[Any], Any]] = {Boolean: _boolean, BigInteger: _integer}
    return {
        column.name: by_type.get(type(column.type), _text)
        for column in tables()[entity].columns
        if column.name not in STAMPS
    }


def _boolean(value: Any) -> bool | None:
    return bool(value) if value in (0, 1) else None


def _integer(value: Any) -> int | None:
    sound = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
    return value if sound else None


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return value.replace("\x00", "") if "\x00" in value else value


def _insert(connection: Connection, fresh: dict[tuple[str, str], dict[str, Any]]) -> None:
    lines: dict[str, list[dict[str, Any]]] = {}
    for (entity, _), line in fresh.items():
        line |= _derived(entity, line, line, line["updated_by"])
        lines.setdefault(entity, []).append(line)
    for entity, group in lines.items():
        store.insert_many(connection, tables()[entity], group)


def _update(
    connection: Connection, office_id: str, entity: str, row_id: str, values: dict[str, Any]
) -> None:
    table = tables()[entity]
    where = (table.c.office_id == office_id, table.c.id == row_id)
    if _derives(entity):
        line = connection.execute(select(table).where(*where)).mappings().one_or_none()
        whole = dict(line or {}) | values
        values = values | _derived(entity, whole, values, values["updated_by"])
    connection.execute(update(table).where(*where).values(values))


def _derives(entity: str) -> bool:
    return hasattr(_kinds()[entity], "derive")


@cache
def _derived_names(entity: str) -> tuple[str, ...]:
    columns: Iterable[Any] = _kinds()[entity].__table__.columns
    return tuple(
        column.name for column in columns if column.info.get("local") and column.name not in STAMPS
    )


def _derived(
    entity: str, line: dict[str, Any], edits: Collection[str], login: str
) -> dict[str, Any]:
    """Search keys and today's unit, worked out from the other values as on every PC."""
    if not _derives(entity):
        return {}
    record: Any = _line_kind(entity)()
    record.__dict__.update(line)
    record.derive(set(edits) - UNEDITED, login)
    return {name: getattr(record, name) for name in _derived_names(entity)}


@cache
def _line_kind(entity: str) -> type:
    """A plain class that can do what the record can, at a fraction of a record's cost."""
    kind = _kinds()[entity]
    able = {name: value for name, value in vars(kind).items() if isinstance(value, FunctionType)}
    empty = {column.name: None for column in kind.__table__.columns}
    return type(f"Line{kind.__name__}", (), empty | {n: able[n] for n in able if "__" not in n})


@cache
def _kinds() -> dict[str, type[Base]]:
    return travelling()
