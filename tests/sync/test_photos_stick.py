"""Photos and scans by stick: up and down in FAT-safe files, as many as there is room for."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sync import client, package_carry, package_photos, package_read, package_write
from sync.package_look import Piece
from sync.server import package_files
from tests.sync.parts import Central, Pc, pc
from tests.sync.scans import KB, here, noise, on_server, scan
from tests.sync.test_package import by_carrier, far, near, stick

__all__ = ["far", "near", "stick"]

PICTURE = noise(1, 200 * KB)


@pytest.fixture
def colleague(tmp_path: Path, server: Central) -> Iterator[Pc]:
    """Another PC of the office, with a line."""
    with pc(tmp_path / "colleague") as one:
        one.enrol(server)
        yield one


def test_originals_go_and_come_by_stick_in_parts_of_any_order(
    server: Central, far: Pc, near: Pc, colleague: Pc, stick: Path
) -> None:
    theirs = scan(colleague, colleague.enter("Đinh Văn Briu"), noise(2, 90 * KB))
    client.run_round(colleague.db, choice="all")
    ours = scan(far, far.enter(), PICTURE)
    written = package_write.write(far.db, stick, part_bytes=64 * KB)
    assert (written.photos, written.photos_left) == (2, 0) and len(written.files) > 2
    lies = b"".join(path.read_bytes() for path in stick.iterdir())
    assert PICTURE[:64] not in lies
    last = stick / written.files[-1]
    whole = last.read_bytes()
    last.write_bytes(whole[: len(whole) // 2])  # the stick was pulled out of the copy
    told = by_carrier(near, stick)
    assert {one.code for one in told.problems} == {"usb_cut"}
    read = package_read.read(far.db, [stick])
    assert read.pending == 0 and here(far, theirs)[0] == noise(2, 90 * KB)
    assert (read.photos, read.photos_sent) == (2, 1)
    assert set(on_server(server).values()) >= {90 * KB, 6 * KB}

    last.unlink()  # as the message says: nothing in it is whole, so no PC can tell whose it is
    package_write.write(far.db, stick)
    assert package_files.read(server.folder, [stick]).problems == []
    again = package_read.read(far.db, [stick])
    assert (again.photos, again.photos_sent, again.problems) == (0, 1, ())
    client.run_round(colleague.db, choice="all")
    assert here(colleague, ours)[0] == PICTURE
    assert package_write.write(far.db, stick).photos == 0


def test_a_small_stick_takes_the_records_and_as_many_photos_as_fit(far: Pc, stick: Path) -> None:
    for number in range(3):
        scan(far, far.enter(f"Người {number}"), noise(number, (40 + number) * KB))
    room = package_photos.ROOM_LEFT_BYTES + 110 * KB
    chosen = package_photos.chosen(far.db, room)
    assert [size for _digest, size in chosen.lines] == [6 * KB] * 3 + [40 * KB, 41 * KB]
    assert chosen.left == 1 and package_photos.chosen(far.db, 0).lines == ()
    assert shutil.disk_usage(stick).free > room
    assert package_write.write(far.db, stick).photos == 6


@pytest.mark.timeout(60)
def test_a_line_that_cuts_long_requests_short_gets_the_photos_there_in_smaller_ones(
    server: Central, far: Pc, near: Pc, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan(far, far.enter("Đinh Văn Briu"), PICTURE)
    package_write.write(far.db, stick)
    whole, cuts = package_carry._bytes_of, list[bool]()

    def cut_short(pieces: Sequence[Piece]) -> Iterator[bytes]:
        content = b"".join(whole(pieces))
        long = len(pieces) > 1 and pieces[-1].kind == "part"
        cuts.append(long)
        yield content[:-9] if long else content

    monkeypatch.setattr(package_carry, "_bytes_of", cut_short)
    monkeypatch.setattr(package_carry, "PAUSE_S", (0.0,))
    read = package_read.read(near.db, [stick])
    assert not read.problems and any(cuts)
    assert on_server(server)[hashlib.sha256(PICTURE).hexdigest()] == len(PICTURE)
