"""What every record has in common: identity, office, version, who and when."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from data import fields

LOCAL = {"local": True}
"""Column mark: kept on this PC only, never in a change that travels."""


def new_id() -> str:
    """A new time-ordered identity (UUID version 7, RFC 9562) as 36 characters of text."""
    milliseconds = time.time_ns() // 1_000_000
    noise = int.from_bytes(secrets.token_bytes(10), "big")
    value = milliseconds << 80 | 0x7 << 76 | (noise >> 64 & 0xFFF) << 64 | 0b10 << 62
    value |= noise & 0x3FFF_FFFF_FFFF_FFFF
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def now_text() -> str:
    """This instant as ISO text in UTC with milliseconds."""
    return instant_text(datetime.now(UTC))


def instant_text(instant: datetime) -> str:
    """An aware instant as `2026-11-23T22:10:00.123Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + (
        f"{instant.microsecond // 1000:03d}Z"
    )


class Base(DeclarativeBase):
    """The mapping base of all records, local and travelling."""


class Travels:
    """A record that goes to the other PCs of the office and to the central server."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    office_id: Mapped[str] = mapped_column(String(36), index=True)
    version: Mapped[int] = mapped_column(Integer, default=0, info=LOCAL)
    server_version: Mapped[int] = mapped_column(Integer, default=0, info=LOCAL)
    created_at: Mapped[str] = mapped_column(String(24), info=LOCAL)
    created_by: Mapped[str] = mapped_column(Text, info=LOCAL)
    updated_at: Mapped[str] = mapped_column(String(24), info=LOCAL)
    updated_by: Mapped[str] = mapped_column(Text, info=LOCAL)
    deleted_at: Mapped[str | None] = mapped_column(String(24))
    deleted_reason: Mapped[str | None] = mapped_column(Text)


STAMPS = frozenset(
    "id office_id version server_version created_at created_by updated_at updated_by".split()
)
"""Columns that say where and when a record stands; they are made on arrival, never sent."""


def column_for(field: fields.Field) -> Any:
    """A mapped column that stores the values of a dictionary field."""
    if field.type in fields.STORED_AS_INTEGER:
        return mapped_column(Integer, nullable=True)
    if field.type in fields.STORED_AS_BOOLEAN:
        return mapped_column(Boolean, nullable=True)
    return mapped_column(Text, nullable=True)


def add_dictionary_columns(record: type[Base], name: str) -> None:
    """Give a mapped class one column for each field the dictionary has for `name`."""
    for field in fields.of(name):
        if field.name not in record.__table__.columns:
            setattr(record, field.name, column_for(field))


def travelling_columns(record: type[Base]) -> tuple[str, ...]:
    """Names of the columns whose values go into changes, in the order of the table."""
    return tuple(
        column.name
        for column in record.__table__.columns
        if column.name not in STAMPS and not column.info.get("local")
    )
