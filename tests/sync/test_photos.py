"""Photos and scans on the line: small ones with the records, originals where they may, once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.base import now_text
from data.database import Author
from data.records import blob, blob_waiting
from data.records.attachment import Attachment
from sync import client, photos
from tests.sync.parts import Central, Pc, pc
from tests.sync.scans import KB, here, line_of, noise, on_server, scan

PICTURE, SMALL = noise(1, 150 * KB), noise(2, 9 * KB)


@pytest.fixture
def a(tmp_path: Path, either_server: Central) -> Iterator[Pc]:
    """The PC on which photos are added."""
    with pc(tmp_path / "a") as one:
        one.enrol(either_server)
        yield one


@pytest.fixture
def b(tmp_path: Path, either_server: Central) -> Iterator[Pc]:
    """Another PC of the office."""
    with pc(tmp_path / "b") as one:
        one.enrol(either_server)
        yield one


def sync(one: Pc, choice: photos.Choice | None = None) -> photos.Photos:
    """One round; what it did with photos."""
    return client.run_round(one.db, choice=choice).attachments


def ask(one: Pc, content: bytes) -> None:
    """Somebody presses "fetch original" (or "send original")."""
    with one.db.write(Author("minh")) as session:
        digest = hashlib.sha256(content).hexdigest()
        blob_waiting.ask(session, digest, len(content), now_text())


def test_small_pictures_go_with_the_records_and_originals_wait_for_a_free_line(
    a: Pc, b: Pc, either_server: Central
) -> None:
    row = scan(a, a.enter(), PICTURE, SMALL)
    sent = sync(a)
    assert (sent.choice, sent.sent, sent.problem) == ("thumbnails", 1, "")
    assert (sent.waiting.up.count, sent.waiting.up.bytes) == (1, len(PICTURE))
    assert sync(b).fetched == 1
    assert here(b, row) == (None, SMALL)
    assert client.status(a.db).state == client.status(b.db).state == "up_to_date"

    photos.mark_line(a.db, unmetered=True)
    assert sync(a).sent == 1 and on_server(either_server) == {
        hashlib.sha256(one).hexdigest(): len(one) for one in (PICTURE, SMALL)
    }
    assert sync(b).fetched == 0 and here(b, row) == (None, SMALL)
    assert sync(b, "all").fetched == 1 and here(b, row) == (PICTURE, SMALL)
    again = sync(b, "all")
    assert (again.sent, again.fetched, again.waiting) == (0, 0, photos.Loads())


def test_an_original_that_somebody_asks_for_travels_over_any_line(a: Pc, b: Pc) -> None:
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


def test_none_means_none(a: Pc, b: Pc) -> None:
    scan(a, a.enter(), PICTURE, SMALL)
    done = sync(a, "none")
    assert (done.sent, done.bytes_up, done.waiting.small_up.count) == (0, 0, 1)
    sync(a)
    assert sync(b, "none").fetched == 0


def test_the_same_picture_is_stored_and_sent_once(a: Pc, b: Pc, either_server: Central) -> None:
    scan(a, a.enter(), PICTURE, SMALL)
    sync(a, "all")
    theirs = scan(b, b.enter("Đinh Văn Briu"), PICTURE, SMALL)
    done = sync(b, "all")
    assert done.bytes_up < 10 * KB and done.waiting.up.count == 0
    assert len(on_server(either_server)) == 2
    with b.db.write(Author("lan")) as session:
        session.get_one(Attachment, theirs).deleted_at = now_text()
    sync(b, "all")
    row = scan(a, a.enter("Lê Thị Sau"), noise(5, 20 * KB))
    sync(a, "all")
    assert sync(b, "all").fetched == 2 and here(b, row)[0] == noise(5, 20 * KB)
    assert here(b, theirs) == (PICTURE, SMALL)  # the other file still refers to it


def test_what_no_file_refers_to_is_neither_sent_nor_fetched(a: Pc, b: Pc) -> None:
    row = scan(a, a.enter(), PICTURE, SMALL)
    sync(a)
    sync(b, "none")
    with a.db.write(Author("minh")) as session:
        session.get_one(Attachment, row).deleted_at = now_text()
    assert sync(a, "all").sent == 0
    assert sync(b, "all").fetched == 0 and here(b, row) == (None, None)


def test_records_that_are_typed_meanwhile_go_first(a: Pc) -> None:
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
    assert rest.waiting == photos.Loads() and client.status(a.db).state == "up_to_date"


def test_a_round_without_news_asks_for_no_photo(a: Pc, b: Pc) -> None:
    scan(a, a.enter(), PICTURE, SMALL)
    sync(a)
    for _ in range(2):
        sync(b)
    quiet = client.run_round(b.db)
    assert quiet.attachments.bytes_up == quiet.attachments.bytes_down == 0
    assert quiet.attachments.waiting.down.count == 1


def test_what_is_damaged_on_this_pc_is_found_out_and_fetched_again(a: Pc, b: Pc) -> None:
    row = scan(a, a.enter(), PICTURE, SMALL)
    sync(a, "all")
    sync(b, "all")
    wrong = noise(9, 30 * KB)
    with b.db.write(Author("minh")) as session:  # a PC whose store kept other bytes
        one = blob.known(session, hashlib.sha256(wrong).hexdigest(), len(wrong))
        blob.add_piece(session, one, 0, noise(10, 30 * KB))
        session.get_one(Attachment, row).sha256 = one.sha256
        session.get_one(Attachment, row).size = one.size
    done = sync(b, "all")
    assert done.damaged == 1 and here(b, row)[0] is None
    damaged = line_of(b, wrong)
    assert damaged is not None and (damaged.kept, damaged.damaged) == (0, 1)
    scan(a, a.enter("Trần Văn Tám"), wrong)
    sync(a, "all")
    assert sync(b, "all").fetched >= 1 and here(b, row)[0] == wrong
