"""Brings the tables of a store to this program's shape, step by step, or refuses a newer one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from data import connect, pages, schema
from data.errors import NewerVersion

BASELINE = "0001"
KNOWN = frozenset({BASELINE})


def upgrade(engine: Engine) -> None:
    """Make or migrate all tables in one transaction."""
    with engine.connect() as connection:
        if connection.exec_driver_sql(
            "SELECT 1 FROM sqlite_master WHERE name='alembic_version'"
        ).scalar():
            return
    with engine.begin() as connection:
        if not inspect(connection).has_table("alembic_version"):
            _baseline(connection)


def _baseline(connection: Connection) -> None:
    schema.metadata.create_all(connection)
    for statement in schema.extra_sql():
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{BASELINE}')")


def refuse_newer(path: Path, file_key: bytes) -> None:
    """Raises NewerVersion when the store's revision is not one this program knows."""
    options = "?mode=rw" if pages.log_in_use(path) else "?immutable=1"
    connection = connect.connect(path, file_key, options)
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        connection.close()
    if row is not None and row[0] not in KNOWN:
        raise NewerVersion(found=row[0], known=BASELINE)
