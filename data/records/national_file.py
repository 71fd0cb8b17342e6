"""What was handed over to the national system and what came from it: each time, and of whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, Text, func, select
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


def counts(session: Session) -> list[tuple[str, str, str, int]]:
    """How many lines of each file have which move and which answer."""
    line = NationalLine.__table__.c
    shape = (line.file_id, line.national_move, line.national_answer)
    found = select(*shape, func.count()).where(line.deleted_at.is_(None)).group_by(*shape)
    return [(one, move or "", answer or "", n) for one, move, answer, n in session.execute(found)]


def standing(session: Session) -> list[Any]:
    """What the national system has by our book: every line it did not refuse, oldest first."""
    table = NationalLine.__table__.c
    found = select(
        *(table[name] for name in ("id", "file_id", "person_id", "base_id", "number", "edition",
                                   "day", "written", "national_move", "national_answer")),
        table.created_by,
    ).where(table.deleted_at.is_(None), table.national_answer != REFUSED)  # fmt: skip
    return list(session.execute(found.order_by(table.id)))


def leads(session: Session) -> Mapping[str, str]:
    """Of every record that was merged away the person it stands for now."""
    rows = session.execute(
        select(Person.id, Person.merged_into).where(Person.merged_into.is_not(None))
    )
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
    asked = [table[name] for name in dict.fromkeys((*STANDING, *names))]
    found = select(*asked).order_by(Person.sort_key, Person.id)
    for row in session.execute(found).mappings():
        yield dict(row)


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
