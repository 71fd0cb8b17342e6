"""Stores of every released version come to this program's shape, or stay as they are."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from data import connect, container, database, migrate, schema
from data.database import Author
from data.errors import NewerVersion, StoreDamaged
from tests.data import stores

REMEDY = (
    "records and migrations part: run `python tools/make_migration.py WHY` and add the revision to "
    "data/migrate.py (before the first release: `--baseline`, then `python tools/keep_sample.py`)"
)
SAMPLES = Path(__file__).parent / "samples"
NOW = migrate.HEAD
LATER = f"{int(NOW) + 1:04d}"
STEP = '''"""A later release."""

from alembic import op
import sqlalchemy as sa

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    op.add_column("person", sa.Column("nickname", sa.Text()))
    op.execute("UPDATE person SET nickname = name")
    {more}
'''


@pytest.fixture
def plain(tmp_path: Path) -> Engine:
    """An empty unencrypted file: migrations do not know about keys."""
    return create_engine(f"sqlite:///{tmp_path / 'plain.db'}")


def test_a_store_made_by_migrations_is_what_the_records_say(plain: Engine) -> None:
    migrate.upgrade(plain)
    with plain.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": migrate.ours, "compare_server_default": True}
        )
        assert compare_metadata(context, schema.metadata) == [], REMEDY


def test_it_has_the_same_triggers_indexes_and_columns_as_the_records(
    plain: Engine, tmp_path: Path
) -> None:
    migrate.upgrade(plain)
    direct = create_engine(f"sqlite:///{tmp_path / 'direct.db'}")
    with direct.begin() as connection:
        schema.metadata.create_all(connection)
        for statement in schema.extra_sql():
            connection.exec_driver_sql(statement)
    shapes = []
    for engine in (plain, direct):
        with engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "SELECT type, name, CASE type WHEN 'table' THEN '' ELSE sql END,"
                " sql LIKE '%AUTOINCREMENT%' FROM sqlite_master WHERE name <> 'alembic_version'"
                " AND tbl_name <> 'alembic_version' ORDER BY type, name"
            )
            shapes.append([tuple(row) for row in rows])
            assert connection.exec_driver_sql("SELECT applying FROM capture_state").all() == [(0,)]
    assert shapes[0] == shapes[1], REMEDY


def test_the_program_knows_the_revisions_of_the_folder() -> None:
    found = ScriptDirectory(str(migrate.FOLDER)).walk_revisions()
    assert tuple(reversed([script.revision for script in found])) == migrate.REVISIONS


def test_nothing_is_done_twice(plain: Engine) -> None:
    migrate.upgrade(plain)
    with plain.connect() as connection:
        before = connection.exec_driver_sql("PRAGMA schema_version").scalar()
    migrate.upgrade(plain)
    with plain.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA schema_version").scalar() == before


def test_a_newer_store_is_refused_even_when_it_became_newer_just_now(plain: Engine) -> None:
    migrate.upgrade(plain)
    with plain.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9042'"))
    with pytest.raises(NewerVersion):
        migrate.upgrade(plain)


def test_a_store_that_lost_its_tables_is_damaged(home: Path) -> None:
    db, _ = stores.make(home)
    key, path = db.file_key, connect.path_in(home)
    with db.write(Author("lan")) as session:
        session.execute(text("DELETE FROM alembic_version"))
    db.close()
    assert migrate.revision_of(path, key) is None
    with pytest.raises(StoreDamaged):
        migrate.behind(path, key)
    db = connect.connect(path, key)
    db.execute("DROP TABLE alembic_version")
    db.close()
    with pytest.raises(StoreDamaged):
        database.open_store(home, "lan", stores.LAN.password)


# ---------------------------------------------------------------- a later release


def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "pass") -> None:
    """The same program one release on: one more revision in the folder."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder)
    step = STEP.format(more=more, revision=LATER, before=NOW)
    (folder / "versions" / f"{LATER}_nickname.py").write_text(step)
    monkeypatch.setattr(migrate, "FOLDER", folder)
    monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, LATER))
    monkeypatch.setattr(migrate, "HEAD", LATER)


def test_a_migration_backs_up_first_and_keeps_everything(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, _ = stores.make(home)
    stores.add_person(db, "Nguyễn Thị Bảy")
    db.close()
    next_release(tmp_path, monkeypatch)
    again = database.open_store(home, "lan", stores.LAN.password)
    with again.read() as session:
        assert session.scalar(text("SELECT nickname FROM person")) == "Nguyễn Thị Bảy"
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == LATER
    again.close()
    ((_, header),) = container.listed(home / "backups")
    assert (header.revision, header.persons) == (NOW, 1)
    database.open_store(home, "lan", stores.LAN.password).close()
    assert len(container.listed(home / "backups")) == 1


def test_a_migration_that_fails_in_the_middle_leaves_the_store_as_it_was(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, _ = stores.make(home)
    stores.add_person(db, "Nguyễn Thị Bảy")
    db.close()
    with monkeypatch.context() as release:
        next_release(tmp_path, release, 'op.execute("UPDATE nothing SET a = 1")')
        with pytest.raises(OperationalError):
            database.open_store(home, "lan", stores.LAN.password)
    db = database.open_store(home, "lan", stores.LAN.password)
    assert stores.names(db) == ["Nguyễn Thị Bảy"]
    with db.read() as session:
        columns = session.scalars(text("SELECT name FROM pragma_table_info('person')")).all()
    assert "nickname" not in columns


# ---------------------------------------------------------------- kept samples


def kept() -> list[Path]:
    """One folder for each released revision: store, key file and what it must hold."""
    return sorted(path.parent for path in SAMPLES.glob("*/holds.json"))


def test_every_released_revision_has_a_kept_store() -> None:
    assert tuple(folder.name for folder in kept()) == migrate.REVISIONS


@pytest.mark.parametrize("folder", kept(), ids=lambda folder: folder.name)
def test_a_kept_store_opens_and_holds_what_it_held(folder: Path, home: Path) -> None:
    shutil.copytree(folder, home)
    holds = json.loads((folder / "holds.json").read_text(encoding="utf-8"))
    db = database.open_store(home, "lan", holds["password"])
    assert db.check() == ()
    assert stores.names(db) == holds["names"]
    with db.read() as session:
        for table, count in holds["rows"].items():
            assert session.scalar(text(f'SELECT count(*) FROM "{table}"')) == count
        found = "SELECT count(*) FROM person_search WHERE person_search MATCH :word"
        assert session.scalar(text(found), {"word": holds["word"]}) == holds["found"]
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == migrate.HEAD
    assert db.keys.restricted is not None
    assert db.keys.restricted.open(holds["sealed"]) == holds["restricted"]
    stores.add_person(db, "Người mới")
    db.close()
    recovered = database.open_with_recovery(home, holds["recovery_code"])
    assert "Người mới" in stores.names(recovered)
    recovered.close()
