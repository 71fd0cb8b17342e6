"""Sending: hello, then sealed batches streamed to the server, each confirmed as it was taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from data.base import now_text
from data.records.sync import Batch
from sync import acks, sealing, state, transport
from sync.errors import ClockWrong, Fenced, NotOurServer, OtherGeneration
from sync.protocol import Hello, HelloAnswer, Problem, PushAnswer
from sync.sealing import Sealed
from sync.talk import Talk, refused

CLOCK_WRONG_S = 24 * 3600
REQUEST_BYTES_AIM_MAX = 1024 * 1024
QUICK_S, VERY_QUICK_S = 4.0, 1.0
TELLING_BYTES = 12 * 1024


@dataclass(frozen=True, slots=True)
class _Standing:
    """How far this PC's batches are confirmed and sealed."""

    confirmed_no: int
    confirmed_digest: str
    sealed_upto: int
    cursor: int


def push(talk: Talk) -> None:
    """Greet the server, write down answers that were lost, and send everything that waits.

    Raises what `client.run_round` names.
    """
    _send_all(talk, _hello(talk))


def _hello(talk: Talk) -> int:
    """The number of the newest batch that is confirmed."""
    standing = _standing(talk)
    talk.progress("hello", 0, 0)
    hello = Hello(
        epoch=talk.device.epoch,
        last_batch_no=standing.confirmed_no,
        last_digest=standing.confirmed_digest,
        sealed_upto=standing.sealed_upto,
        cursors={talk.device.scope: standing.cursor},
        clock=now_text(),
    )
    content, nonce = transport.signed_request(talk.device, "hello", hello)
    answer = transport.read_answer(
        talk.device, talk.wire.post("/v1/hello", content), nonce, HelloAnswer
    )
    if isinstance(answer, Problem):
        raise refused(answer)
    _check_clock(answer.clock)
    if answer.last_batch_no > standing.sealed_upto or answer.epoch != talk.device.epoch:
        raise Fenced("store_restored", ledger=answer.last_batch_no, here=standing.sealed_upto)
    if answer.last_batch_no < standing.confirmed_no:
        raise OtherGeneration("server_behind", ledger=answer.last_batch_no)
    talk.heads = answer.heads
    acks.record(talk, answer.results)
    return max([standing.confirmed_no, *(result.batch_no for result in answer.results)])


def _send_all(talk: Talk, confirmed: int) -> None:
    with talk.database.read() as session:
        waiting = state.pending(session)
    total = waiting + talk.done.acknowledged
    while not talk.cancelled():
        batches = _next_batches(talk, confirmed)
        if not batches:
            return
        confirmed = _send(talk, batches)
        confirmed_now = talk.done.acknowledged
        talk.progress("send", confirmed_now, max(total, confirmed_now))


def _next_batches(talk: Talk, confirmed: int) -> list[Sealed]:
    with talk.database.read() as session:
        batches = sealing.waiting(session, talk.device, confirmed, talk.request_bytes)
    missing = talk.request_bytes - sum(len(batch.content) for batch in batches)
    if missing > 0 and sealing.seal_some(talk.database, talk.device, missing):
        with talk.database.read() as session:
            batches = sealing.waiting(session, talk.device, confirmed, talk.request_bytes)
    return batches


def _send(talk: Talk, batches: list[Sealed]) -> int:
    content = b"".join(batch.content for batch in batches)
    heard = talk.wire.post("/v1/push", content)
    answer = transport.read_answer(talk.device, heard, batches[0].digest, PushAnswer)
    if isinstance(answer, Problem):
        raise refused(answer)
    if not answer.results and answer.problem is None:
        raise NotOurServer("answer_to_another", url=talk.device.url)
    talk.done.sent += sum(batch.n_changes for batch in batches[: len(answer.results)])
    last = acks.record(talk, answer.results)
    if answer.problem is not None:
        raise refused(answer.problem)
    _learn(talk, len(content), answer.busy_ms / 1000)
    return last


def _learn(talk: Talk, size: int, server_s: float) -> None:
    """Bigger requests while the line is quick; the size of a batch never changes.

    Only a request that filled the line says how fast it is.
    """
    took_s = talk.wire.last_s
    if took_s < VERY_QUICK_S:
        talk.request_bytes = min(talk.request_bytes * 3, REQUEST_BYTES_AIM_MAX)
    elif took_s < QUICK_S:
        talk.request_bytes = min(talk.request_bytes * 3 // 2, REQUEST_BYTES_AIM_MAX)
    uplink_bps = talk.device.uplink_bps
    if size >= TELLING_BYTES:
        uplink_bps = int(size * 8 / max(took_s - server_s, 0.001))
    talk.device = replace(talk.device, uplink_bps=uplink_bps)
    with talk.database.write(talk.device.author) as session:
        standing = state.row(session)
        if standing is not None:
            standing.request_bytes, standing.uplink_bps = talk.request_bytes, uplink_bps


def _standing(talk: Talk) -> _Standing:
    with talk.database.read() as session:
        own = Batch.epoch == talk.device.epoch
        last = session.execute(
            select(Batch.batch_no, Batch.digest)
            .where(own, Batch.state != "sealed")
            .order_by(Batch.batch_no.desc())
            .limit(1)
        ).first()
        sealed = session.scalar(select(func.max(Batch.batch_no)).where(own)) or 0
        cursor = session.get(state.SyncCursor, talk.device.scope)
        no, digest = (last.batch_no, last.digest) if last else (0, "")
        return _Standing(no, digest, sealed, cursor.seq if cursor else 0)


def _check_clock(server_clock: str) -> None:
    here = now_text()
    ahead = datetime.fromisoformat(here) - datetime.fromisoformat(server_clock)
    if abs(ahead.total_seconds()) > CLOCK_WRONG_S:
        raise ClockWrong(
            here=here[:16].replace("T", " "), server=server_clock[:16].replace("T", " ")
        )
