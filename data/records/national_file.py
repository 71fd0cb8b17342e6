"""What was handed over to the national system and what came from it: each time, and of whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, Text, case, func, select, tuple_
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records.person import Person

OUT, IN = "out", "in"
NEW, CHANGED, GONE, KNOWN = "new", "changed", "gone", "known"
WAITING, ACCEPTED, REFUSED = "waiting", "accepted", "refused"
ASKED_MAX = 500
STANDING = ("id", "name", "status", "life_state", "life_state_on", "commune", "current_commune",
            "hamlet", "deleted_at", "merged_into")  # fmt: skip


class NationalFile(Travels, Base):
    """One file that was made for the national system, or one that came from it."""

    __tablename__ = "national_file"

    edition: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(Text)
    file_hash: Mapped[str] = mapped_column(String(64))
    made_by: Mapped[str] = mapped_column(String(200))

    @property
    def brought(self) -> bool:
        """Whether another office made it: only lines of persons who came from there tell of it."""
        return not self.office_id

    if TYPE_CHECKING:
        national_number: Mapped[str | None]
        national_day: Mapped[str | None]
        national_way: Mapped[str | None]
        submitted_on: Mapped[str | None]


class NationalLine(Travels, Base):
    """One person in it: what was written (JSON by field), and which line was there before.

    `base_id` is the line on which it builds ("" for the first): two that build on the same one
    were made apart. It goes with the person; number, edition and day stand here, for the file
    itself stays with the office.
    """

    __tablename__ = "national_line"

    file_id: Mapped[str] = mapped_column(String(36), index=True)
    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    base_id: Mapped[str] = mapped_column(String(36))
    number: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(40))
    day: Mapped[str] = mapped_column(String(10))
    written: Mapped[str] = mapped_column(Text)

    if TYPE_CHECKING:
        national_move: Mapped[str | None]
        national_answer: Mapped[str | None]
        given_code: Mapped[str | None]
        answered_on: Mapped[str | None]
        answer_reason: Mapped[str | None]


add_dictionary_columns(NationalFile, "national_file")
add_dictionary_columns(NationalLine, "national_line")


def all_of(session: Session) -> list[NationalFile]:
    """Every file, the newest first."""
    found = select(NationalFile).where(NationalFile.deleted_at.is_(None))
    return list(session.scalars(found.order_by(NationalFile.id.desc())))


def brought(session: Session, file_id: str = "") -> list[NationalFile]:
    """Files that stayed with other offices, as the lines of persons who came from there tell of
    them (all, or one); the newest first. They are in no table."""
    line = NationalLine.__table__.c
    found = select(line.file_id, line.number, line.edition, line.day).where(
        line.deleted_at.is_(None),
        line.national_move != KNOWN,
        line.file_id == file_id if file_id else line.file_id.not_in(select(NationalFile.id)),
    )
    return [
        NationalFile(id=one, office_id="", national_number=number, edition=edition,
                     national_day=day, national_way=OUT, file_name="", file_hash="", made_by="")
        for one, number, edition, day in session.execute(
            found.distinct().order_by(line.file_id.desc()))
    ]  # fmt: skip


def known(session: Session, file_id: str) -> NationalFile | None:
    """A file of this office, or one that was brought; None for those withdrawn and unknown."""
    row = session.get(NationalFile, file_id)
    if row is not None:
        return None if row.deleted_at else row
    return next(iter(brought(session, file_id)), None)


def lines(session: Session, file_id: str) -> list[NationalLine]:
    """The persons of one file in its order."""
    found = select(NationalLine).where(
        NationalLine.file_id == file_id, NationalLine.deleted_at.is_(None)
    )
    return list(session.scalars(found.order_by(NationalLine.id)))


def with_people(
    session: Session, file_id: str, start: int = 0, limit: int | None = None
) -> list[tuple[NationalLine, Person]]:
    """Lines of one file by name, each with the record it was written of."""
    found = (
        select(NationalLine, Person)
        .join(Person, Person.id == NationalLine.person_id)
        .where(NationalLine.file_id == file_id, NationalLine.deleted_at.is_(None))
        .order_by(Person.sort_key, NationalLine.id)
    )
    rows = session.execute(found.offset(start).limit(limit if limit is not None else -1))
    return [(line, who) for line, who in rows]


def counts(session: Session, file_id: str = "") -> list[tuple[str, str, str, int]]:
    """How many lines of each file (or of one) have which move and which answer."""
    line = NationalLine.__table__.c
    shape = (line.file_id, line.national_move, line.national_answer)
    found = select(*shape, func.count()).where(line.deleted_at.is_(None)).group_by(*shape)
    if file_id:
        found = found.where(line.file_id == file_id)
    return [(one, move or "", answer or "", n) for one, move, answer, n in session.execute(found)]


def standing(session: Session) -> list[Any]:
    """What the national system has by our book: every line it did not refuse, oldest first."""
    line = NationalLine.__table__.c
    shape = (line.id, line.person_id, line.edition, line.written, line.national_move)
    return list(session.execute(select(*shape).where(*_stands()).order_by(line.id)))


def standing_of(session: Session, persons: Collection[str]) -> list[Any]:
    """The same of some records, without the texts."""
    line = NationalLine.__table__.c
    shape = (line.id, line.person_id, line.edition, line.national_move)
    every = sorted(persons)
    found: list[Any] = []
    for start in range(0, len(every), ASKED_MAX):
        some = line.person_id.in_(every[start : start + ASKED_MAX])
        found += session.execute(select(*shape).where(*_stands(), some).order_by(line.id))
    return found


def newest(session: Session) -> str:
    """The id of the newest line that stands; "" when there is none."""
    line = NationalLine.__table__.c
    return session.scalar(select(func.max(line.id)).where(*_stands())) or ""


def apart(session: Session, file_id: str = "") -> list[Any]:
    """Lines of one record that were made apart, upon the same line before, while one of them waits
    for its answer; for one file only those of its persons."""
    line = NationalLine.__table__.c
    told = (*_stands(), line.national_move != KNOWN)
    waits = func.max(case((line.national_answer == WAITING, 1), else_=0))
    groups = select(line.person_id, line.base_id).where(*told)
    if file_id:
        inside = select(NationalLine.person_id).where(NationalLine.file_id == file_id)
        groups = groups.where(line.person_id.in_(inside))
    groups = groups.group_by(line.person_id, line.base_id)
    groups = groups.having(func.count(line.file_id.distinct()) > 1, waits == 1)
    key = tuple_(line.person_id, line.base_id)
    shape = (line.id, line.file_id, line.number, line.person_id, line.base_id)
    return list(session.execute(select(*shape).where(*told, key.in_(groups)).order_by(line.id)))


def _stands() -> tuple[Any, ...]:
    line = NationalLine.__table__.c
    return line.deleted_at.is_(None), line.national_answer != REFUSED


def codes_of(session: Session, persons: Collection[str]) -> Mapping[str, str]:
    """The national system's codes of some records."""
    every = sorted(persons)
    found: dict[str, str] = {}
    for start in range(0, len(every), ASKED_MAX):
        some = select(Person.id, Person.__table__.c.national_code).where(
            Person.id.in_(every[start : start + ASKED_MAX])
        )
        found.update({one: code or "" for one, code in session.execute(some)})
    return found


def leads(session: Session) -> Mapping[str, str]:
    """Of every record that was merged away the person it stands for now."""
    merged_away = Person.merged_into.is_not(None)
    rows = session.execute(select(Person.id, Person.merged_into).where(merged_away))
    merged = {str(one): str(into) for one, into in rows}

    def end(one: str) -> str:
        seen = {one}
        while one in merged and merged[one] not in seen:
            one = merged[one]
            seen.add(one)
        return one

    return {one: end(one) for one in merged}


def candidates(session: Session, names: Collection[str]) -> Iterator[Mapping[str, Any]]:
    """Every record that may be told of: as it stands, with the given fields; stubs among them."""
    table = Person.__table__.c
    asked = tuple(dict.fromkeys((*STANDING, *names)))
    found = select(*(table[name] for name in asked)).order_by(Person.sort_key, Person.id)
    for row in session.execute(found):
        yield dict(zip(asked, row, strict=True))


def with_code(session: Session, written: Collection[str]) -> Mapping[str, list[str]]:
    """The persons (not removed) who carry each code of the national system."""
    found: dict[str, list[str]] = {}
    every: Sequence[str] = sorted(written)
    code = Person.__table__.c.national_code
    for start in range(0, len(every), ASKED_MAX):
        some = every[start : start + ASKED_MAX]
        rows = select(code, Person.id).where(code.in_(some), Person.deleted_at.is_(None))
        for one, person_id in session.execute(rows):
            found.setdefault(one, []).append(person_id)
    return found
