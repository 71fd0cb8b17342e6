"""A stick carries what no line carries: written, carried on, answered, read; each change once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data import keyring
from data.database import Author
from data.records.change import Change
from data.records.sync import Conflict, SyncState
from sync import client, package_enrol, package_read, package_write
from sync.errors import EnrolRefused, NotEnrolled, Unreachable
from sync.server import package_files
from tests.sync.parts import PASSWORD, Central, Pc, dump, free_port, pc

Deliver = Callable[[Path], None]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick with other things on it, which nobody of ours opens."""
    made = tmp_path / "usb"
    made.mkdir()
    (made / "bao cao.docx").write_bytes(b"PK")
    return made


@pytest.fixture
def far(tmp_path: Path, server: Central) -> Iterator[Pc]:
    """A PC of the office whose line is dead: nothing listens where it looks for the server."""
    with pc(tmp_path / "far") as one:
        one.enrol(server)
        no_line(one)
        yield one


@pytest.fixture
def near(tmp_path: Path, server: Central) -> Iterator[Pc]:
    """A PC of another office, with a line."""
    with pc(tmp_path / "near") as one:
        one.enrol(server, server.code(f"{server.office} bên cạnh"))
        yield one


def no_line(one: Pc) -> None:
    """From now on nothing listens where this PC looks for the server."""
    line_to(one, f"http://127.0.0.1:{free_port()}")


def line_to(one: Pc, url: str) -> None:
    """Where this PC looks for the server from now on."""
    with one.db.write(Author("lan")) as session:
        session.get_one(SyncState, 1).url = url


def by_carrier(near: Pc, stick: Path) -> package_read.Reading:
    return package_read.read(near.db, [stick])


def by_keeper(server: Central, stick: Path) -> package_files.Done:
    return package_files.read(server.folder, [stick])


@pytest.mark.parametrize("way", ["carrier", "keeper"])
def test_records_turn_green_by_a_stick(
    way: str, tmp_path: Path, server: Central, far: Pc, near: Pc, stick: Path
) -> None:
    with pc(tmp_path / "b") as colleague:
        colleague.enrol(server)
        theirs = colleague.enter("Đinh Văn Briu")
        colleague.sync()
        far.enter_many(600)
        with pytest.raises(Unreachable):
            far.sync()
        written = package_write.write(far.db, stick, part_bytes=4 * 1024)
        assert len(written.files) > 1 and written.changes == written.pending
        assert client.status(far.db).state == "offline"
        if way == "carrier":
            read = by_carrier(near, stick)
            assert [one.taken for one in read.carried] == [True] and not read.problems
            assert read.carried[0].changes == written.changes
        else:
            kept = by_keeper(server, stick)
            assert (kept.packages, kept.changes, kept.problems) == (1, written.changes, [])
        read = package_read.read(far.db, [stick])
        assert (read.acknowledged, read.pending, read.problems) == (written.changes, 0, ())
        assert read.pulled > 0 and far.see(theirs, "name") == "Đinh Văn Briu"
        assert client.status(far.db).state == "up_to_date"
        colleague.sync()
        assert dump(far.db) == dump(colleague.db)
        assert [path.name for path in stick.iterdir()] == ["bao cao.docx"]


def test_a_pc_that_never_had_a_line_is_let_in_by_stick(
    tmp_path: Path, server: Central, near: Pc, stick: Path
) -> None:
    with pc(tmp_path / "new") as new:
        new.enter()
        with pytest.raises(NotEnrolled):
            package_write.write(new.db, stick)
        code = server.code()
        package_enrol.ask(new.db, stick, f"http://127.0.0.1:{free_port()}", code)
        lies = b"".join(path.read_bytes() for path in stick.iterdir())
        assert code.replace("-", "").encode() not in lies
        assert by_carrier(near, stick).problems == ()
        assert package_read.read(new.db, [stick]).office == server.office
        package_write.write(new.db, stick)
        assert by_keeper(server, stick).problems == []
        read = package_read.read(new.db, [stick])
        assert read.acknowledged > 0 and read.pending == 0
        assert client.status(new.db).state == "up_to_date"


def test_an_enrolment_under_way_outlives_a_colleague_who_leaves(
    tmp_path: Path, server: Central, stick: Path
) -> None:
    """The store's keys change between the question and the answer."""
    with pc(tmp_path / "new") as new, pc(tmp_path / "other") as other:
        keyring.add_slot(new.db, "minh", PASSWORD, restricted=False)
        package_enrol.ask(new.db, stick, server.url, server.code())
        new.db.rotate("minh")
        assert by_keeper(server, stick).enrolled == 1
        closed = package_read.read(other.db, [stick])
        told = [one.code for one in closed.problems if one.code != "usb_carry_not_enrolled"]
        assert (told, closed.office) == (["usb_enrol_not_opened"], "")
        read = package_read.read(new.db, [stick])
        assert (read.office, read.problems) == (server.office, ())
        assert [path.name for path in stick.iterdir()] == ["bao cao.docx"]


def test_a_wrong_code_is_told_where_the_stick_is_and_changes_nothing(
    tmp_path: Path, server: Central, near: Pc, stick: Path
) -> None:
    with pc(tmp_path / "new") as new:
        wrong = "0000-0000-000" + server.code().replace("-", "")[-5:]
        package_enrol.ask(new.db, stick, server.url, wrong)
        assert [one.code for one in by_carrier(near, stick).problems] == ["usb_enrol_not_taken"]
        assert by_keeper(server, stick).problems[0].facts["reason"] == "code_unknown"
        assert package_read.read(new.db, [stick]).office == ""
        with pytest.raises(EnrolRefused):
            package_enrol.ask(new.db, stick, server.url, "SAIMA")


def test_delivered_twice_late_and_beside_the_line_each_change_counts_once(
    tmp_path: Path, server: Central, far: Pc, near: Pc, stick: Path
) -> None:
    who = far.enter()
    first, second = tmp_path / "first", tmp_path / "second"
    for place in (first, second):
        place.mkdir()
    package_write.write(far.db, first)
    far.edit(who, phone="0905000001")
    package_write.write(far.db, second)
    changes = far.count(Change)
    assert by_carrier(near, second).problems == ()
    assert by_keeper(server, second).problems == []
    assert by_carrier(near, first).problems == ()
    assert package_read.read(far.db, [first]).acknowledged == changes  # answered for all so far
    far.edit(who, note="gõ sau khi ghi USB")
    line_to(far, server.url)
    far.sync()
    again = package_read.read(far.db, [second])
    assert (again.acknowledged, again.pulled, again.problems) == (0, 0, ())
    before = server.stats()["changes"]
    by_keeper(server, second)
    assert server.stats()["changes"] == before
    assert far.verdicts() == {"accepted": changes + 1} and far.count(Conflict) == 0


def test_the_server_answers_again_what_came_since(
    tmp_path: Path, server: Central, far: Pc, stick: Path
) -> None:
    far.enter()
    package_write.write(far.db, stick)
    by_keeper(server, stick)
    with pc(tmp_path / "b") as colleague:
        colleague.enrol(server)
        late = colleague.enter("Lê Thị Sau")
        colleague.sync()
    other = tmp_path / "another stick"
    other.mkdir()
    shutil.rmtree(stick)
    assert package_files.answer(server.folder, other).problems == []
    package_read.read(far.db, [other])
    assert far.see(late, "name") == "Lê Thị Sau"
