"""Six mistakes that others made, planted into our own code to see that the law catches them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from data import capture
from sync import merge, protocol, pulling, pushing, state, transport
from sync.protocol import BatchResult, Change, PushAnswer
from sync.server import log, store
from sync.server.log import Delivery, Logbook, Sender
from tests.journeys.simulation.line import ServerDied

Plant = Callable[[pytest.MonkeyPatch], None]


def verdicts_before_the_commit(patch: pytest.MonkeyPatch) -> None:
    """(b) The answer is made up before the commit, and leaves although the commit failed."""
    told: list[BatchResult] = []
    accept, write = log.accept, log._write_ledger

    def written(*facts: Any) -> None:
        told.append(facts[-1])
        write(*facts)

    def hasty(book: Logbook, sender: Sender, delivery: Delivery) -> BatchResult:
        told.clear()
        try:
            return accept(book, sender, delivery)
        except ServerDied:
            if not told:
                raise
            return told[0]

    patch.setattr(log, "_write_ledger", written)
    patch.setattr(log, "accept", hasty)


def checkpoint_before_apply(patch: pytest.MonkeyPatch) -> None:
    """(c) The cursor moves in a transaction of its own, before what it counts is written."""
    apply = pulling._apply

    def forward(
        talk: Any, answer: protocol.PullAnswer, part: list[protocol.Entry], aside: bool
    ) -> None:
        with talk.database.write(talk.device.author) as session, capture.applying(session):
            cursor = state.cursor(session, talk.device.scope)
            cursor.seq = max(cursor.seq, part[-1].seq)
        apply(talk, answer, part, aside)

    patch.setattr(pulling, "_apply", forward)


def numbers_without_epoch(patch: pytest.MonkeyPatch) -> None:
    """(d) A batch whose number was there before counts as taken, in whichever life of the PC."""
    known = log._known_answer

    def deaf(connection: Any, sender: Sender, delivery: Delivery) -> BatchResult | None:
        ledger, header = store.ledger.c, delivery.header
        same = select(ledger.digest).where(
            ledger.device_id == sender.device_id, ledger.batch_no == header.batch_no
        )
        digests = set(connection.scalars(same))
        if not digests or delivery.digest in digests:
            return known(connection, sender, delivery)
        count = header.n_changes
        taken = protocol.ACCEPTED * count
        return BatchResult(batch_no=header.batch_no, digest=delivery.digest,
                           first_seq=header.first_seq, verdicts=taken,
                           versions=[0] * count)  # fmt: skip

    patch.setattr(log, "_known_answer", deaf)


def latest_clock_wins(patch: pytest.MonkeyPatch) -> None:
    """(e) Of two values of a field the one of the later clock stands, whoever saw whom."""
    latest: dict[tuple[str, str], str] = {}

    def by_clock(change: Change, *_rest: object) -> merge.Merged:
        taken, stands = {}, []
        for name in change.fields:
            if change.at >= latest.get((change.row, name), ""):
                latest[change.row, name] = change.at
                taken[name] = merge.new_value(change, name)
            else:
                stands.append(name)
        return merge.Merged(protocol.MERGED, taken, (), tuple(stands))

    patch.setattr(merge, "merge", by_clock)


def any_200_is_a_yes(patch: pytest.MonkeyPatch) -> None:
    """(f) Whatever answers 200 has taken everything that was sent."""
    read = transport.read_answer

    def gullible(device: Any, content: bytes, re: str, shape: Any) -> Any:
        if shape is not PushAnswer or content.startswith(b"VSA1"):
            return read(device, content, re, shape)
        sent = streams[-1].sent
        results = [
            BatchResult(batch_no=one.batch_no, digest=one.digest, first_seq=1,
                        verdicts=protocol.ACCEPTED * one.n_changes, versions=[0] * one.n_changes)
            for one in sent
        ]  # fmt: skip
        return PushAnswer(epoch=device.epoch, last_batch_no=sent[-1].batch_no,
                          last_digest=sent[-1].digest, results=results,
                          limits=protocol.Limits(), next_sync_after_s=1)  # fmt: skip

    streams: list[Any] = []
    made = pushing.Stream

    def kept(*facts: Any) -> Any:
        streams.append(made(*facts))
        return streams[-1]

    patch.setattr(pushing, "Stream", kept)
    patch.setattr(transport, "read_answer", gullible)
    patch.setattr(transport, "_ours", lambda answer: answer.content)
