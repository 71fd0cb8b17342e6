"""What a list says and not everybody may read (HIV, violence): taken out of its open words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from app.imports.decoding import TextRow
from app.imports.layout import CROSS, Column
from app.imports.plain import NO, YES
from data import fields
from data.telling import BLOT, SPELT
from data.telling import says as says
from data.text import fold

UNCLEAR = "?"
"""Something was said that no machine should put into a field; only people can."""
PLAIN = re.compile(
    r"^((tinh trang|xet nghiem|ket qua|doi tuong|nhom|nguoi|tre em|tre|la|bi|da|dang|co|benh nhan|"
    r"benh|nhiem|mac) )*(virus |vi rut )?(hiv|aids|sida)( aids| sida)?"
    r"( duong tinh| giai doan .*| thuoc .*| ngheo| tu( nam)? \d+| dang dieu tri.*| \d{4})?$"
)
DENIED = re.compile(
    r"^(xet nghiem )?((khong|ko|k|chua) ((phai|bi|co|mac|nhiem|benh) )*(hiv|aids|sida)( aids)?|"
    r"(hiv|aids|sida)( aids)? (am tinh|khong|ko|k))$"
)
CLAUSE = re.compile(r"(?:\bvà\b)?(?:(?!\bvà\b)[^;,.\n()\[\]+])+", re.IGNORECASE)
NAME_TAIL = re.compile(
    r"[\s(\[\-–,;:]*\b(?:(?:bị|nhiễm|có|mắc|người|bệnh)\s+)*(?:hiv|aids)\b.*$", re.IGNORECASE
)
LEFT_OVER = ((re.compile(r"\(\s*\)|\[\s*\]"), " "), (re.compile(r"\s*([;,.])(?:\s*[;,.])+"), r"\1"))
NAMES = frozenset(field.name for field in fields.of("person") if field.type == "name") | {
    "family_name",
    "given_name",
}
UNNAMED = Column(0, "", "", "")
CLOSED = fields.restricted("person") - {"hiv"}
"""Restricted fields that need no judging: a column of theirs is closed as a whole."""
POSITIVE = frozenset(("duong tinh", "duong"))
NEGATIVE = frozenset(("am tinh", "am"))
AROUND = " ;,.-–+:"


@lru_cache(maxsize=256)
def blotted(name: str) -> str:
    """The name of a file or a sheet as it may stand beside a person in the history."""
    if not says(name):
        return name
    words = re.sub(r"(?i)h\W?i\W?v|aids|sida|arv", BLOT, name)
    return BLOT if says(words) else words


def source(file: str, sheet: str, number: int) -> str:
    """Where a record came from, as its history tells it: list, sheet and row."""
    return f"import:{blotted(file)}:{blotted(sheet)}:{number}"


def telling(values: Mapping[str, object]) -> str:
    """The first field whose words tell of HIV, "" for none: for rows that are taken as they are,
    where a part left out would be missed by nobody."""
    return next((name for name, words in values.items() if says(str(words))), "")


def open_row(row: TextRow, columns: Sequence[Column]) -> tuple[TextRow, dict[str, str]]:
    """The row without what is closed, and that by restricted field: a value, or `UNCLEAR`.

    A column of a restricted field, or one whose heading tells of HIV alone, is taken out whole; of
    any other cell only the clauses that tell of it.
    """
    named = {column.at: column for column in columns}
    texts, told = list(row.texts), []
    closed: dict[str, str] = {}
    for at, text in enumerate(row.texts):
        column = named.get(at, UNNAMED)
        if not text:
            continue
        if column.field in CLOSED:
            closed[column.field], texts[at] = text, ""
            continue
        if column.field not in NAMES and not _about_it(column) and not says(text):
            continue  # as nearly everything is
        texts[at], verdict = _opened(column, text)
        if verdict:
            told.append(verdict)
    meant = set(told)
    if meant:
        closed["hiv"] = meant.pop() if len(meant) == 1 else UNCLEAR
    return (row._replace(texts=tuple(texts)) if closed else row), closed


def _about_it(column: Column) -> bool:
    return column.field == "hiv" or says(column.header)


@lru_cache(maxsize=1 << 13)
def _opened(column: Column, text: str) -> tuple[str, str]:
    """What may stay of a cell, and what it says of HIV ("" for nothing)."""
    if _about_it(column) and (column.field in ("", "hiv") or _bare(text)):
        return "", _answer(column.header, text)
    if column.field in NAMES:  # other words may be part of a name
        kept = NAME_TAIL.sub("", text)
        said = text[len(kept) :].strip(AROUND + "()[]")
        return kept, _verdict([said]) if kept != text else ""
    return _without(SPELT.sub("HIV", text)) if says(text) else (text, "")


def _bare(text: str) -> bool:
    said = fold(text)
    return bool(CROSS.match(text)) or said in YES | NO | POSITIVE | NEGATIVE


def _answer(header: str, text: str) -> str:
    """What a cell under a heading about HIV says; the heading may have parts Có and Không."""
    said = fold(text)
    if said in NO | NEGATIVE:
        return "no"
    if not CROSS.match(text) and said not in YES | POSITIVE:
        return _verdict([text])
    *above, leaf = [fold(SPELT.sub("hiv", part)) for part in header.split(" / ")]
    if PLAIN.match(leaf):
        return "yes"
    if any(PLAIN.match(part) for part in above) and leaf in YES | NO:
        return "yes" if leaf in YES else "no"
    return UNCLEAR


def _without(text: str) -> tuple[str, str]:
    """The text without its clauses about HIV, and what these say."""
    gone = [found[0] for found in CLAUSE.finditer(text) if says(found[0])]
    kept = CLAUSE.sub(lambda found: "" if says(found[0]) else found[0], text)
    for pattern, instead in LEFT_OVER:
        kept = pattern.sub(instead, kept)
    kept = re.sub(r"^\s*và\b", "", kept.strip(AROUND)).strip(AROUND)
    return "" if says(kept) else kept, _verdict(gone)


def _verdict(clauses: Sequence[str]) -> str:
    """`yes` or `no` only where a clause says nothing else about nobody else."""
    said = [fold(SPELT.sub("hiv", clause)).removeprefix("va ") for clause in clauses]
    if said and all(DENIED.match(one) for one in said):
        return "no"
    return "yes" if said and all(PLAIN.match(one) for one in said) else UNCLEAR
