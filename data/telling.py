"""Open words that tell of HIV: known by a list of patterns, read by their writer and the granted.

One rule for every free text about a person: rows that a reader without the grant loads come with
such words blotted, whatever then becomes of them (a list, a page, a paper, an export). The same
holds of identity and telephone numbers for readers whose role does not work with people.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from sqlalchemy import event, or_, select
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.attributes import set_committed_value

from data import fields
from data.base import Base
from data.reader import READER, Reader, hides_numbers
from data.records.trace import History
from data.text import fold

BLOT = "•••"
SPELT = re.compile(r"\bh\s?[.\-]\s?i\s?[.\-]\s?v\b\.?", re.IGNORECASE)
SAYS = re.compile(r"\b(hiv|aids|sida|arv|suy giam mien dich)\b")
OPEN_TYPES = ("text", "note")
REASON = "deleted_reason"


NUMBER_TYPES = ("idno", "phone")
OF_NOBODY = frozenset({"provider", "agreement"})
"""Records whose telephone numbers are those of services and firms: open to everybody."""
NUMBER_SIGNS = 4


@lru_cache(maxsize=1 << 13)
def says(text: str) -> bool:
    """Whether words tell of HIV, whoever they mean."""
    return bool(SAYS.search(fold(SPELT.sub("hiv", text))))


def attach(factory: sessionmaker[Session]) -> None:
    """Let the sessions of a factory that read for somebody blot what is not for that reader."""
    event.listen(factory, "loaded_as_persistent", _loaded)


def _loaded(session: Session, row: object) -> None:
    reader: Reader | None = session.info.get(READER)
    if reader is None or not isinstance(row, Base):
        return
    if not reader.numbers:
        for name in number_fields(row.__tablename__):
            whole = getattr(row, name, None)
            if whole:
                set_committed_value(row, name, masked(str(whole)))
    if reader.granted:
        return
    for name in _open_fields(row.__tablename__):
        words = getattr(row, name, None)
        if words and says(words) and _writer(session, row, name) != reader.login:
            set_committed_value(row, name, BLOT)


def number(session: Session, whole: str | None) -> str | None:
    """A number that was asked for as a column, as the session's reader may see it."""
    return masked(whole) if whole and hides_numbers(session) else whole


def masked(whole: str) -> str:
    """A number with all but its last signs hidden."""
    return BLOT[0] * max(len(whole) - NUMBER_SIGNS, 0) + whole[-NUMBER_SIGNS:]


@cache
def number_fields(record: str) -> frozenset[str]:
    """The fields of a record that hold a person's identity or telephone number."""
    if record not in fields.records() or record in OF_NOBODY:
        return frozenset()
    return frozenset(one.name for one in fields.of(record) if one.type in NUMBER_TYPES)


@cache
def _open_fields(record: str) -> tuple[str, ...]:
    """The free texts of a record."""
    if record not in fields.records():
        return ()
    every = fields.of(record)
    return (*(one.name for one in every if one.type in OPEN_TYPES and not one.restricted), REASON)


def _writer(session: Session, row: Base, name: str) -> str:
    """Who wrote these words last; "" where no history tells."""
    made = or_(History.field == name, History.op == "create")
    lines = select(History.by).where(History.row_id == row.id, made)  # type: ignore[attr-defined]
    last = lines.order_by(History.seq.desc()).limit(1)
    return session.connection().scalar(last) or ""
