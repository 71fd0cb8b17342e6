"""Photos on lines that cut and servers that lose: resumed where it stopped, never a wrong byte."""

from __future__ import annotations

import asyncio
import hashlib
import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import pytest
from sqlalchemy import text, update
from starlette.requests import ClientDisconnect, Request

from data.base import now_text
from data.database import Author
from data.records import blob as kept
from sync import blob, client, photos_up, protocol, state, transport
from sync.blob import FetchRequest, Part
from sync.frames import MAGIC_REQUEST, unsigned_frame
from sync.photos_line import Carriage
from sync.protocol import RequestHeader
from sync.server import backup, blobs, store
from sync.server.answers import Signer
from sync.server.blob_door import Visit
from sync.server.blobs import Kept, Shelf
from sync.server.log import Refusal
from sync.server.routes import Desk
from sync.talk import Talk
from tests.sync.conftest import KINDS, database_for
from tests.sync.devices import Device, House, house
from tests.sync.line import line
from tests.sync.parts import Central, Pc, pc
from tests.sync.scans import KB, here, line_of, noise, on_server, scan

PICTURE = noise(1, 40 * KB)
NAME = hashlib.sha256(PICTURE).hexdigest()
OFFICE = "một cơ quan"


@pytest.fixture(params=KINDS)
def shelf(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Shelf]:
    """Where the server keeps contents, in this process; on either store."""
    one: House = house(tmp_path / "house", database_for(request.param))
    yield blobs.shelf(one.store, one.server.pair)
    one.close()


def part(at: int, size: int, content: bytes = PICTURE) -> Part:
    """Some bytes of a content as they travel."""
    return Part(hashlib.sha256(content).hexdigest(), len(content), at, content[at : at + size])


def fetched(shelf: Shelf, name: str = NAME) -> bytes:
    """All that the server gives of a content, a little at a time."""
    whole = b""
    while parts := blobs.fetch(shelf, OFFICE, FetchRequest([(name, len(whole))], 9_000)):
        whole += b"".join(one.content for one in parts)
    return whole


def test_the_server_keeps_parts_in_order_and_gives_only_what_is_right(shelf: Shelf) -> None:
    other = noise(2, 9_000)
    assert blobs.take(shelf, OFFICE, part(0, 8_000)) == Kept(8_000)
    assert blobs.take(shelf, OFFICE, part(16_000, 8_000)) == Kept(8_000)  # a gap
    assert blobs.take(shelf, OFFICE, part(0, 8_000)) == Kept(8_000)  # once more
    assert blobs.take(shelf, OFFICE, part(4_000, 8_000)) == Kept(12_000)  # half of it is new
    assert fetched(shelf) == b"" and blobs.standing(shelf, OFFICE, [(NAME, 1)]) == [12_000]
    forged = Part(NAME, len(PICTURE), 12_000, bytes(len(PICTURE) - 12_000))
    told = blobs.take(shelf, OFFICE, forged)  # the whole is not what its name says
    assert told.bytes == 0 and told.problem and told.problem.code == "blob_wrong_hash"
    blobs.take(shelf, OFFICE, part(0, 8_000))
    larger = blobs.take(shelf, OFFICE, Part(NAME, 99, 0, b"x"))
    assert larger.problem and larger.problem.code == "blob_size_differs"
    blobs.take(shelf, OFFICE, part(0, 9_000, other))
    now = datetime.now(UTC)  # halves that nobody goes on with expire, and nothing else
    assert blobs.expire(shelf, now + timedelta(days=29)) == 0
    assert blobs.expire(shelf, now + timedelta(days=31)) == 1
    assert fetched(shelf, hashlib.sha256(other).hexdigest()) == other
    assert blobs.take(shelf, OFFICE, part(0, 40 * KB)) == Kept(len(PICTURE))
    assert fetched(shelf) == PICTURE
    assert blobs.standing(shelf, "một cơ quan khác", [(NAME, 1)]) == [0]
    with shelf.store.read() as connection:
        lies = [line.sealed for line in connection.execute(store.blob_part.select())]
    assert lies and not any(PICTURE[:40] in one for one in lies)


def test_a_look_through_all_contents_finds_the_damaged_one(shelf: Shelf) -> None:
    blobs.take(shelf, OFFICE, part(0, 40 * KB))
    assert blobs.verify(shelf) == []
    with shelf.store.write() as connection:
        connection.execute(update(store.blob_part).values(sealed=b"rot"))
    assert blobs.verify(shelf) == [NAME] and fetched(shelf) == b""
    with shelf.store.read() as connection:
        assert blobs.lost(connection, OFFICE) == [NAME]
    blobs.take(shelf, OFFICE, part(0, 40 * KB))
    with shelf.store.read() as connection:
        assert blobs.lost(connection, OFFICE) == []
    assert fetched(shelf) == PICTURE


def test_a_server_without_room_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    one = house(tmp_path / "house")
    here = blobs.shelf(one.store, one.server.pair)
    blobs.take(here, OFFICE, part(0, 8_000))
    with one.store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Refusal) as told:
        for _ in range(2):
            blobs.take(here, OFFICE, part(8_000, 32 * KB))
    assert told.value.code == "blob_no_room"
    assert blobs.standing(here, OFFICE, [(NAME, 1)]) == [8_000]
    one.close()


@pytest.fixture
def a(tmp_path: Path, server: Central) -> Iterator[Pc]:
    """A PC with a scan, whose records are on the server."""
    with pc(tmp_path / "a") as one:
        one.enrol(server)
        yield one


def to(one: Pc, url: str) -> None:
    """Where this PC looks for the server from now on."""
    with one.db.write(Author("lan")) as session:
        standing = state.row(session)
        assert standing is not None
        standing.url = url


def test_an_upload_goes_on_after_a_cut_within_the_same_round(a: Pc, server: Central) -> None:
    a.sync()
    scan(a, a.enter(), PICTURE)
    client.run_round(a.db, choice="none")
    with line(server.port) as bad:
        to(a, bad.url)
        bad.cut_up_after = 24_000

        def mended() -> bool:
            """Asked before each request whether to stop: the line is cut once and then no more."""
            if bad.cuts:
                bad.cut_up_after = None
            return False

        done = client.run_round(a.db, cancelled=mended, choice="all").attachments
        assert bad.cuts == 1 and done.problem == ""
    assert on_server(server)[NAME] == len(PICTURE)


def test_a_cut_anywhere_keeps_the_parts_that_were_whole(tmp_path: Path) -> None:
    """At every end of a part, a byte before and after, and in the middle of each."""
    one = house(tmp_path / "house")
    device = one.device()
    frames = [signed(device, part(at, 8 * KB)) for at in range(0, len(PICTURE), 8 * KB)]
    ends = list(accumulate(len(frame) for frame in frames))
    places = {0, *(end + near for end in ends[:-1] for near in (-1, 0, 1, 4_000))}
    office = device.known.sender.office_id
    desk = Desk(one.book, Signer(one.server.server_id, "g", one.server.pair), one.server)
    shelf = blobs.shelf(one.store, one.server.pair)
    for place in sorted(places):
        arrive(desk, shelf, b"".join(frames)[:place])
        whole = sum(end <= place for end in ends)
        assert blobs.standing(shelf, office, [(NAME, 1)]) == [whole * 8 * KB], place
        arrive(desk, shelf, b"".join(frames[whole:]))
        assert blobs.standing(shelf, office, [(NAME, 1)]) == [len(PICTURE)], place
        with one.store.write() as connection:
            for table in (store.blob, store.blob_part):
                connection.execute(table.delete())
    one.close()


def signed(device: Device, content: Part) -> bytes:
    """A part as a PC sends it."""
    body = device.pair.seal(blob.packed(content), device.house.server.pair.box_bytes, b"photo")
    header = RequestHeader(
        device=device.known.sender.device_id,
        kind="part",
        nonce="n",
        at=now_text(),
        body_len=len(body),
        sha256=protocol.sha256_hex(body),
    )
    unsigned = unsigned_frame(MAGIC_REQUEST, protocol.to_json(header), body)
    return unsigned + device.pair.sign(unsigned)


def arrive(desk: Desk, shelf: Shelf, content: bytes) -> None:
    """These bytes arrive at the door, and then the line is dead."""
    coming = [content[at : at + 3_000] for at in range(0, len(content), 3_000)]

    async def receive() -> dict[str, object]:
        if coming:
            return {"type": "http.request", "body": coming.pop(0), "more_body": True}
        return {"type": "http.disconnect"}

    async def visit() -> None:
        with suppress(ClientDisconnect):
            await Visit(desk, shelf, {}).read(Request({"type": "http"}, receive))

    asyncio.run(visit())


def test_a_download_goes_on_in_the_middle_of_a_picture(
    tmp_path: Path, a: Pc, server: Central
) -> None:
    large = noise(7, 300 * KB)
    row = scan(a, a.enter(), large)
    client.run_round(a.db, choice="all")
    with pc(tmp_path / "b") as b:
        b.enrol(server)
        client.run_round(b.db)

        def stop_early() -> bool:
            known = line_of(b, large)
            return known is not None and known.kept > 0

        first = client.run_round(b.db, cancelled=stop_early, choice="all").attachments
        half = line_of(b, large)
        assert half is not None and 0 < half.kept < half.size and here(b, row)[0] is None
        assert first.bytes_down < 0.7 * len(large)
        room(b, 4)
        full = client.run_round(b.db, choice="all").attachments
        assert full.problem == "disk_full" and here(b, row)[0] is None
        room(b, 1_000_000)
        half = line_of(b, large)
        assert half is not None
        rest = client.run_round(b.db, choice="all").attachments
        assert here(b, row)[0] == large
        assert rest.bytes_down < 1.2 * (half.size - half.kept) + 2 * KB and b.db.check() == ()


def room(one: Pc, pages: int) -> None:
    """Let the store grow by so many pages and no further, as a disk that fills up does."""
    with one.db.write(Author("lan")) as session:
        now = session.scalar(text("PRAGMA page_count")) or 0
        session.execute(text(f"PRAGMA max_page_count = {now + pages}"))


def test_a_newer_request_ends_the_one_that_hangs(a: Pc, server: Central) -> None:
    a.sync()
    scan(a, a.enter(), PICTURE)
    client.run_round(a.db, choice="none")
    with a.db.read() as session:
        device = state.device(session)
    assert device is not None
    wire = transport.connect(device.url)
    carriage = Carriage(Talk(a.db, device, wire, client.no_progress, client.never, 16_384))
    lines = photos_up._waiting(carriage, "all")
    frames = [content for content, _nonce in photos_up._parts(carriage, lines)]
    begun = frames[0] + frames[1][:500]
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as dead:
        head = f"PATCH /v1/blobs HTTP/1.1\r\nHost: x\r\nContent-Length: {10**6}\r\n\r\n"
        dead.sendall(head.encode() + begun)
        while on_server(server).get(NAME, 0) == 0:
            pass  # the first part is kept, the second never comes to its end
        done = client.run_round(a.db, choice="all").attachments
        assert (done.sent, done.problem) == (2, "")
        told = dead.recv(65536)  # the hanging one was sent home, long before its silence counted
    assert b" 400 " in told.split(b"\r\n")[0]
    wire.close()
    assert on_server(server)[NAME] == len(PICTURE)


def test_an_upload_that_the_server_lost_begins_anew_and_is_told(a: Pc, server: Central) -> None:
    scan(a, a.enter(), PICTURE)
    client.run_round(a.db, choice="none")
    with server.opened() as opened:
        shelf = blobs.shelf(opened, backup.home.load(server.folder).pair)
        with a.db.read() as session:
            device = state.device(session)
        assert device is not None
        blobs.take(shelf, device.scope, part(0, 20_000))
        with a.db.write(Author("lan")) as session:
            kept.standing(session, [NAME])[NAME].sent = 30_000
        done = client.run_round(a.db, choice="all").attachments
    assert (done.restarted, done.sent, done.problem) == (1, 2, "")
    assert on_server(server)[NAME] == len(PICTURE)


def test_damage_at_the_server_is_mended_by_a_pc_that_has_the_picture(
    a: Pc, server: Central
) -> None:
    scan(a, a.enter(), PICTURE)
    client.run_round(a.db, choice="all")
    with server.opened() as opened:
        with opened.write() as connection:
            rot = update(store.blob_part).where(store.blob_part.c.sha256 == NAME)
            connection.execute(rot.values(sealed=b"rot"))
        shelf = blobs.shelf(opened, backup.home.load(server.folder).pair)
        assert NAME in blobs.verify(shelf)
    done = client.run_round(a.db, choice="all").attachments
    assert (done.sent, done.waiting.up.count) == (1, 0)
    assert on_server(server)[NAME] == len(PICTURE)
