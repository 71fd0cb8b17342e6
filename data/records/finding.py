"""Questions of the one search: people, cases and papers that have all the words; pages opened last.

Words are folded; indexes of words and `letters` find them in what is stored with or without marks.
Every question looks at a bounded number of rows, so that the first answer comes at once in an
office of any size: of a word that thousands have, some, and whoever has just that name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    column,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from data.records import merger, search_words
from data.records.application import Application
from data.records.attachment import Attachment
from data.records.care_case import OPENED, CareCase
from data.records.certificate import Certificate
from data.records.hearing import Hearing
from data.records.import_run import ImportRun
from data.records.person import Person
from data.records.trace import OWN_PAGES, OWN_PRINTS, AccessLog, OpenedAgain
from data.text import letters, sort_key

PERSONS_LOOKED_AT = 200
NUMBERS_LOOKED_AT = 200
CASES_LOOKED_AT = 500
FILES_LOOKED_AT = 200
PRINTS_LOOKED_AT = 2_000
PAGES_LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class Named:
    """A person who was found, by what a search looks at."""

    id: str
    name: str
    hamlet: str


@dataclass(frozen=True, slots=True)
class Titled:
    """A kept file or a certificate that was found, and whom it is about now."""

    id: str
    title: str
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


def persons(session: Session, words: Sequence[str], typed: str = "") -> list[Named]:
    """Some of the persons on the lists whose searched text has every word, in list order.

    Of a word that more have than are looked at, those whose name is as typed are always among
    them. A record that was merged into another leads to that one.
    """
    begun = [search_words.begins(session, word) for word in words]
    hits = _matching(session, " ".join(begun))
    if typed and len(hits) >= PERSONS_LOOKED_AT:
        exactly = [f'"{word}"' for word in words[:-1]]
        hits += _matching(session, "^" + " + ".join((*exactly, begun[-1])))
        hits += _named_so(session, typed.split())
    lead = {merger.survivor(session, one.id) for one in hits if one.merged_into}
    if lead:
        hits += session.execute(select(*_NAMED).where(Person.id.in_(lead))).all()
    listed = {one.id: one for one in hits if one.deleted_at is None}
    ordered = sorted(listed.values(), key=lambda one: (one.sort_key, one.id))
    return [Named(one.id, one.name or "", one.hamlet or "") for one in ordered]


_NAMED = (
    Person.id,
    Person.name,
    Person.hamlet,
    Person.sort_key,
    Person.merged_into,
    Person.deleted_at,
)


def _matching(session: Session, match: str) -> list[Row[Any]]:
    rows = (
        text("SELECT rowid FROM person_search WHERE person_search MATCH :match LIMIT :most")
        .bindparams(match=match, most=PERSONS_LOOKED_AT)
        .columns(column("rowid"))
    )
    found = select(*_NAMED).where(literal_column("person.rowid").in_(rows))
    return list(session.execute(found))


def _named_so(session: Session, typed: Sequence[str]) -> list[Row[Any]]:
    """Persons whose given name is the last typed word with its marks, the others in the name.

    They stand together in the order of the list, which holds the marks of every word.
    """
    given = sort_key(typed[-1])
    parts: list[ColumnElement[bool]] = [Person.sort_key.between(given, f"{given}!")]
    for word in typed[:-1]:
        parts.append(func.instr(Person.sort_key, sort_key(word).partition(" ")[0]) > 0)
    found = select(*_NAMED).where(Person.deleted_at.is_(None), *parts)
    return list(session.execute(found.order_by(Person.sort_key).limit(PERSONS_LOOKED_AT)))


def cases_of(
    session: Session, person_ids: Sequence[str], statuses: Sequence[str], limit: int
) -> list[tuple[CareCase, Person]]:
    """Cases of these persons (at most 500), of some statuses when given; newest opening first."""
    theirs = CareCase.person_id.in_(merger.owners(session, person_ids))
    return _cases(session, [theirs], statuses, limit)


def cases_with(
    session: Session, words: Sequence[str], statuses: Sequence[str], limit: int
) -> list[tuple[CareCase, Person]]:
    """Cases that have every word in number or worker, of some statuses when given."""
    some = search_words.rows_with("care_case", words, CASES_LOOKED_AT)
    parts = [literal_column("care_case.rowid").in_(some)] if words else []
    return _cases(session, parts, statuses, limit)


def cases_by(session: Session, workers: Sequence[str], limit: int) -> list[tuple[CareCase, Person]]:
    """Cases that these users (by login) work on, newest opening first."""
    return _cases(session, [CareCase.worker.in_(workers)], (), limit) if workers else []


def attachments(
    session: Session, words: Sequence[str], limit: int, person_ids: Sequence[str] | None = None
) -> list[Titled]:
    """Kept files whose title has every word, of these persons (at most 500) alone when given."""
    if person_ids is None:
        some_rows = search_words.rows_with("attachment", words, FILES_LOOKED_AT)
        parts = [literal_column("attachment.rowid").in_(some_rows)]
    else:
        parts = [Attachment.title.op("GLOB")(letters(word)) for word in words]
        parts.append(Attachment.person_id.in_(merger.owners(session, person_ids)))
    some = select(Attachment.id).where(Attachment.deleted_at.is_(None), *parts).limit(limit * 4)
    ids = list(session.scalars(some))
    if not ids:
        return []
    shown = select(Attachment, Person).select_from(Attachment)
    found = merger.with_person(shown, Attachment.person_id).where(Attachment.id.in_(ids))
    rows = session.execute(found.where(Person.deleted_at.is_(None)).limit(limit))
    return [
        Titled(file.id, file.title or "", who.id, who.name or "", file.taken_on)
        for file, who in rows
    ]


def certificates(session: Session, begins: str) -> list[Titled]:
    """Some of the certificates whose number begins with these signs, as written or in capitals:
    what persons' own records say, and every certificate of the book."""
    number = Person.certificate_number
    found = select(Person).where(Person.deleted_at.is_(None), _starts(number, begins))
    rows = session.scalars(found.order_by(number).limit(NUMBERS_LOOKED_AT))
    own = [
        Titled(one.id, one.certificate_number or "", one.id, one.name or "", one.certificate_on)
        for one in rows
    ]
    said = {(one.title, one.person_id) for one in own}
    book = numbered(
        session, Certificate, Certificate.certificate_number, Certificate.issued_on, begins
    )
    return own + [one for one in book if (one.title, one.person_id) not in said]


def receipts(session: Session, begins: str) -> list[Titled]:
    """Some of the files whose receipt number begins with these signs."""
    return numbered(
        session, Application, Application.receipt_number, Application.received_on, begins
    )


def minutes(session: Session, begins: str) -> list[Titled]:
    """Some of the hearings whose minutes' number begins with these signs."""
    return numbered(session, Hearing, Hearing.minutes_number, Hearing.minutes_on, begins)


def numbered(session: Session, kind: Any, number: Any, day: Any, begins: str) -> list[Titled]:
    """Records of persons on the lists whose number begins so, in the order of the numbers."""
    rows = select(kind.id, number, Person.id, Person.name, day)
    rows = merger.with_person(rows.select_from(kind), kind.person_id)
    rows = rows.where(kind.deleted_at.is_(None), Person.deleted_at.is_(None))
    rows = rows.where(_starts(number, begins)).order_by(number).limit(NUMBERS_LOOKED_AT)
    return [Titled(*row) for row in session.execute(rows)]


def _starts(number: Any, begins: str) -> ColumnElement[bool]:
    return or_(*(number.between(sign, sign + "\U0010ffff") for sign in {begins, begins.upper()}))


def import_runs(session: Session, words: Sequence[str], limit: int) -> list[ImportRun]:
    """Lists brought in whose file name has all the words, newest first."""
    parts = [ImportRun.file_name.op("GLOB")(letters(word)) for word in words]
    found = select(ImportRun).where(*parts).order_by(ImportRun.id.desc()).limit(limit)
    return list(session.scalars(found))


def any_file(session: Session, words: Sequence[str]) -> bool:
    """Whether some kept file has every word in its title."""
    return session.execute(search_words.rows_with("attachment", words, 1)).first() is not None


def prints(session: Session, login: str, words: Sequence[str], limit: int) -> list[Print]:
    """Files this user printed lately whose name has all the words, the latest first."""
    lately = (
        select(AccessLog.seq, AccessLog.at, AccessLog.detail, AccessLog.person_id)
        .where(AccessLog.by == login, text(OWN_PRINTS))
        .order_by(AccessLog.seq.desc())
        .limit(PRINTS_LOOKED_AT)
        .subquery()
    )
    shown = select(
        lately.c.detail,
        func.max(lately.c.at),
        func.count(lately.c.person_id.distinct()),
        func.max(lately.c.person_id),
    )
    parts = [lately.c.detail.op("GLOB")(letters(word)) for word in words]
    found = shown.where(*parts).group_by(lately.c.detail)
    rows = session.execute(found.order_by(func.max(lately.c.seq).desc()).limit(limit))
    return [Print(*row) for row in rows]


def printed(session: Session, login: str, name: str) -> list[str]:
    """The persons in a file this user printed lately, in the order they stand in it."""
    found = (
        select(AccessLog.person_id)
        .where(AccessLog.by == login, text(OWN_PRINTS), AccessLog.detail == name)
        .order_by(AccessLog.seq.desc())
        .limit(PRINTS_LOOKED_AT)
    )
    return list(dict.fromkeys(reversed(list(session.scalars(found)))))


def pages_opened(session: Session, login: str) -> list[tuple[str, str, str]]:
    """(person id, detail, instant) of what a user opened last, newest first, with repetitions."""
    looks = (
        select(AccessLog.person_id, AccessLog.detail, AccessLog.at)
        .where(AccessLog.by == login, text(OWN_PAGES))
        .order_by(AccessLog.seq.desc())
        .limit(PAGES_LOOKED_AT)
    )
    again = (
        select(OpenedAgain.person_id, OpenedAgain.detail, OpenedAgain.at)
        .where(OpenedAgain.by == login)
        .order_by(OpenedAgain.at.desc())
        .limit(PAGES_LOOKED_AT)
    )
    opened = [row.tuple() for asked in (again, looks) for row in session.execute(asked)]
    return sorted(opened, key=lambda one: one[2], reverse=True)


def listed_cases(session: Session, ids: Sequence[str]) -> dict[str, tuple[CareCase, Person]]:
    """Those of the cases (at most 500) that are on the lists, with whom they are about now."""
    rows = _cases(session, [CareCase.id.in_(ids)], (), len(ids))
    return {case.id: (case, person) for case, person in rows}


def cases_ending(session: Session, tail: str, limit: int) -> list[str]:
    """Ids of cases on the lists that end with these signs: as papers carry them in codes."""
    found = select(CareCase.id).where(func.substr(CareCase.id, -len(tail)) == tail)
    return list(session.scalars(found.limit(limit)))


def persons_ending(session: Session, tail: str, limit: int) -> list[str]:
    """Ids of persons, removed and merged ones too, that end with these signs."""
    found = select(Person.id).where(func.substr(Person.id, -len(tail)) == tail)
    return list(session.scalars(found.limit(limit)))


def persons_with_file_ending(session: Session, tail: str, limit: int) -> list[str]:
    """Ids of persons with an application or a hearing whose identity ends with these signs."""
    found: list[str] = []
    for one in (Application, Hearing):
        ends = func.substr(one.id, -len(tail)) == tail
        found += session.scalars(select(one.person_id).where(ends, one.deleted_at.is_(None)))
    return list(dict.fromkeys(found))[:limit]


def _cases(
    session: Session, parts: Sequence[ColumnElement[bool]], statuses: Sequence[str], limit: int
) -> list[tuple[CareCase, Person]]:
    """Cases first, then their persons: joining every case would read every person's row."""
    conditions = [CareCase.deleted_at.is_(None), *parts]
    if statuses:
        conditions.append(CareCase.case_status.in_(statuses))
    some = select(CareCase.id).where(and_(*conditions))
    some = some.order_by(OPENED.desc(), CareCase.id.desc()).limit(limit * 4)
    ids = list(session.scalars(some))
    if not ids:
        return []
    found: Select[tuple[CareCase, Person]] = select(CareCase, Person).select_from(CareCase)
    found = merger.with_person(found, CareCase.person_id)
    found = found.where(CareCase.id.in_(ids), Person.deleted_at.is_(None))
    rows = session.execute(found.order_by(OPENED.desc(), CareCase.id.desc()).limit(limit))
    return [(case, person) for case, person in rows]
