"""Contents come down: the next bytes of each that is wanted, kept as they arrive."""

from __future__ import annotations

from data.records import blob, blob_waiting
from data.records.blob_waiting import Lane
from sync import blob as words
from sync import photos_kept
from sync.blob import FetchAnswer, FetchRequest, Part
from sync.errors import NotOurServer
from sync.photos_line import Carriage


def fetch(carriage: Carriage, lane: Lane) -> None:
    """Fetch the contents of a lane that the server has. Raises the errors of the wire."""
    with carriage.database.read() as session:
        lines = blob_waiting.to_fetch(session, lane)
    for start in range(0, len(lines), words.ASKED_MAX):
        _some(carriage, dict(lines[start : start + words.ASKED_MAX]))


def _some(carriage: Carriage, sizes: dict[str, int]) -> None:
    """These contents, until the server has no more of them to give."""
    while not carriage.stops():
        with carriage.database.read() as session:
            here = blob.standing(session, list(sizes))
        wanted = [
            (digest, here[digest].kept if digest in here else 0)
            for digest in sizes
            if digest not in carriage.given_up and not (digest in here and here[digest].whole)
        ]
        if not wanted:
            return
        request = FetchRequest(wanted, carriage.fetch_bytes)
        answer = carriage.ask("/v1/blobs/parts", "parts", request, FetchAnswer)
        before = carriage.moved, carriage.damaged
        _take(carriage, sizes, answer.parts)
        if (carriage.moved, carriage.damaged) == before:
            return  # the server has no more of them, or nothing that goes on from here
        carriage.grow()


def _take(carriage: Carriage, sizes: dict[str, int], parts: list[Part]) -> None:
    """Keep parts as they came. Raises NotOurServer for what nobody wanted."""
    if not {part.sha256 for part in parts} <= sizes.keys():
        raise NotOurServer("answer_to_another", url=carriage.device.url)
    with carriage.write() as session:
        came = photos_kept.keep(session, sizes, parts)
    carriage.fetched += came.fetched
    carriage.damaged += len(came.damaged)
    for digest in came.damaged:
        again = digest not in carriage.doubted
        (carriage.doubted if again else carriage.given_up).add(digest)
    carriage.step(came.moved)
