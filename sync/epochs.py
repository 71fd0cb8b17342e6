"""One life of a device's numbers: how it ends, and how what was unconfirmed enters the next one."""

from __future__ import annotations

import secrets

from sqlalchemy import literal, or_, update
from sqlalchemy.orm import Session

from data.database import Database
from data.records.change import Change
from sync import marker, protocol, state
from sync.marker import Mark
from sync.state import Device

TOKEN_BYTES = 16


def release(session: Session, confirmed_too: bool = False) -> None:
    """What the server has not confirmed waits again; what it has belongs to no batch any more.

    `confirmed_too`: nobody knows what of it a server that was put back still has.
    """
    unsettled = or_(Change.verdict.is_(None), Change.verdict == "deferred", literal(confirmed_too))
    again = {"batch_no": None, "verdict": None, "verdict_code": None}
    for step in (
        update(Change).where(Change.batch_no.is_not(None), ~unsettled).values(batch_no=0),
        update(Change).where(unsettled).values(again),
    ):
        session.execute(step, execution_options={"synchronize_session": False})


def begin(database: Database, device: Device, epoch: int) -> None:
    """The server closed the former epoch, for this store was put back from an earlier day.

    Numbers start again from one; the changes keep the versions that their authors saw and meet
    what the server has by the ordinary merge. The former batches stay as they were.
    """
    with database.write(device.author) as session:
        standing = state.row(session)
        if standing is None:
            return
        release(session)
        standing.epoch = epoch
        standing.next_batch_no = standing.next_seq = 1
        standing.regain_upto = min(standing.regain_upto, 0)
        standing.last_digest = ""
        standing.incarnation = secrets.token_hex(TOKEN_BYTES)


def proposal(database: Database, device: Device) -> tuple[Mark, str]:
    """This store's incarnation and token, and the token it proposes next; made when missing."""
    with database.read() as session:
        standing = state.row(session)
        if standing is not None and standing.next_token:
            return Mark(standing.incarnation, standing.token), standing.next_token
    with database.write(device.author) as session:
        standing = state.row(session)
        if standing is None:
            return Mark(), ""
        standing.incarnation = standing.incarnation or secrets.token_hex(TOKEN_BYTES)
        standing.next_token = standing.next_token or _following(standing.token)
        return Mark(standing.incarnation, standing.token), standing.next_token


def roll(session: Session, accepted: str) -> None:
    """The server knows our next token now: it is the present one, and another is next."""
    standing = state.row(session)
    if standing is not None and accepted and standing.next_token == accepted:
        standing.token, standing.next_token = accepted, _following(accepted)


def _following(token: str) -> str:
    """A token that counts one further than this one and cannot be guessed."""
    count = protocol.rolls(token) + 1
    return f"{count:0{protocol.TOKEN_COUNT_DIGITS}x}{secrets.token_hex(TOKEN_BYTES - 4)}"


def remember(database: Database, device: Device) -> None:
    """Put the present token down outside the store too."""
    with database.read() as session:
        standing = state.row(session)
        mark = Mark(standing.incarnation, standing.token) if standing else Mark()
    marker.write(database.home, device.device_id, mark)
