"""The office's backups: made, remembered, tried out, restored, and the night the PC burned."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app import wording, workspace
from app.actions import backup, housekeeping, person, user
from app.errors import Refused
from app.values.user import UserDraft
from data import container, errors
from data.errors import StoreBusy, WrongPassword
from tests import desk
from tests.desk import PASSWORD, Desk, typed


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


@pytest.fixture
def stick() -> Iterator[Path]:
    """A folder on another disk than the home, as a stick is: memory that looks like a disk."""
    folder = Path(tempfile.mkdtemp(prefix="stick-", dir="/dev/shm"))
    yield folder
    shutil.rmtree(folder)


def acknowledge(office: Desk, person_id: str, verdict: str = "accepted") -> None:
    """What the signed answer of the server leaves behind in the outbox."""
    with office.lan.db.write(office.lan.author("sync:server")) as session:
        session.execute(
            text("UPDATE change SET verdict = :verdict WHERE row_id = :id"),
            {"verdict": verdict, "id": person_id},
        )


def redate(file: Path, made_at: str) -> None:
    """As if the PC's clock had said another time when the backup was made."""
    said = replace(container.read_header(file), made_at=made_at)
    raw = file.read_bytes()
    start = len(raw) - said.keys_bytes - said.store_bytes
    words = json.dumps(asdict(said), sort_keys=True).encode("ascii")
    head = container.MAGIC + len(words).to_bytes(container.LENGTH_BYTES, "big") + words
    file.write_bytes(head + hashlib.sha256(words).digest() + raw[start:])


def test_a_backup_is_made_remembered_and_not_due_again_today(office: Desk, stick: Path) -> None:
    assert backup.latest(office.minh) is None
    assert backup.due(office.minh)
    person.save(office.minh, typed())
    made = backup.backup_now(office.minh, stick)
    assert (made.path.parent, made.persons, made.other_disk) == (stick, 1, True)
    assert made.bytes == made.path.stat().st_size
    assert backup.latest(office.lan) == made
    assert not backup.due(office.lan)
    own = backup.backup_now(office.minh)
    assert own.path.parent == office.home / "backups"
    assert not own.other_disk
    assert backup.latest(office.lan) == own
    assert backup.places(office.lan) == (stick,)


def test_a_backup_of_yesterday_is_due(office: Desk) -> None:
    backup.backup_now(office.lan)
    tomorrow = office.lan.clock() + timedelta(days=1)
    later = workspace.Workspace(
        office.lan.db, office.home, office.lan.office, office.lan.user, lambda: tomorrow
    )
    assert backup.due(later)


def test_who_only_reads_makes_no_backup(office: Desk) -> None:
    user.add(office.lan, UserDraft("tra", "viewer", "Đỗ Trà", password="Xem-thoi-2026"))
    tra = workspace.attach(office.lan.db, "tra")
    for refused in (backup.backup_now, backup.burned_report):
        with pytest.raises(Refused) as told:
            refused(tra)
        assert told.value.problems[0].code == "not_allowed"
    assert list((office.home / "backups").glob("*.sasbk")) == []


def test_a_drill_says_what_the_backup_would_bring_back(office: Desk, stick: Path) -> None:
    for name in ("Nguyễn Thị Hường", "Lê Văn Tám"):
        person.save(office.minh, typed(name=name))
    made = backup.backup_now(office.lan, stick)
    person.save(office.minh, typed(name="Sau bản sao"))
    report = backup.drill(office.lan, made.path, PASSWORD)
    assert report.ok
    assert (report.persons, report.persons_now, report.at) == (2, 3, made.at)
    assert report.took_s < 20
    with pytest.raises(WrongPassword):
        backup.drill(office.lan, made.path, "không nhớ")
    assert list((office.home / "tmp").iterdir()) == []


def test_a_look_at_the_whole_store_says_that_all_is_well(office: Desk) -> None:
    person.save(office.minh, typed())
    found = backup.check(office.minh)
    assert found.ok
    assert found.problems == ()


def test_the_office_works_on_from_a_restored_backup(office: Desk, stick: Path) -> None:
    kept = person.save(office.minh, typed()).id
    made = backup.backup_now(office.lan, stick)
    person.save(office.minh, typed(name="Sau bản sao"))
    with pytest.raises(StoreBusy):
        backup.restore(made.path, office.home, PASSWORD)
    office.close()
    done = backup.restore(made.path, office.home, PASSWORD, "minh")
    assert (done.login, done.persons, done.at) == ("minh", 1, made.at)
    assert done.aside is not None
    ws = workspace.open(office.home, "hoa", PASSWORD)
    assert person.page(ws, kept).card.name == "Nguyễn Thị Hường"
    again = person.save(workspace.attach(ws.db, "minh"), typed(name="Tiếp tục"))
    assert person.page(ws, again.id).card.name == "Tiếp tục"
    ws.db.close()


# ---------------------------------------------------------------- the night the PC burned


def test_without_backup_and_server_everything_is_typed_again(office: Desk) -> None:
    person.save(office.minh, typed())
    own = backup.backup_now(office.lan)
    report = backup.burned_report(office.lan)
    assert report.backup is None
    assert report.backup_here == own
    assert not report.enrolled
    assert (report.server_changes, report.server_records) == (0, 0)
    assert "Nguyễn Thị Hường" in [line.name for line in report.paper]
    assert report.persons_now == 1


def test_work_done_while_the_clock_was_years_behind_is_not_taken_as_saved(
    office: Desk, stick: Path
) -> None:
    before = person.save(office.minh, typed(name="Trước bản sao")).id
    backup.backup_now(office.lan, stick)
    after = person.save(office.minh, typed(name="Sau bản sao")).id
    with office.lan.db.write(office.lan.author()) as session:
        session.execute(
            text("UPDATE change SET at = '2016-01-01T00:00:00.000Z' WHERE row_id = :id"),
            {"id": after},
        )
    named = [line.person_id for line in backup.burned_report(office.lan).paper]
    assert after in named and before not in named


def test_backups_of_a_clock_that_ran_ahead_do_not_push_out_the_one_of_today(office: Desk) -> None:
    for day in range(30):
        ahead = backup.backup_now(office.lan).path
        redate(ahead, f"2036-{day % 12 + 1:02d}-{day + 1:02d}T08:00:00.000Z")
    made = backup.backup_now(office.lan)
    assert made.path.is_file()
    assert not backup.due(office.lan)


def test_each_piece_of_work_returns_from_exactly_one_place(office: Desk, stick: Path) -> None:
    in_backup = person.save(office.minh, typed(name="Có trong bản sao")).id
    made = backup.backup_now(office.lan, stick)
    on_server = person.save(office.minh, typed(name="Đã gửi đi")).id
    acknowledge(office, on_server)
    refused = person.save(office.minh, typed(name="Ấn Bị Từ Chối")).id
    acknowledge(office, refused, "rejected")
    draft = typed(name="Từ Danh Sách")
    listed = person.save(
        office.minh,
        type(draft)(draft.id, draft.fields, source="import:Cát Hanh: đợt 1.xlsx:Sheet1:7"),
    ).id
    unsent = person.save(office.minh, typed(name="Bùi Chưa Gửi", hamlet="thôn Vĩnh Trường")).id
    edit = type(draft)(in_backup, {"hamlet": "thôn Hội Phú"})
    person.save(office.minh, edit)

    report = backup.burned_report(office.lan)
    assert report.backup == made
    assert report.backup_here is None
    assert report.server_records == 1
    assert [(line.file, line.changes) for line in report.lists] == [("Cát Hanh: đợt 1.xlsx", 1)]
    assert [line.person_id for line in report.paper] == [refused, unsent, in_backup]
    assert [line.name for line in report.paper] == [
        "Ấn Bị Từ Chối",
        "Bùi Chưa Gửi",
        "Có trong bản sao",
    ]
    by_id = {line.person_id: line for line in report.paper}
    assert by_id[unsent].commune == desk.CAT_HANH
    assert by_id[unsent].logins == ("minh",)
    assert by_id[unsent].first_at <= by_id[unsent].last_at
    assert listed not in by_id
    assert on_server not in by_id

    backup.backup_now(office.lan, stick)
    after = backup.burned_report(office.lan)
    assert (after.paper, after.lists, after.server_changes, after.files) == ((), (), 0, 0)


# ---------------------------------------------------------------- words


def test_every_trouble_of_the_store_has_its_sentence_in_both_languages() -> None:
    kinds = [one for one in vars(errors).values() if isinstance(one, type)]
    codes = {kind.default_code for kind in kinds if issubclass(kind, errors.DataError)}
    facts = {"home": "D:\\So", "file": "store.db", "found": "9", "login": "lan"}
    for code in codes:
        for lang in ("vi", "en"):
            sentence = wording.say(code, facts, lang)
            assert "{" not in sentence
            assert "mã " + code not in sentence
            assert len(sentence) > 15


def opens(file: Path, login: str, folder: Path) -> bool:
    try:
        restored = backup.restore(file, folder, PASSWORD, login)
    except WrongPassword:
        return False
    return restored.login == login


def test_who_left_opens_no_backup_and_no_set_aside_store_within_reach(
    office: Desk, stick: Path, tmp_path: Path
) -> None:
    made = [backup.backup_now(office.lan, place).path for place in (None, stick)]
    aside = office.home / "aside-20260101-080000"
    aside.mkdir()
    for name in ("store.db", "store.keys"):
        shutil.copy(office.home / name, aside / name)
    assert user.deactivate(office.lan, "minh") == ()
    for number, file in enumerate(made):
        assert not opens(file, "minh", tmp_path / f"minh-{number}")
        assert opens(file, "hoa", tmp_path / f"hoa-{number}")
    with pytest.raises(WrongPassword):
        workspace.open(aside, "minh", PASSWORD)
    workspace.open(aside, "hoa", PASSWORD).db.close()


def test_a_stick_in_a_drawer_is_named_and_closed_when_it_comes_back(
    office: Desk, stick: Path, tmp_path: Path
) -> None:
    file = backup.backup_now(office.lan, stick).path
    drawer = stick.with_name(stick.name + "-drawer")
    stick.rename(drawer)
    assert user.deactivate(office.lan, "minh") == (file,)
    (told,) = user.to_fetch("minh", (file,))
    assert str(stick) in told
    drawer.rename(stick)
    assert opens(file, "minh", tmp_path / "before")
    backup.backup_now(office.hoa, stick)
    assert not opens(file, "minh", tmp_path / "after")


def test_a_backup_that_this_admin_has_no_slot_in_is_named(office: Desk) -> None:
    file = backup.backup_now(office.lan).path
    user.add(office.lan, UserDraft("ba", "admin", password=PASSWORD))
    ba = workspace.open(office.home, "ba", PASSWORD)
    assert user.deactivate(ba, "minh") == (file,)
    ba.db.close()
    assert housekeeping.after_sign_in(office.lan).locked_out == ()
    assert user.deactivate(office.lan, "hoa") == ()


def test_no_backup_pairs_the_store_with_the_keys_of_another_day(office: Desk) -> None:
    old = office.lan.db.file_key
    office.lan.db.rotate("minh")
    with office.lan.db.copying() as connection, pytest.raises(errors.KeysChanged):
        container.write(
            connection.connection.dbapi_connection, office.home, old, office.home / "backups"
        )
    assert list((office.home / "backups").glob("*.sasbk")) == []


def test_a_viewer_replaces_no_store_by_a_backup(office: Desk, tmp_path: Path) -> None:
    user.add(office.lan, UserDraft("xem", "viewer", password=PASSWORD))
    file = backup.backup_now(office.lan).path
    office.close()
    with pytest.raises(Refused) as told:
        backup.restore(file, office.home, PASSWORD, "xem")
    assert told.value.problems[0].code == "not_allowed"
    assert not list(office.home.glob("aside-*")) and not list((office.home / "tmp").iterdir())
    assert opens(file, "xem", tmp_path / "new PC")
    assert backup.restore(file, office.home, PASSWORD, "minh").aside is not None
