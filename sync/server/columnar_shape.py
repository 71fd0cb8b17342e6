"""What the columnar copy keeps of the census: codes, days, marks, numbers and places.

No names of persons, no notes, no addresses. Of identity numbers and telephones it has keyed
digests: reports ask whether there is one, and whether two are the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from psycopg import sql
from sqlalchemy import Boolean, Column, Integer

from data import fields
from sync.server import census

FORMAT = 1
"""Another number makes every copy anew."""
ENTITIES = (
    "person need care_case case_review case_note application medical_referral hearing certificate "
    "victim accident training_round training_class workshop delegate amendment target period"
).split()
"""What reports look at (`data.counting`); another one would fail them, never be zero."""
CODED = frozenset({"code", "codes", "date", "int", "bool", "unit"})
DIGESTED = frozenset({"id_number", "phone"})
WORDS = {
    "person": frozenset({"hamlet"}),
    "accident": frozenset({"accident_hamlet"}),
    "care_case": frozenset({"worker"}),
    "delegate": frozenset({"full_name", "organisation"}),
    "training_round": frozenset({"name"}),
    "training_class": frozenset({"name"}),
    "workshop": frozenset({"name"}),
    "target": frozenset({"figure", "period"}),
    "period": frozenset({"code", "name"}),
}
"""Words that group or name the rows of reports."""
PRIVATE = frozenset(
    "name_key sort_key search_text marks changes reason deleted_reason email created_by updated_by "
    "decided_by edited_by deleted_by".split()
)
EDITS = "past_edit"
# A value may hold a NUL, which the log keeps and PostgreSQL cannot write as text: it is left out,
# as the census leaves it out.
_EDITS = r"""
    SELECT scope_id, ('x' || substr(md5(scope_id), 1, 4))::bit(16)::int * 10000000000 + seq,
        entity, row_id, at, 'edit', field,
        CASE WHEN entity || '.' || field = ANY({digested}) THEN {digest} ELSE old END
    FROM (SELECT e.*, pair.key AS field,
            CASE json_typeof(pair.value -> 0) WHEN 'boolean'
                THEN CASE pair.value ->> 0 WHEN 'true' THEN '1' ELSE '0' END
                ELSE pair.value ->> 0 END AS old
        FROM log_entry e CROSS JOIN LATERAL json_each((
            CASE WHEN strpos(e.fields, '\u0000') > 0
                THEN regexp_replace(e.fields, '(?<!\\)((?:\\\\)*)\\u0000', '\1', 'g')
                ELSE e.fields END)::json) pair
        WHERE e.op = 'U') edit
    WHERE entity || '.' || field = ANY({known})"""


@cache
def kept(entity: str) -> tuple[Column[Any], ...]:
    """The columns of a kind that the copy has."""
    return tuple(one for one in census.tables()[entity].columns if _is_kept(entity, one.name))


def _is_kept(entity: str, name: str) -> bool:
    if name in DIGESTED or name in WORDS.get(entity, ()):
        return True
    if fields.has(entity, name):
        return fields.get(entity, name).type in CODED
    return name not in PRIVATE


@cache
def sign() -> str:
    """Tells copies of programs with other columns apart."""
    return hashlib.sha256(
        json.dumps([FORMAT, _EDITS, sorted(DIGESTED), list(_made())]).encode()
    ).hexdigest()


def made() -> tuple[str, ...]:
    """The sentences that make the copy's empty tables."""
    return (
        *_made(),
        f"CREATE TABLE {EDITS} (scope_id VARCHAR, seq BIGINT, entity VARCHAR, row_id VARCHAR, "
        '"at" VARCHAR, op VARCHAR, field VARCHAR, old VARCHAR)',
        "CREATE TABLE stand (scope_id VARCHAR, seq BIGINT, sign VARCHAR)",
        "CREATE TABLE shape (sign VARCHAR)",
    )


def _made() -> Iterable[str]:
    for entity in ENTITIES:
        held = ", ".join(f'"{one.name}" {_kind(one)}' for one in kept(entity))
        yield f'CREATE TABLE "{entity}" ({held})'


def _kind(column: Column[Any]) -> str:
    if isinstance(column.type, Boolean):
        return "BOOLEAN"
    return "BIGINT" if isinstance(column.type, Integer) else "VARCHAR"


def rows(entity: str, salt: str) -> sql.Composed:
    """The question to PostgreSQL for the rows of a kind."""
    parts = [_read(column.name, salt) for column in kept(entity)]
    return sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(parts), sql.Identifier(entity))


def _read(name: str, salt: str) -> sql.Composable:
    if name not in DIGESTED:
        return sql.Identifier(name)
    return _digest(sql.Identifier(name), salt)


def _digest(value: sql.Composable, salt: str) -> sql.Composed:
    words = sql.SQL("CASE WHEN coalesce({0}, '') = '' THEN {0} ELSE md5({1} || {0}) END")
    return words.format(value, sql.Literal(salt))


def edits(salt: str) -> sql.Composed:
    """The question to PostgreSQL for the fields of edits as lines: what each held as text, 1 and 0
    of a mark. Their numbers follow the log of a scope, and are the same whenever they are read."""
    known = [f"{entity}.{column.name}" for entity in ENTITIES for column in kept(entity)]
    digested = [f"{entity}.{name}" for entity in ENTITIES for name in sorted(DIGESTED)]
    return sql.SQL(_EDITS).format(
        known=sql.Literal(known), digested=sql.Literal(digested),
        digest=_digest(sql.Identifier("old"), salt),
    )  # fmt: skip
