"""Numbers of the offices that this PC may read: counted by the server, fetched, and kept here."""

from __future__ import annotations

import logging

import msgspec
from sqlalchemy import delete

from data.base import now_text
from data.records.office_grant import figures as kept_figures
from data.records.sync import ProvinceFigures
from sync import transport
from sync.errors import Unreachable
from sync.protocol import Problem
from sync.talk import Talk, refused

log = logging.getLogger(__name__)
FAILED = "server_trouble"
"""The server answered with an error of its own: it is there, and something in it is broken."""


class FiguresRequest(msgspec.Struct, frozen=True):
    """A PC asks for the numbers of every office it may read; `known` marks those it has."""

    known: str = ""


class FiguresAnswer(msgspec.Struct, frozen=True):
    """The numbers as `app.reports.province` writes them, their mark, and when they were counted
    (ISO UTC); no numbers when the PC has just these."""

    mark: str
    counted_at: str
    content: str = ""


def learn(talk: Talk) -> None:
    """Fetch what the offices that may be read come to; the last answer stays when the line breaks.

    A server that fails at it is told on the page; one that is busy, or too far, is asked in the
    next round. Raises the errors of the wire but Unreachable (also Busy): nothing else of a round
    depends on it.
    """
    if not talk.grants:
        _forget(talk)
        return
    if not talk.counts or talk.cancelled():
        return
    with talk.database.read() as session:
        kept = kept_figures(session)
    try:
        answer = _asked(talk, kept.mark if kept is not None else "")
    except Unreachable as error:
        if error.code == FAILED:
            log.error("the server fails to count the offices: %s", error.facts)
            _failing(talk)
        else:
            log.info("the offices' numbers wait for another round: %s", error)
        return
    with talk.database.write(talk.device.author) as session:
        line = kept_figures(session) or ProvinceFigures(id=1)
        line.mark, line.counted_at = answer.mark, answer.counted_at
        line.content, line.failing_since = answer.content or line.content, ""
        session.add(line)


def _failing(talk: Talk) -> None:
    """Since when, so that nobody takes old numbers for new ones."""
    with talk.database.write(talk.device.author) as session:
        line = kept_figures(session) or ProvinceFigures(id=1, mark="", counted_at="", content="")
        line.failing_since = line.failing_since or now_text()
        session.add(line)


def _asked(talk: Talk, known: str) -> FiguresAnswer:
    content, nonce = transport.signed_request(talk.device, "figures", FiguresRequest(known))
    heard = talk.wire.post("/v1/figures", content)
    answer = transport.read_answer(talk.device, heard, nonce, FiguresAnswer)
    if isinstance(answer, Problem):
        raise refused(answer)
    return answer


def _forget(talk: Talk) -> None:
    """Whoever may read no other office any more keeps none of their numbers."""
    with talk.database.read() as session:
        if kept_figures(session) is None:
            return
    with talk.database.write(talk.device.author) as session:
        session.execute(delete(ProvinceFigures))
