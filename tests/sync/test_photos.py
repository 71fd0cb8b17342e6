"""Photos and scans on the line: small ones with the records, originals where they may, once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.base import now_text
from data.database import Author
from data.records import blob_waiting
from data.records.attachment import Attachment
from data.records.blob import BlobPart
from data.records.blob_waiting import Loads
from sync import client, photos, photos_kept
from sync.blob import Part
from tests.sync.parts import Central, Pc, pc
from tests.sync.scans import KB, here, line_of, noise, on_server, scan

PICTURE, SMALL = noise(1, 150 * KB), noise(2, 9 * KB)


@contextmanager
def two(folder: Path, server: Central) -> Iterator[tuple[Pc, Pc]]:
    """Two PCs of one office; photos are added on the first."""
    with pc(folder / "a") as a, pc(folder / "b") as b:
        for one in (a, b):
            one.enrol(server)
        yield a, b


@pytest.fixture
def pcs(tmp_path: Path, server: Central) -> Iterator[tuple[Pc, Pc]]:
    """The two on the server of one file."""
    with two(tmp_path, server) as both:
        yield both


def sync(one: Pc, choice: photos.Choice | None = None) -> photos.Photos:
    """One round; what it did with photos."""
    return client.run_round(one.db, choice=choice).attachments


def ask(one: Pc, content: bytes) -> None:
    """Somebody presses "fetch original" (or "send original")."""
    with one.db.write(Author("minh")) as session:
        digest = hashlib.sha256(content).hexdigest()
        blob_waiting.ask(session, digest, len(content), now_text())


def test_small_pictures_go_with_the_records_and_originals_wait_for_a_free_line(
    tmp_path: Path, either_server: Central
) -> None:
    with two(tmp_path, either_server) as (a, b):
        row = scan(a, a.enter(), PICTURE, SMALL)
        none = sync(a, "none")
        assert (none.sent, none.bytes_up, none.waiting.small_up.count) == (0, 0, 1)
        sent = sync(a)
        assert (sent.choice, sent.sent, sent.problem) == ("thumbnails", 1, "")
        assert (sent.waiting.up.count, sent.waiting.up.bytes) == (1, len(PICTURE))
        assert sync(b).fetched == 1 and here(b, row) == (None, SMALL)
        assert client.status(a.db).state == client.status(b.db).state == "up_to_date"
        sync(b)
        quiet = sync(b)  # nothing is new: nobody is asked
        assert quiet.bytes_up == quiet.bytes_down == 0 and quiet.waiting.down.count == 1

        photos.mark_line(a.db, unmetered=True)
        assert sync(a).sent == 1 and on_server(either_server) == {
            hashlib.sha256(one).hexdigest(): len(one) for one in (PICTURE, SMALL)
        }
        assert sync(b).fetched == 0 and here(b, row) == (None, SMALL)
        assert sync(b, "all").fetched == 1 and here(b, row) == (PICTURE, SMALL)
        again = sync(b, "all")
        assert (again.sent, again.fetched, again.waiting) == (0, 0, Loads())


def test_an_original_that_somebody_asks_for_travels_over_any_line(pcs: tuple[Pc, Pc]) -> None:
    a, b = pcs
    asked, other = noise(3, 90 * KB), noise(4, 80 * KB)
    who = a.enter()
    row, left = scan(a, who, asked), scan(a, who, other)
    sync(a)
    sync(b)
    ask(b, asked)
    assert sync(b).fetched == 0 and here(b, row)[0] is None  # nobody has sent it yet
    ask(a, asked)
    assert sync(a).sent == 1
    assert sync(b).fetched == 1
    assert here(b, row)[0] == asked and here(b, left)[0] is None


def test_the_same_picture_is_sent_once_and_what_no_file_refers_to_never(
    pcs: tuple[Pc, Pc], server: Central
) -> None:
    a, b = pcs
    sent = scan(a, a.enter("Ai đó"), noise(6, 20 * KB), noise(7, 2 * KB))
    sync(a, "all")
    not_sent = scan(a, a.enter("Ai khác"), noise(8, 20 * KB), noise(9, 2 * KB))
    sync(a, "none")
    sync(b, "none")
    with a.db.write(Author("minh")) as session:
        for wrong in (sent, not_sent):
            session.get_one(Attachment, wrong).deleted_at = now_text()
    scan(a, a.enter(), PICTURE, SMALL)
    assert sync(a, "all").sent == 2
    theirs = scan(b, b.enter("Đinh Văn Briu"), PICTURE, SMALL)
    done = sync(b, "all")
    assert done.bytes_up < 10 * KB and done.waiting.up.count == 0
    assert len(on_server(server)) == 4
    assert here(b, sent) == here(b, not_sent) == (None, None)
    with b.db.write(Author("lan")) as session:
        session.get_one(Attachment, theirs).deleted_at = now_text()
    row = scan(a, a.enter("Lê Thị Sau"), noise(5, 20 * KB))
    sync(a, "all")
    assert sync(b, "all").fetched == 2 and here(b, row)[0] == noise(5, 20 * KB)
    assert here(b, theirs) == (PICTURE, SMALL)  # the other file still refers to it


def test_records_that_are_typed_meanwhile_go_first(pcs: tuple[Pc, Pc]) -> None:
    a, _ = pcs
    for number in range(3):
        scan(a, a.enter(f"Người {number}"), noise(number, 200 * KB))

    def type_on(step: str, _done: int, _total: int) -> None:
        if step == "photos" and not typed:
            typed.append(a.enter("Gõ giữa chừng"))

    typed: list[str] = []
    done = client.run_round(a.db, type_on, choice="all")
    assert typed and done.attachments.waiting.up.count > 0 and done.attachments.problem == ""
    assert client.status(a.db).state == "waiting"
    rest = sync(a, "all")
    assert rest.waiting == Loads() and client.status(a.db).state == "up_to_date"


def test_what_arrives_damaged_is_thrown_away_and_fetched_again(pcs: tuple[Pc, Pc]) -> None:
    a, b = pcs
    row = scan(a, a.enter(), PICTURE, SMALL)
    sync(a, "all")
    sync(b)
    digest, size = hashlib.sha256(PICTURE).hexdigest(), len(PICTURE)
    rotten = Part(digest, size, 0, noise(10, size))
    with b.db.write(Author("sync")) as session:
        assert photos_kept.keep(session, {digest: size}, [rotten]).damaged == (digest,)
    damaged = line_of(b, PICTURE)
    assert damaged is not None and (damaged.kept, damaged.damaged) == (0, 1)
    assert sync(b, "all").fetched == 1 and here(b, row)[0] == PICTURE


def test_what_rotted_on_this_pc_is_found_out_when_it_is_sent(
    pcs: tuple[Pc, Pc], server: Central
) -> None:
    a, b = pcs
    row = scan(a, a.enter(), PICTURE, SMALL)
    with a.db.write(Author("minh")) as session:
        part = session.get_one(BlobPart, (hashlib.sha256(PICTURE).hexdigest(), 0))
        part.content = noise(11, len(part.content))
    done = sync(a, "all")
    assert done.damaged == 1 and here(a, row) == (None, SMALL)
    scan(b, b.enter("Lê Thị Sau"), PICTURE, SMALL)  # somebody else has the same paper
    sync(b, "all")
    assert sync(a, "all").fetched == 1 and here(a, row)[0] == PICTURE
    assert set(on_server(server).values()) == {len(PICTURE), len(SMALL)}
