"""The server's own tables and doors: an encrypted SQLite file, or PostgreSQL by URL."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    select,
    text,
)
from sqlalchemy.pool import QueuePool

SCHEMA = "1"
CONTENTS_GONE = "contents_gone"
"""The fact how many contents of photos were ever forgotten or found damaged."""
BUSY_WAIT_S = 60
WORKERS_MAX = 40
"""As many threads work at once: none may have to wait for the connection of another."""
metadata = MetaData()

info = Table(
    "log_info", metadata, Column("key", String(32), primary_key=True), Column("value", Text)
)
office = Table(
    "log_office",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("units", Text, nullable=False),
    Column("created_at", String(24), nullable=False),
    Column("changed_at", String(24), nullable=False),
)
scope = Table(
    "log_scope",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("changes", BigInteger, nullable=False),
    Column("floor", BigInteger, nullable=False, default=0),
)
code = Table(
    "log_code",
    metadata,
    Column("office_id", String(36), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
    Column("created_at", String(24), nullable=False),
    Column("expires_at", String(24), nullable=False),
    Column("used_at", String(24)),
    Column("device_id", String(36)),
)
device = Table(
    "log_device",
    metadata,
    Column("office_id", String(36), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False),
    Column("verify_key", LargeBinary, nullable=False),
    Column("box_key", LargeBinary, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("enrolled_at", String(24), nullable=False),
    Column("revoked_at", String(24)),
    Column("lost", Boolean, nullable=False, default=False),
    Column("seen_at", String(24)),
    Column("clock_offset_ms", BigInteger, nullable=False, default=0),
    Column("incarnation", Text, nullable=False, default=""),
    Column("token", Text, nullable=False, default=""),
    Column("token_before", Text, nullable=False, default=""),
    Column("door", String(64), nullable=False, default=""),
    Column("backup_epoch", Integer, nullable=False, default=0),
    Column("backed_up", BigInteger, nullable=False, default=0),
    Column("regain_upto", BigInteger, nullable=False, default=0),
)
generation = Table(
    "log_generation",
    metadata,
    Column("scope_id", String(36), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("before", String(36), nullable=False),
    Column("base", BigInteger, nullable=False),
    Column("backup_at", String(24), nullable=False),
    Column("restored_at", String(24), nullable=False),
)
offer = Table(
    "log_offer",
    metadata,
    Column("office_id", String(36), primary_key=True),
    Column("receiver", String(36), primary_key=True),
    Column("sender", String(36), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("offered_at", String(24), nullable=False),
)
grant = Table(
    "log_grant",
    metadata,
    Column("device_id", String(36), primary_key=True),
    Column("scope_id", String(36), primary_key=True),
    Column("office_id", String(36), nullable=False),
    Column("until", String(10), nullable=False),
    Column("granted_at", String(24), nullable=False),
)
ledger = Table(
    "log_batch",
    metadata,
    Column("office_id", String(36), primary_key=True),
    Column("device_id", String(36), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("batch_no", BigInteger, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("prev_digest", String(64), nullable=False),
    Column("first_seq", BigInteger, nullable=False),
    Column("n_changes", Integer, nullable=False),
    Column("schema_v", Integer, nullable=False),
    Column("received_at", String(24), nullable=False),
    Column("answer", LargeBinary, nullable=False),
)
entry = Table(
    "log_entry",
    metadata,
    Column("scope_id", String(36), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("entity", String(24), nullable=False),
    Column("row_id", String(36), nullable=False),
    Column("op", String(1), nullable=False),
    Column("version", Integer, nullable=False),
    Column("fields", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("user", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("device_id", String(36), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("change_seq", BigInteger, nullable=False),
    Column("theirs_by", Text, nullable=False, default=""),
    Column("received_at", String(24), nullable=False),
)
row = Table(
    "log_row",
    metadata,
    Column("scope_id", String(36), primary_key=True),
    Column("entity", String(24), primary_key=True),
    Column("row_id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("created_device", Text, nullable=False),
    Column("created_user", Text, nullable=False),
    Column("created_seq", BigInteger, nullable=False),
    Column("touches", Text, nullable=False),
    Column("moved_to", String(36), nullable=False, default=""),
)
errand = Table(
    "log_errand",
    metadata,
    Column("scope_id", String(36), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("entity", String(24), nullable=False),
    Column("row_id", String(36), nullable=False),
    Column("other", String(36), nullable=False),
    Column("change", Text, nullable=False),
)
parked = Table(
    "log_parked",
    metadata,
    Column("scope_id", String(36), primary_key=True),
    Column("device_id", String(36), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("change_seq", BigInteger, primary_key=True),
    Column("waits_for", String(36), nullable=False),
    Column("change", Text, nullable=False),
    Column("parked_at", String(24), nullable=False),
)
blob = Table(
    "log_blob",
    metadata,
    Column("office_id", String(36), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("lost", Boolean, nullable=False, default=False),
    Column("seen_at", String(24), nullable=False),
)
blob_part = Table(
    "log_blob_part",
    metadata,
    Column("office_id", String(36), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("at", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
incident = Table(
    "log_incident",
    metadata,
    Column("scope_id", String(36), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("at", String(24), nullable=False),
    Column("entity", String(24), nullable=False),
    Column("row_id", String(36), nullable=False),
    Column("before", Text),
    Column("after", Text),
)
Index("log_code_by_hash", code.c.code_hash)
Index("log_device_by_id", device.c.id)
Index("log_parked_by_row", parked.c.scope_id, parked.c.waits_for)
row_by_creation = Index("log_row_by_creation", row.c.scope_id, row.c.created_seq)
row_by_id = Index("log_row_by_id", row.c.scope_id, row.c.row_id)
"""Changes name rows of several kinds: without it each batch would read every row of its scope."""
IS_EDIT = text("log_entry.op = 'U'")
AT_HOME = "entity = 'person' AND moved_to = ''"
"""A row of a person in the scope that is its home: there is never a second one."""
Index(
    "log_person_home",
    row.c.row_id,
    unique=True,
    sqlite_where=text(AT_HOME),
    postgresql_where=text(AT_HOME),
)
entry_of_edits = Index(
    "log_entry_of_edits", entry.c.at, sqlite_where=IS_EDIT, postgresql_where=IS_EDIT
)
"""What was edited since a day: reports of the past undo it."""
entry_by_row = Index("log_entry_by_row", entry.c.scope_id, entry.c.row_id)
REPLACED = ("log_entry_edits", "log_entry_conflicts")
"""Indexes of former programs that `entry_by_row` serves too."""


class StoreTrouble(Exception):
    """The server's store cannot be used; `code` and `facts` say why."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Store:
    """The two doors to the server's tables: reads see a snapshot, writes queue."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.postgresql = engine.dialect.name == "postgresql"
        self._turn = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read-only snapshot."""
        level = "REPEATABLE READ" if self.postgresql else None
        with self.engine.connect() as connection:
            if level:
                connection = connection.execution_options(isolation_level=level)
            with connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: commit at the end, roll back on any error."""
        if self.postgresql:
            with self.engine.begin() as connection:
                yield connection
            return
        with self._turn, self.engine.connect() as connection:
            writing = connection.execution_options(writes=True)
            with writing.begin():
                yield writing

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open_sqlite(path: Path, key: bytes) -> Store:
    """The encrypted SQLite store at `path`, made when it is not there yet."""

    def connect() -> Any:
        connection = sqlcipher.connect(
            str(path), check_same_thread=False, isolation_level=None, timeout=BUSY_WAIT_S
        )
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_compatibility = 4")  # as the office's store has it
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -32768")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    # The address names no file: SQLAlchemy would choose the pool for stores in memory, which closes
    # connections under busy threads as soon as there are more threads than connections.
    engine = create_engine("sqlite://", module=sqlcipher, creator=connect, poolclass=QueuePool,
                           pool_size=8, max_overflow=WORKERS_MAX, hide_parameters=True)  # fmt: skip
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _end)
    return Store(engine)


def open_postgresql(url: str) -> Store:
    """The PostgreSQL store at a URL (`postgresql://…`), through psycopg 3."""
    scheme, _, rest = url.partition("://")
    if scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise StoreTrouble("database_url_unknown", scheme=scheme)
    engine = create_engine(
        f"postgresql+psycopg://{rest}",
        pool_size=8,
        max_overflow=8,
        pool_pre_ping=True,
        hide_parameters=True,
    )
    return Store(engine)


def prepare(store: Store, server_id: str, facts: dict[str, str]) -> None:
    """Make missing tables and check that the store belongs to this server. Raises StoreTrouble."""
    with store.write() as connection:
        alone(connection)
        metadata.create_all(connection)
        for index in (entry_by_row, entry_of_edits, row_by_creation, row_by_id):
            index.create(connection, checkfirst=True)
        for former in REPLACED:
            connection.execute(text(f"DROP INDEX IF EXISTS {former}"))
        known = dict(connection.execute(select(info.c.key, info.c.value)).tuples().all())
        if not known:
            rows = facts | {"server_id": server_id, "schema": SCHEMA, CONTENTS_GONE: "0"}
            connection.execute(info.insert(), [{"key": k, "value": v} for k, v in rows.items()])
            return
        if CONTENTS_GONE not in known:
            connection.execute(info.insert().values(key=CONTENTS_GONE, value="0"))
    if known["server_id"] != server_id:
        raise StoreTrouble("server_keys_of_another_store", server=known["server_id"])
    if known["schema"] > SCHEMA:
        raise StoreTrouble("newer_version", version=known["schema"])


def alone(connection: Connection) -> None:
    """Until the commit nobody else makes tables or offices; on SQLite every writer is alone."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(7041945)"))


def insert_many(connection: Connection, table: Table, lines: Sequence[Mapping[str, Any]]) -> None:
    """Insert lines in bulk; what a line does not name is empty.

    PostgreSQL takes them as one COPY, SQLite as one prepared statement.
    """
    names = tuple(column.name for column in table.columns)
    rows = ([line.get(name) for name in names] for line in lines)
    if connection.dialect.name != "postgresql":
        connection.exec_driver_sql(_insert_text(table), [tuple(row) for row in rows])
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(_copy_text(table)) as copy:
        for row in rows:
            copy.write_row(row)


@cache
def _insert_text(table: Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    places = ", ".join("?" for _ in table.columns)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({places})'


@cache
def _copy_text(table: Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'COPY "{table.name}" ({names}) FROM STDIN'


def fact(store: Store, key: str) -> str:
    """One fact that the store keeps about itself, such as its `generation`."""
    with store.read() as connection:
        return connection.scalars(select(info.c.value).where(info.c.key == key)).one()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _end(connection: Any, _record: object) -> None:
    """A commit that fails (the disk is full) may leave its transaction open."""
    if connection is not None and connection.in_transaction:
        connection.rollback()
