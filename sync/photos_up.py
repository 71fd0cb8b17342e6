"""Contents go up: the server is asked where to go on, then parts are streamed from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from data.records import blob, blob_waiting
from data.records.blob import Blob
from data.records.blob_waiting import Lane
from sync import blob as words
from sync import photos_kept, transport
from sync.blob import KeptAnswer, Part, StandingAnswer, StandingRequest
from sync.errors import NotOurServer
from sync.photos_line import Carriage
from sync.protocol import Problem
from sync.talk import refused


def send(carriage: Carriage, lane: Lane) -> None:
    """Send the contents of a lane that the server does not have. Raises the errors of the wire."""
    while not carriage.stops():
        lines = _waiting(carriage, lane)
        if not lines:
            return
        fresh = [one for one in lines if one.sha256 not in carriage.asked]
        if fresh:
            _ask(carriage, fresh)
        else:
            _patch(carriage, lines)


def _waiting(carriage: Carriage, lane: Lane) -> list[Blob]:
    with carriage.database.read() as session:
        lines = blob_waiting.to_send(session, lane)
        names = [digest for digest, _size in lines if digest not in carriage.given_up]
        some = names[: words.ASKED_MAX]
        standing = blob.standing(session, some)
    return [standing[digest] for digest in some]


def _ask(carriage: Carriage, lines: Sequence[Blob]) -> None:
    """Where to go on."""
    request = StandingRequest([(one.sha256, one.size) for one in lines])
    answer = carriage.ask("/v1/blobs", "standing", request, StandingAnswer)
    if len(answer.kept) != len(lines):
        raise NotOurServer("answer_to_another", url=carriage.device.url)
    kept = {one.sha256: count for one, count in zip(lines, answer.kept, strict=True)}
    _note(carriage, kept)
    carriage.asked |= set(kept)


def _patch(carriage: Carriage, lines: Sequence[Blob]) -> None:
    parts, before = _parts(carriage, lines), carriage.moved
    begun = next(parts, None)
    if begun is None:
        _look_into(carriage, [one.sha256 for one in lines])
        return
    first, nonce = begun
    stream = chain((first,), (content for content, _nonce in parts))
    heard = carriage.talk.wire.post("/v1/blobs", stream, method="PATCH")
    answer = transport.read_answer(carriage.device, heard, nonce, KeptAnswer)
    if isinstance(answer, Problem):
        raise refused(answer)
    _note(carriage, answer.kept)
    if answer.problem is not None:
        _not_taken(carriage, answer.problem)
    elif carriage.moved == before:
        carriage.given_up |= set(answer.kept)
    else:
        carriage.grow()


def _parts(carriage: Carriage, lines: Sequence[Blob]) -> Iterator[tuple[bytes, str]]:
    """Sealed, signed parts with their nonces, until the request is as large as the line likes."""
    size, device = 0, carriage.device
    for one in lines:
        at = one.sent
        while at < one.size and size < carriage.request_bytes:
            with carriage.database.read() as session:
                content = blob.piece(session, one.sha256, at, carriage.chunk_bytes)
            if not content:
                break
            part = words.packed(Part(one.sha256, one.size, at, content))
            sealed = device.pair.seal(part, device.server_box_key, b"photo")
            yield transport.signed_bytes(device, "part", sealed)
            at, size = at + len(content), size + len(content)


def _note(carriage: Carriage, kept: dict[str, int]) -> None:
    with carriage.write() as session:
        noted = photos_kept.note(session, kept)
    carriage.sent += noted.sent
    carriage.restarted += noted.restarted
    carriage.step(noted.moved)


def _not_taken(carriage: Carriage, problem: Problem) -> None:
    """A content that arrived as another one is looked at here, and goes again in the next round."""
    digest = str(problem.facts.get("sha256", ""))
    if problem.code not in ("blob_wrong_hash", "blob_size_differs") or not digest:
        raise refused(problem)
    _look_into(carriage, [digest])


def _look_into(carriage: Carriage, digests: Sequence[str]) -> None:
    """What is damaged here is thrown away, and asked for at whoever has it."""
    for digest in digests:
        with carriage.write() as session:
            one = blob.standing(session, [digest]).get(digest)
            if one is not None and not blob.is_sound(session, digest):
                blob.discard(session, one)
                carriage.damaged += 1
        carriage.given_up.add(digest)
