"""Envelopes of PCs without a line, carried to the server over this PC's line; nothing in them can
be read here, and what the server answers goes onto the stick."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from sync import codec, frames, keys, package, transport
from sync.errors import Busy, NotOurServer, Unreachable
from sync.frames import MAGIC_ANSWER, BadFrame, Frame, FrameReader
from sync.package import Carried
from sync.package_look import Envelope, Piece
from sync.package_stick import Parcel, StickTrouble
from sync.protocol import AnswerHeader, Problem
from sync.state import Device
from sync.talk import Cancelled, refused
from sync.transport import Wire

TRIES_WITHOUT_PROGRESS = 4
PAUSE_S = (0.2, 1.0, 2.0, 4.0)
QUICK_S, VERY_QUICK_S = 4.0, 1.0
REQUEST_BYTES_AIM_MAX = 1024 * 1024
HELLO_ONLY = "-"


@dataclass
class Courier:
    """One PC's line, and whose server is at its other end."""

    device: Device
    wire: Wire
    cancelled: Cancelled
    request_bytes: int

    def deliver(self, envelope: Envelope, folder: Path) -> Problem | None:
        """Bring an envelope to the server and its answer onto the stick; why the server took no
        more of it, when it did not.

        Raises the errors of the wire and StickTrouble. Delivered again, it changes nothing.
        """
        if envelope.kind == package.ASKED_IN:
            return self._let_in(envelope, folder)
        ask = envelope.whole[0]
        _, told = self._post([ask], HELLO_ONLY)
        problem = told.problem or self._send(envelope, ask, told.last_batch_no)
        problem = problem or self._send_photos(envelope)
        return self._fetch(envelope, folder) or problem

    def _let_in(self, envelope: Envelope, folder: Path) -> Problem | None:
        answers, told = self._post(envelope.whole[:1], "")
        with Parcel(folder, package.LET_IN, envelope.name) as parcel:
            for answer in answers:
                parcel.add(answer.whole())
            if answers:
                parcel.finish()
        return told.problem

    def _send(self, envelope: Envelope, ask: Piece, last_no: int) -> Problem | None:
        """Frames after the newest batch that the server has; a cut is no end while it moves."""
        fruitless = 0
        while not self.cancelled():
            waiting = [piece for piece in envelope.whole[1:] if piece.upto > last_no]
            if not waiting:
                return None
            try:
                _, told = self._post(_as_many(waiting, self.request_bytes), "")
                if told.problem is not None and told.problem.code != "cut":
                    return told.problem
                moved = told.last_batch_no > last_no
                last_no = max(last_no, told.last_batch_no)
                self._learn()
                if not moved:
                    return told.problem or Problem("expected", {"batch_no": last_no + 1})
            except Busy:
                raise
            except Unreachable:
                fruitless += 1
                if fruitless > TRIES_WITHOUT_PROGRESS:
                    raise
                self._rest(fruitless)
                last_no, fruitless = self._again(ask, last_no, fruitless)
        return None

    def _send_photos(self, envelope: Envelope) -> Problem | None:
        """Parts of photos in order; sent twice they change nothing, so a cut sends them again."""
        waiting = [piece for piece in envelope.whole if piece.kind == "part"]
        fruitless = 0
        while waiting and not self.cancelled():
            some = _as_many(waiting, self.request_bytes)
            try:
                _, told = self._post(some, "")
            except Busy:
                raise
            except Unreachable:
                fruitless += 1
                if fruitless > TRIES_WITHOUT_PROGRESS:
                    raise
                self._rest(fruitless)
                continue
            if told.problem is None:
                waiting, fruitless = waiting[len(some) :], 0
                self._learn()
                continue
            fruitless += 1
            if told.problem.code != "cut" or fruitless > TRIES_WITHOUT_PROGRESS:
                return told.problem  # also where something on the way cuts each request short
            self._rest(fruitless)
        return None

    def _again(self, ask: Piece, last_no: int, fruitless: int) -> tuple[int, int]:
        """After a cut: what the server has now, and how often in a row nothing was gained."""
        try:
            _, told = self._post([ask], HELLO_ONLY)
        except Busy:
            raise
        except Unreachable:
            return last_no, fruitless
        return told.last_batch_no, 0 if told.last_batch_no > last_no else fruitless

    def _rest(self, fruitless: int) -> None:
        """After a cut: a pause, longer each time, and a smaller request."""
        self.request_bytes = max(self.request_bytes // 2, 1)
        time.sleep(PAUSE_S[min(fruitless, len(PAUSE_S)) - 1])

    def _learn(self) -> None:
        grow = 3.0 if self.wire.last_s < VERY_QUICK_S else 1.5 if self.wire.last_s < QUICK_S else 1
        self.request_bytes = min(int(self.request_bytes * grow), REQUEST_BYTES_AIM_MAX)

    def _fetch(self, envelope: Envelope, folder: Path) -> Problem | None:
        """The whole answer onto the stick, piece by piece; it gets its names when all is there."""
        ask, at, tries = envelope.whole[0], "", 0
        written = 0
        with Parcel(folder, package.ANSWERED, envelope.name) as parcel:
            while True:
                try:
                    answers, told = self._post([ask], at)
                except Busy:
                    raise
                except Unreachable:
                    tries += 1
                    if tries > TRIES_WITHOUT_PROGRESS or self.cancelled():
                        raise
                    time.sleep(PAUSE_S[tries - 1])
                    continue
                tries = 0
                for answer in answers:
                    full = parcel.size - written >= package.PART_BYTES_AIM
                    written = parcel.size if full else written
                    parcel.add(answer.whole(), full and parcel.part < package.PARTS_MAX)
                if (
                    told.next == at and at
                ):  # something on the way takes our question's place from it
                    raise NotOurServer("answer_to_another", url=self.device.url)
                at = told.next
                if not at or told.problem is not None:
                    break
                if self.cancelled():
                    raise StickTrouble("usb_stopped", folder=folder)
            if parcel.size:
                parcel.finish()
        return told.problem

    def _post(self, pieces: Sequence[Piece], at: str) -> tuple[list[Frame], Carried]:
        path = f"/v1/package?at={at}" if at else "/v1/package"
        content = self.wire.post(path, _bytes_of(pieces))
        return self._checked(content, pieces[0].digest)

    def _checked(self, content: bytes, re: str) -> tuple[list[Frame], Carried]:
        """Answers for the stick and what we are told, only from our server and to this question."""
        url = self.device.url
        reader = FrameReader(MAGIC_ANSWER, package.ANSWER_BODY_BYTES_MAX)
        try:
            found = list(reader.feed(content))
            headers = [_header(frame) for frame in found]
        except BadFrame as error:
            raise NotOurServer("answer_not_ours", reason=error.code) from error
        if reader.rest or not found:
            raise NotOurServer("answer_not_ours", reason="cut")
        for frame, header in zip(found, headers, strict=True):
            ours = header.server_id == self.device.server_id
            if not ours or not keys.verified(
                frame.signed, frame.signature, self.device.server_verify_key
            ):
                raise NotOurServer("answer_not_signed", url=url)
        last = headers[-1]
        if last.kind == "problem":
            raise _refusal(last, found[-1])
        if last.kind != "carried" or last.re != re:
            raise NotOurServer("answer_to_another", url=url)
        return found[:-1], _content(last, found[-1], Carried)


def connect(device: Device, cancelled: Cancelled) -> Courier:
    """A courier on this PC's line. Raises InsecureAddress."""
    wire = transport.connect(device.url, device.trust)
    return Courier(device, wire, cancelled, device.request_bytes)


def _refusal(header: AnswerHeader, frame: Frame) -> Exception:
    return refused(_content(header, frame, Problem))


def _as_many(waiting: Sequence[Piece], size: int) -> list[Piece]:
    chosen: list[Piece] = []
    for piece in waiting:
        if chosen and sum(one.length for one in chosen) + piece.length > size:
            break
        chosen.append(piece)
    return chosen


def _bytes_of(pieces: Sequence[Piece]) -> Iterator[bytes]:
    for piece in pieces:
        yield piece.read()


def _header(frame: Frame) -> AnswerHeader:
    header: Any = frames.read_header(AnswerHeader, frame)
    return header  # type: ignore[no-any-return]


def _content(header: AnswerHeader, frame: Frame, shape: Any) -> Any:
    try:
        raw = codec.inflate(frame.body, "zstd", header.raw_len)
        return msgspec.json.decode(raw, type=shape)
    except (BadFrame, msgspec.MsgspecError) as error:
        raise NotOurServer("answer_not_ours", reason="unreadable") from error
