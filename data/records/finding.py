"""Questions of the one search: cases and papers that have all the words, and what was opened last.

A word is folded; `letters` finds it in stored words with or without marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from data.records import merger
from data.records.attachment import Attachment
from data.records.care_case import OPENED, CareCase
from data.records.import_run import ImportRun
from data.records.person import Person
from data.records.trace import OWN_PAGES, OWN_PRINTS, AccessLog
from data.text import letters

PRINTS_LOOKED_AT = 5_000
PAGES_LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class Titled:
    """A kept file or a certificate that was found, and whom it is about now."""

    id: str
    title: str
    kind: str
    person_id: str
    person_name: str
    day: str | None


@dataclass(frozen=True, slots=True)
class Print:
    """A file that was printed: its name, when last, of how many persons, and of one of them."""

    name: str
    at: str
    persons: int
    person_id: str


def cases(
    session: Session, words: Mapping[str, Sequence[str]], limit: int
) -> list[tuple[CareCase, Person]]:
    """Cases that have every word in number, worker or person; newest opening first.

    `words` maps each word to the codes of the statuses it names.
    """
    found = merger.with_person(select(CareCase, Person).select_from(CareCase), CareCase.person_id)
    parts = [
        or_(
            CareCase.case_number.op("GLOB")(letters(word)),
            CareCase.worker.op("GLOB")(letters(word)),
            CareCase.case_status.in_(statuses),
            _of_person(word),
        )
        for word, statuses in words.items()
    ]
    found = found.where(CareCase.deleted_at.is_(None), Person.deleted_at.is_(None), *parts)
    rows = session.execute(found.order_by(OPENED.desc(), CareCase.id.desc()).limit(limit))
    return [(case, person) for case, person in rows]


def attachments(session: Session, words: Sequence[str], limit: int) -> list[Titled]:
    """Kept files whose title has a word, and title or person every word; newest first."""
    titled = [Attachment.title.op("GLOB")(letters(word)) for word in words]
    every = [or_(title, _of_person(word)) for title, word in zip(titled, words, strict=True)]
    shown = select(
        Attachment.id,
        Attachment.title,
        Attachment.attachment_kind,
        Person.id,
        Person.name,
        Attachment.taken_on,
    ).select_from(Attachment)
    found = merger.with_person(shown, Attachment.person_id).where(
        Attachment.deleted_at.is_(None), Person.deleted_at.is_(None), or_(*titled), *every
    )
    rows = session.execute(found.order_by(Attachment.id.desc()).limit(limit))
    return [Titled(*(row.tuple())) for row in rows]


def certificates(session: Session, number: str, limit: int) -> list[Titled]:
    """Certificates whose number (folded, without spaces) holds these signs, in list order."""
    written: Any = Person.certificate_number
    for sign in " ./-":
        written = func.replace(written, sign, "")
    found = (
        select(
            Person.id,
            Person.certificate_number,
            literal_column("'certificate'"),
            Person.id,
            Person.name,
            Person.certificate_on,  # type: ignore[attr-defined]
        )
        .where(
            Person.deleted_at.is_(None),
            Person.certificate_number.is_not(None),
            _of_person(number),
            written.op("GLOB")(letters(number)),
        )
        .order_by(Person.sort_key, Person.id)
        .limit(limit)
    )
    return [Titled(*(row.tuple())) for row in session.execute(found)]


def import_runs(session: Session, words: Sequence[str], limit: int) -> list[ImportRun]:
    """Lists brought in whose file name has all the words, newest first."""
    parts = [ImportRun.file_name.op("GLOB")(letters(word)) for word in words]
    found = select(ImportRun).where(*parts).order_by(ImportRun.id.desc()).limit(limit)
    return list(session.scalars(found))


def prints(session: Session, login: str, words: Sequence[str], limit: int) -> list[Print]:
    """Files this user printed lately whose name has all the words, the latest first."""
    lately = (
        select(AccessLog.seq, AccessLog.at, AccessLog.detail, AccessLog.person_id)
        .where(AccessLog.by == login, text(OWN_PRINTS))
        .order_by(AccessLog.seq.desc())
        .limit(PRINTS_LOOKED_AT)
        .subquery()
    )
    last = func.max(lately.c.seq)
    parts = [lately.c.detail.op("GLOB")(letters(word)) for word in words]
    rows = session.execute(
        select(
            lately.c.detail,
            func.max(lately.c.at),
            func.count(lately.c.person_id.distinct()),
            func.max(lately.c.person_id),
        )
        .where(*parts)
        .group_by(lately.c.detail)
        .order_by(last.desc())
        .limit(limit)
    )
    return [Print(*(row.tuple())) for row in rows]


def pages_opened(session: Session, login: str) -> list[tuple[str, str, str]]:
    """(person id, detail, instant) of what a user opened last, newest first, with repetitions."""
    found = (
        select(AccessLog.person_id, AccessLog.detail, AccessLog.at)
        .where(AccessLog.by == login, text(OWN_PAGES))
        .order_by(AccessLog.seq.desc())
        .limit(PAGES_LOOKED_AT)
    )
    return [row.tuple() for row in session.execute(found)]


def listed_cases(session: Session, ids: Sequence[str]) -> dict[str, tuple[CareCase, Person]]:
    """Those of the cases (at most 500) that are on the lists, with whom they are about now."""
    found = merger.with_person(select(CareCase, Person).select_from(CareCase), CareCase.person_id)
    found = found.where(
        CareCase.deleted_at.is_(None), Person.deleted_at.is_(None), CareCase.id.in_(ids)
    )
    return {case.id: (case, person) for case, person in session.execute(found)}


def _of_person(word: str) -> ColumnElement[bool]:
    """Persons whose searched text has a word that begins so."""
    match = bindparam(None, f'"{word}"*')
    search = text("person_search")
    found = select(literal_column("rowid")).select_from(search)
    found = found.where(literal_column("person_search").op("MATCH")(match))
    return literal_column("person.rowid").in_(found)
