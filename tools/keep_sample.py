"""Keeps a small store of the present revision for the migration tests: run before a release."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from data import database, migrate  # noqa: E402 - the checkout itself, wherever it is called from
from data.base import new_id  # noqa: E402
from data.database import Author  # noqa: E402
from data.keyring import NewUser  # noqa: E402
from data.records.need import Need  # noqa: E402
from data.records.person import Person  # noqa: E402

SAMPLES = ROOT / "tests" / "data" / "samples"
PASSWORD = "Mẫu-2026-lưu-lại"
SECRET = "ghi chép mật, giả lập"
NAMES = ["Bùi Thị Ngọc Ánh (GIẢ LẬP)", "H'Lơi Niê (GIẢ LẬP)", "Đặng Văn Hoà (GIẢ LẬP)"]
TABLES = ("person", "need", "history", "change", "dirty")


def keep() -> Path:
    """Make the store, fill it through the ordinary door, and put it among the samples."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        db, code = database.create(home, NewUser("lan", PASSWORD))
        box = db.keys.restricted
        assert box is not None
        sealed = box.seal(SECRET)
        _fill(db, sealed)
        holds = _holds(db) | {"recovery_code": code, "sealed": sealed, "restricted": SECRET}
        db.close()
        target = SAMPLES / migrate.HEAD
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for name in ("store.db", "store.keys"):
            shutil.copy(home / name, target / name)
        written = json.dumps(holds, ensure_ascii=False, indent=1, sort_keys=True)
        (target / "holds.json").write_text(written + "\n", encoding="utf-8")
    return target


def _fill(db: database.Database, sealed: str) -> None:
    office = new_id()
    with db.write(Author("lan", "import:mẫu.xlsx:Sheet1:2")) as session:
        for name in NAMES:
            person = Person(name=name, commune="63:21871", office_id=office, violence_note=sealed)
            session.add(person)
            session.flush()
            session.add(Need(person_id=person.id, office_id=office))
    with db.write(Author("lan")) as session:
        for person in session.query(Person):
            person.hamlet = "thôn Vĩnh Trường"


def _holds(db: database.Database) -> dict[str, object]:
    from sqlalchemy import text

    with db.read() as session:
        rows = {table: session.scalar(text(f"SELECT count(*) FROM {table}")) for table in TABLES}
        names = sorted(person.name for person in session.query(Person))
    return {"password": PASSWORD, "names": names, "rows": rows, "word": "hoa", "found": 1}


if __name__ == "__main__":
    print(keep())
