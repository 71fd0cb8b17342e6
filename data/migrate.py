"""Brings the tables of a store to this program's shape, step by step, or refuses a newer one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from data import connect, pages
from data.errors import NewerVersion, StoreDamaged

# Every revision this program can bring a store from, oldest first; tests hold it to the folder.
REVISIONS = ("0001",)
HEAD = REVISIONS[-1]
SEARCH = ("person_search", "care_case_search", "attachment_search")
FOLDER = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Bring the tables to the newest revision in one transaction: all of it or nothing.

    Alembic is imported only when there is work: it costs a quarter of a second.
    Raises NewerVersion when another program brought the store further meanwhile.
    """
    with engine.connect() as connection:
        if found(connection) == HEAD:
            return
    with engine.begin() as connection:
        now = found(connection)
        if now is not None and now not in REVISIONS:
            raise NewerVersion(found=now, known=HEAD)
        _run(connection)


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def found(connection: Connection) -> str | None:
    """The store's revision; None for a store without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def revision_of(path: Path, file_key: bytes) -> str | None:
    """The revision of a store that is not open yet; no file is changed unless a log lies beside."""
    options = "?mode=rw" if pages.log_in_use(path) else "?immutable=1"
    with closing(connect.connect(path, file_key, options)) as connection:
        has = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
        if connection.execute(has).fetchone() is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """False for what SQLite itself keeps beside our tables: the search index and its shadows."""
    return kind != "table" or name is None or not name.startswith(SEARCH)


def behind(path: Path, file_key: bytes) -> bool:
    """True when the store must be migrated before use.

    Raises NewerVersion when its revision is not one this program knows, StoreDamaged when it has
    none at all.
    """
    revision = revision_of(path, file_key)
    if revision is None:
        raise StoreDamaged(file=connect.FILE_NAME, what="no_tables")
    if revision not in REVISIONS:
        raise NewerVersion(found=revision, known=HEAD)
    return revision != HEAD
