"""Files whose certificate can be written now, as far as a question to the book can tell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from data import file_moves
from data.records import merger, notice
from data.records.application import DUE, Application
from data.records.certificate import DRAFT, Certificate
from data.records.council_session import CouncilSession
from data.records.hearing import CONCLUDED, Hearing
from data.records.notice import Notice
from data.records.person import Person

AFTER_NOTICE = ("noticed", "board_concluded")
LEFT_OUT = "left_out"
PAGE = 200


def files(session: Session, person_id: str = "") -> Iterator[tuple[Application, Person]]:
    """Files with their persons, what is due first: after the notice or the medical board, from the
    stored file, of who was left out of a list that hangs, and of who was heard in a session that is
    not in this book. Who has a draft is left out."""
    rows: Any = merger.with_person(
        select(Application, Person).select_from(Application), Application.person_id
    )
    drafted = select(Certificate.id).where(
        Certificate.person_id == Application.person_id,
        Certificate.certificate_state == DRAFT,  # type: ignore[arg-type]
        Certificate.deleted_at.is_(None),
    )
    rows = rows.where(
        Application.deleted_at.is_(None),
        Person.deleted_at.is_(None),
        or_(Application.file_step.in_(AFTER_NOTICE), _from_store(), _left_out(), _unposted()),  # type: ignore[union-attr]
        ~drafted.exists(),
    )
    if person_id:
        rows = rows.where(Application.person_id.in_(merger.everybody(session, person_id)))
    rows = rows.order_by(DUE, Application.id)
    for start in count(0, PAGE):
        found = session.execute(rows.limit(PAGE).offset(start)).all()
        yield from ((row, who) for row, who in found)
        if len(found) < PAGE:
            return


def _from_store() -> ColumnElement[bool]:
    kinds = [
        and_(Application.application_kind == kind, Application.application_reason == reason)  # type: ignore[arg-type]
        for kind, reason in file_moves.from_store()
    ]
    return and_(Application.file_step == "complete", or_(*kinds))  # type: ignore[arg-type]


def _unposted() -> ColumnElement[bool]:
    """Minutes of paper, and of a session that another office held, are posted by nobody here."""
    heard = (
        select(Hearing.id)
        .outerjoin(CouncilSession, CouncilSession.id == Hearing.session_id)
        .where(
            Hearing.application_id == Application.id,
            Hearing.deleted_at.is_(None),
            Hearing.hearing_state == CONCLUDED,  # type: ignore[arg-type]
            CouncilSession.id.is_(None),
        )
    )
    return and_(Application.file_step == "concluded", heard.exists())  # type: ignore[arg-type]


def _left_out() -> ColumnElement[bool]:
    """The chair left a minor out of the list: she waits no longer than those on it."""
    hangs = (notice.POSTED, notice.TAKEN_DOWN)
    heard = (
        select(Hearing.id)
        .join(Notice, Notice.session_id == Hearing.session_id)
        .where(
            Hearing.application_id == Application.id,
            Hearing.deleted_at.is_(None),
            Hearing.hearing_state == CONCLUDED,  # type: ignore[arg-type]
            Hearing.notice_shows == LEFT_OUT,  # type: ignore[arg-type]
            Notice.deleted_at.is_(None),
            Notice.notice_state.in_(hangs),  # type: ignore[union-attr]
        )
    )
    return and_(Application.file_step == "concluded", heard.exists())  # type: ignore[arg-type]
