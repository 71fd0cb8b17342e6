"""Sending: hello, then sealed batches streamed to the server, each confirmed as it was taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from sqlalchemy import func, select

from data.base import now_text
from data.database import Database
from data.records import blob
from data.records.sync import Batch
from sync import acks, epochs, marker, regain, state, transport
from sync.errors import ClockWrong, Fenced, NotOurServer, OtherGeneration
from sync.protocol import BatchResult, Hello, HelloAnswer, Problem, PushAnswer
from sync.state import Device
from sync.stream import Stream
from sync.talk import Talk, refused

CLOCK_WRONG_S = 24 * 3600
REQUEST_BYTES_AIM_MAX = 1024 * 1024
QUICK_S, VERY_QUICK_S = 4.0, 1.0
TELLING_BYTES = 12 * 1024
UPLINK_BPS_MAX = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Standing:
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
    regain.finish(talk)
    here = standing(talk.database, talk.device)
    talk.progress("hello", 0, 0)
    mark, proposed = epochs.proposal(talk.database, talk.device)
    outside = marker.read(talk.database.home, talk.device.device_id)
    hello = Hello(
        incarnation=mark.incarnation,
        token=mark.token,
        next_token=proposed,
        outside_token=outside.token,
        epoch=talk.device.epoch,
        last_batch_no=here.confirmed_no,
        last_digest=here.confirmed_digest,
        sealed_upto=here.sealed_upto,
        cursors={talk.device.scope: here.cursor},
        clock=now_text(),
        generation=talk.device.generation,
        regain_upto=talk.device.regain_upto,
    )
    content, nonce = transport.signed_request(talk.device, "hello", hello)
    heard = talk.wire.post("/v1/hello", content)
    answer, generation = transport.read_hello(talk.device, heard, nonce)
    if isinstance(answer, Problem):
        raise refused(answer)
    _check_clock(answer.clock)
    talk.heads, talk.roster, talk.token = answer.heads, answer.roster, proposed
    talk.grants = answer.grants
    _hear_of_photos(talk, answer)
    talk.compares, talk.next_after_s = answer.compares, answer.next_sync_after_s
    talk.compares_values, talk.counts = answer.compares_values, answer.counts
    talk.offices, talk.clock = answer.offices, answer.clock
    if answer.epoch > talk.device.epoch:
        epochs.begin(talk.database, talk.device, answer.epoch)
        talk.device = replace(talk.device, epoch=answer.epoch, regain_upto=0)
        if not generation:
            return 0
        answer = msgspec.structs.replace(answer, last_batch_no=0)
    if generation:
        regain.adopt(talk, answer, generation)
        return _hello(talk)
    sealed_upto = here.sealed_upto
    if answer.last_batch_no > sealed_upto or answer.epoch != talk.device.epoch:
        raise Fenced("store_restored", ledger=answer.last_batch_no, here=sealed_upto)
    _refuse_forked(talk, answer.results)
    if answer.last_batch_no < here.confirmed_no:
        raise OtherGeneration("server_behind", ledger=answer.last_batch_no)
    _count_sent(talk, answer.results)
    acks.record(talk, answer.results)
    acks.inside_backup(talk, answer.backup_watermark)
    return max([here.confirmed_no, *(result.batch_no for result in answer.results)])


def _hear_of_photos(talk: Talk, answer: HelloAnswer) -> None:
    """What the server has of photos, and which it lost: those wait to be sent again."""
    talk.blobs = answer.blobs
    if answer.lost_blobs:
        with talk.database.write(talk.device.author) as session:
            blob.sent_anew(session, answer.lost_blobs)


def _refuse_forked(talk: Talk, results: Sequence[BatchResult]) -> None:
    """Another copy of this store sealed other changes under the same numbers. Raises Fenced."""
    with talk.database.read() as session:
        for result in results:
            ours = session.get(Batch, (talk.device.epoch, result.batch_no))
            if ours is not None and ours.digest != result.digest:
                raise Fenced("forked", epoch=talk.device.epoch, batch_no=result.batch_no)


def _send_all(talk: Talk, confirmed: int) -> None:
    """Answers are written down while the next request is on its way, the last ones at the end.

    What a cut keeps from being written down comes again with the next hello.
    """
    with talk.database.read() as session:
        total = state.pending(session) + talk.done.acknowledged
    answers: list[BatchResult] = []

    def write_down() -> None:
        if answers:
            acks.record(talk, answers)
            answers.clear()
            done = talk.done.acknowledged
            talk.progress("send", done, max(total, done))

    while not talk.cancelled():
        stream = Stream(talk, confirmed, write_down)
        if stream.first is None:
            write_down()
            return
        answer = _send(talk, stream, stream.first.digest)
        answers += answer.results
        if answer.problem is not None:
            write_down()
            raise refused(answer.problem)
        confirmed = answers[-1].batch_no
        _learn(talk, stream, answer.busy_ms / 1000)
    write_down()


def _send(talk: Talk, stream: Stream, first_digest: str) -> PushAnswer:
    try:
        heard = talk.wire.post("/v1/push", stream)
    finally:
        talk.underway |= {batch.batch_no: batch.n_changes for batch in stream.sent}
    answer = transport.read_answer(talk.device, heard, first_digest, PushAnswer)
    if isinstance(answer, Problem):
        raise refused(answer)
    if not answer.results and answer.problem is None:
        raise NotOurServer("answer_to_another", url=talk.device.url)
    _count_sent(talk, answer.results)
    acks.inside_backup(talk, answer.backup_watermark)
    return answer


def _count_sent(talk: Talk, results: Sequence[BatchResult]) -> None:
    """What left in this round and arrived, also when a cut swallowed the first answer."""
    talk.done.sent += sum(talk.underway.pop(result.batch_no, 0) for result in results)


def _learn(talk: Talk, stream: Stream, server_s: float) -> None:
    """Bigger requests while the line is quick; the size of a batch never changes.

    Only a request that filled the line says how fast it is.
    """
    took_s = talk.wire.last_s
    if took_s < VERY_QUICK_S:
        talk.request_bytes = min(talk.request_bytes * 3, REQUEST_BYTES_AIM_MAX)
    elif took_s < QUICK_S:
        talk.request_bytes = min(talk.request_bytes * 3 // 2, REQUEST_BYTES_AIM_MAX)
    uplink_bps = talk.device.uplink_bps
    if stream.size >= TELLING_BYTES:
        line_s = max(took_s - server_s - stream.work_s, 0.001)
        uplink_bps = min(int(stream.size * 8 / line_s), UPLINK_BPS_MAX)
    talk.device = replace(talk.device, uplink_bps=uplink_bps)
    with talk.database.write(talk.device.author) as session:
        standing = state.row(session)
        if standing is not None:
            standing.request_bytes, standing.uplink_bps = talk.request_bytes, uplink_bps


def standing(database: Database, device: Device) -> Standing:
    """How far this PC stands, before anything is asked."""
    with database.read() as session:
        own = Batch.epoch == device.epoch
        last = session.execute(
            select(Batch.batch_no, Batch.digest)
            .where(own, Batch.state != "sealed")
            .order_by(Batch.batch_no.desc())
            .limit(1)
        ).first()
        sealed = session.scalar(select(func.max(Batch.batch_no)).where(own)) or 0
        cursor = session.get(state.SyncCursor, device.scope)
        no, digest = (last.batch_no, last.digest) if last else (0, "")
        return Standing(no, digest, sealed, cursor.seq if cursor else 0)


def _check_clock(server_clock: str) -> None:
    here = now_text()
    ahead = datetime.fromisoformat(here) - datetime.fromisoformat(server_clock)
    if abs(ahead.total_seconds()) > CLOCK_WRONG_S:
        raise ClockWrong(
            here=here[:16].replace("T", " "), server=server_clock[:16].replace("T", " ")
        )
