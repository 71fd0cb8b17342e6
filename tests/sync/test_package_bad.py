"""Sticks as they really come back: cut, mixed up, forged, full, pulled out; nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from data.database import Author
from data.errors import DataError
from data.records.change import Change
from sync import (
    client,
    epochs,
    frames,
    keys,
    package,
    package_read,
    package_stick,
    package_write,
    protocol,
    sealing,
    state,
    transport,
)
from sync.errors import Fenced, Revoked
from sync.package_stick import StickTrouble
from sync.server import console, package_files, store
from tests.sync.parts import Central, Pc, pc
from tests.sync.test_package import near, no_line, stick

__all__ = ["near", "stick"]


@pytest.fixture
def far(tmp_path: Path, server: Central, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pc]:
    """A PC without a line, with people to send in several files."""
    monkeypatch.setattr(sealing, "CHANGES_FAST", 60)
    with pc(tmp_path / "far") as one:
        one.enrol(server)
        no_line(one)
        one.enter_many(120)
        yield one


def written(far: Pc, stick: Path) -> list[Path]:
    package_write.write(far.db, stick, part_bytes=4 * 1024)
    parts = sorted(stick.glob("SAG*"))
    assert len(parts) >= 3
    return parts


def codes(problems: object) -> list[str]:
    return [one.code for one in problems]  # type: ignore[attr-defined]


def all_green(far: Pc, server: Central, stick: Path) -> None:
    """A new envelope heals whatever became of the old one."""
    for file in stick.glob("SA*"):
        file.unlink()
    package_write.write(far.db, stick)
    assert package_files.read(server.folder, [stick]).problems == []
    assert package_read.read(far.db, [stick]).pending == 0
    assert server.stats()["changes"] >= far.count(Change)
    assert client.status(far.db).state == "up_to_date"


def test_a_missing_part_is_named_and_the_parts_before_it_count(
    server: Central, far: Pc, near: Pc, stick: Path
) -> None:
    parts = written(far, stick)
    parts[1].unlink()
    read = package_read.read(near.db, [stick])
    assert [(one.code, one.facts["file"]) for one in read.problems] == [
        ("usb_part_missing", parts[1].name)
    ]
    assert [one.taken for one in read.carried] == [False]
    some = package_read.read(far.db, [stick])
    assert 0 < some.acknowledged < some.acknowledged + some.pending
    all_green(far, server, stick)


def test_a_cut_part_is_named_and_what_is_whole_in_it_counts(
    server: Central, far: Pc, near: Pc, stick: Path
) -> None:
    parts = written(far, stick)
    parts[-1].write_bytes(parts[-1].read_bytes()[:-40])
    told = package_files.read(server.folder, [stick])
    assert set(codes(told.problems)) == {"usb_cut"}
    assert {one.facts["file"] for one in told.problems} == {parts[-1].name}
    package_read.read(far.db, [stick])
    all_green(far, server, stick)


def test_copies_in_any_order_are_one_envelope(
    server: Central, far: Pc, near: Pc, stick: Path, tmp_path: Path
) -> None:
    parts = written(far, stick)
    again = tmp_path / "again"
    shutil.copytree(stick, again)
    shutil.copy(parts[0], stick / f"{parts[0].stem} - Copy.001")
    mixed = [again / parts[2].name, *reversed(parts), again / parts[0].name]
    assert package_read.read(near.db, mixed).problems == ()
    assert package_read.read(far.db, [stick]).pending == 0
    assert server.stats()["changes"] >= far.count(Change)


def test_a_renamed_part_and_two_versions_of_one_are_told(
    server: Central, far: Pc, near: Pc, stick: Path, tmp_path: Path
) -> None:
    parts = written(far, stick)
    shutil.copy(parts[0], stick / "SAG00000.001")
    read = package_read.read(near.db, [stick])
    assert [(one.code, one.facts["file"]) for one in read.problems] == [
        ("usb_renamed", "SAG00000.001")
    ]
    (stick / "SAG00000.001").unlink()
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / parts[1].name
    other.write_bytes(parts[1].read_bytes().replace(b'"at":"20', b'"at":"19'))
    told = package_files.read(server.folder, [stick, other])
    assert codes(told.problems) == ["usb_two_versions"]
    all_green(far, server, stick)


def test_what_is_not_ours_is_never_opened(
    server: Central, far: Pc, near: Pc, stick: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"VSP1" + b"x" * 100)
    (stick / "SAGAAAAA.001").symlink_to(secret)
    (stick / "SAGBBBBB.001").mkdir()
    os.mkfifo(stick / "SAGCCCCC.001")
    (stick / "autorun.inf").write_bytes(b"VSP1")
    inner = stick / "SAGDDDDD"
    inner.mkdir()
    (inner / "SAGDDDDD.001").write_bytes(b"VSP1")
    assert package_read.read(near.db, [stick]).problems == ()
    told = package_read.read(near.db, [stick / "SAGAAAAA.001", stick / "autorun.inf"])
    assert sorted(codes(told.problems)) == ["usb_not_a_file", "usb_not_our_file"]
    assert secret.exists() and inner.exists()


def test_huge_counts_and_bombs_cost_no_memory(server: Central, far: Pc, stick: Path) -> None:
    giant = stick / "SAGEEEEE.001"
    with giant.open("wb") as out:
        out.truncate(3 * 1024 * 1024 * 1024)
    told = json.dumps({"body_len": 2**53}).encode()
    (stick / "SAGFFFFF.001").write_bytes(b"VSP1" + struct.pack(">I", len(told)) + told + b"z" * 9)
    (stick / "SAGGGGGG.001").write_bytes(b"VSP1\xff\xff\xff\xff" + b"z" * 900)
    (stick / "SATHHHHH.001").write_bytes(b"VSA1\x00\x00\x00\x02{}" + b"z" * 900)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read = package_read.read(far.db, [stick])
    assert codes(read.problems) == [
        "usb_too_large", "usb_not_our_file", "usb_not_our_file", "usb_not_our_file",
    ]  # fmt: skip
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024
    giant.unlink()
    all_green(far, server, stick)


def test_a_forged_envelope_gets_no_answer_in_the_name_of_a_pc(
    server: Central, far: Pc, near: Pc, stick: Path
) -> None:
    parts = written(far, stick)
    thief = keys.new_pair()
    frame = next(package_stick.frames_of(package_stick.named(parts[0])[0]))
    for part in parts[1:]:
        part.unlink()
    parts[0].write_bytes(frame.signed + thief.sign(frame.signed))
    told = package_files.read(server.folder, [stick])
    assert ("usb_not_taken", "bad_signature") in [
        (one.code, one.facts.get("reason")) for one in told.problems
    ]
    read = package_read.read(near.db, [stick])
    assert "usb_not_taken" in codes(read.problems)
    assert not list(stick.glob("SAT*"))
    all_green(far, server, stick)


def test_an_answer_counts_only_with_the_servers_signature(
    server: Central, far: Pc, stick: Path
) -> None:
    written(far, stick)
    package_files.read(server.folder, [stick])
    (answer,) = stick.glob("SAT*")
    honest = answer.read_bytes()
    file = package_stick.named(answer)[0]
    first = next(package_stick.frames_of(file))
    answer.write_bytes(first.signed + keys.new_pair().sign(first.signed))
    read = package_read.read(far.db, [stick])
    assert (codes(read.problems), read.acknowledged) == (["usb_not_from_server"], 0)
    assert client.status(far.db).state != "up_to_date"
    pages = b"".join(one.whole() for one in list(_frames(honest))[1:])
    answer.write_bytes(pages)
    read = package_read.read(far.db, [stick])
    assert codes(read.problems) == ["usb_part_missing"] and read.pending > 0
    assert client.status(far.db).state != "up_to_date"
    answer.write_bytes(first.whole())
    read = package_read.read(far.db, [stick])
    assert codes(read.problems) == ["usb_part_missing"] and read.pending == 0
    answer.write_bytes(honest)
    assert package_read.read(far.db, [stick]).problems == ()
    assert client.status(far.db).state == "up_to_date"


def _frames(content: bytes) -> list[frames.Frame]:
    return list(frames.FrameReader(frames.MAGIC_ANSWER, 2**24).feed(content))


def test_the_envelope_of_another_server_is_left_alone(
    own_server: Central, far: Pc, stick: Path, tmp_path: Path
) -> None:
    parts = written(far, stick)
    told = package_files.read(own_server.folder, [stick])
    assert [(one.code, one.facts["file"]) for one in told.problems] == [
        ("usb_of_another_server", parts[0].name)
    ]
    with pc(tmp_path / "foreign") as foreign:
        foreign.enrol(own_server)
        assert codes(package_read.read(foreign.db, [stick]).problems) == ["usb_of_another_server"]
    assert sorted(stick.glob("SA*")) == parts and own_server.stats()["changes"] >= 0


@pytest.mark.parametrize(
    ("fails_at", "number", "code"),
    [
        (2, errno.ENOSPC, "usb_full"),
        (3, errno.EIO, "usb_lost"),
        (1, errno.EROFS, "usb_not_writable"),
    ],
)
def test_a_stick_that_fills_up_or_is_pulled_out_keeps_its_old_state(
    far: Pc, server: Central, stick: Path, monkeypatch: pytest.MonkeyPatch,
    fails_at: int, number: int, code: str,
) -> None:  # fmt: skip
    before = {path: path.read_bytes() for path in written(far, stick)}
    far.enter("Trần Xuân Quân")
    synced = os.fsync
    left = [fails_at]

    def fsync(handle: int) -> None:
        left[0] -= 1
        if not left[0]:
            raise OSError(number, os.strerror(number))
        synced(handle)

    writing = pytest.MonkeyPatch()
    writing.setattr(package_stick.os, "fsync", fsync)
    try:
        with pytest.raises(StickTrouble) as trouble:
            package_write.write(far.db, stick, part_bytes=4 * 1024)
    finally:
        writing.undo()
    assert trouble.value.code == code
    assert {path: path.read_bytes() for path in stick.glob("SA*")} == before
    all_green(far, server, stick)


def test_half_a_file_of_a_pulled_stick_is_cleared_and_a_strangers_is_not(
    far: Pc, stick: Path
) -> None:
    half, strange = stick / "SAGAAAAA.T01", stick / "SAGBBBBB.T01"
    half.write_bytes(b"VSP1 and then the power went")
    strange.write_bytes(b"somebody's own")
    package_write.write(far.db, stick)
    assert not half.exists() and strange.read_bytes() == b"somebody's own"


def test_a_revoked_pc_hears_it_from_the_stick(server: Central, far: Pc, stick: Path) -> None:
    written(far, stick)
    with server.opened() as opened, opened.write() as connection:
        device = json.loads(_header(stick))["device"]
        gone = update(store.device).where(store.device.c.id == device)
        connection.execute(gone.values(revoked_at="2026-11-24T00:00:00.000Z"))
    told = package_files.read(server.folder, [stick])
    assert [one.facts["reason"] for one in told.problems] == ["device_revoked"]
    read = package_read.read(far.db, [stick])
    assert codes(read.problems) == ["device_revoked"] and read.pending > 0
    assert client.status(far.db).error_code == "device_revoked"
    with pytest.raises(Fenced):
        package_write.write(far.db, stick)


def _header(stick: Path) -> bytes:
    first = sorted(stick.glob("SAG*"))[0]
    return next(package_stick.frames_of(package_stick.named(first)[0])).header


def test_a_line_that_takes_the_question_away_is_no_endless_errand(
    server: Central, far: Pc, near: Pc, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(far, stick)
    with monkeypatch.context() as stripped:
        post = transport.Wire.post
        short = lambda wire, path, *rest: post(wire, path.partition("?")[0], *rest)  # noqa: E731
        stripped.setattr(transport.Wire, "post", short)
        assert codes(package_read.read(near.db, [stick]).problems) == ["answer_to_another"]
    assert not list(stick.glob("SAR*"))
    assert not package_read.read(near.db, [stick]).problems
    assert package_read.read(far.db, [stick]).pending == 0


def test_names_fit_any_fat_and_follow_from_the_package() -> None:
    for part in (1, 40, package.PARTS_MAX):
        for name in (
            package.file_name(package.SENT, "a1", part),
            package.unfinished_name(package.SENT, "a1", part),
        ):
            stem, _, ending = name.partition(".")
            assert (len(stem), len(ending)) == (8, 3) and name.isascii() and name.isupper()
    assert protocol.sha256_hex(b"") and package.NAME.fullmatch("SAG7K2MP.001")


def test_a_stick_ends_no_fencing(server: Central, far: Pc, stick: Path) -> None:
    """A copy that was stopped stays stopped, whatever an answer from before says."""
    written(far, stick)
    assert package_files.read(server.folder, [stick]).problems == []
    with far.db.write(Author("lan")) as session:
        state.failed(session, "cloned", {}, 300)
    read = package_read.read(far.db, [stick])
    assert codes(read.problems) == ["cloned"] and read.acknowledged == 0
    assert (client.status(far.db).state, client.status(far.db).error_code) == (
        "attention",
        "cloned",
    )
    with pytest.raises(Fenced):
        package_write.write(far.db, stick)


def test_an_envelope_from_before_a_new_epoch_is_told_as_old(
    server: Central, far: Pc, stick: Path
) -> None:
    written(far, stick)
    with far.db.read() as session:
        device = state.device(session)
    assert device is not None
    own = store.device.c.id == device.device_id
    with server.opened() as opened, opened.write() as connection:
        connection.execute(store.device.update().where(own).values(epoch=2))
    epochs.begin(far.db, device, 2)
    assert "usb_not_taken" in codes(package_files.read(server.folder, [stick]).problems)
    read = package_read.read(far.db, [stick])
    assert codes(read.problems) == ["usb_answer_old"]
    assert client.status(far.db).state != "attention"
    package_write.write(far.db, stick)
    assert package_files.read(server.folder, [stick]).problems == []
    assert package_read.read(far.db, [stick]).pending == 0
    assert client.status(far.db).state == "up_to_date"
    assert list(stick.glob("SA*")) == []


def test_a_lost_pc_that_knows_only_the_stick_destroys_its_keys(
    server: Central, far: Pc, stick: Path
) -> None:
    written(far, stick)
    with far.db.read() as session:
        device = state.device(session)
    assert device is not None
    console.close_device(server.folder, device.device_id, lost=True)
    package_files.read(server.folder, [stick])
    with pytest.raises(Revoked) as trouble:
        package_read.read(far.db, [stick])
    assert trouble.value.code == "device_wiped"
    far.close_file()
    with pytest.raises(DataError) as closed:
        far.reopen()
    assert closed.value.code == "store_wiped"
