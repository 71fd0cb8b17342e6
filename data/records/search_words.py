"""The words of cases and kept files, as the one search finds them: folded, by their beginnings.

Kept by SQLite itself beside the rows, so that a row which came by any way is found. The fold is
that of `data.text.search_fold`: the index takes marks off, what it cannot (đ, y like i) is
replaced before.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, TextClause, column, text
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TextualSelect

from data.reader import hides_numbers
from data.records.person import Person
from data.text import joined_numbers, nfc, search_fold

COLUMNS = {"attachment": ("title",), "care_case": ("case_number", "worker")}
"""What is searched of each table."""
_ALIKE = {"i": "yýỳỷỹỵYÝỲỶỸỴ", "d": "đĐ"}


def _folded(row: str, columns: Sequence[str]) -> str:
    """SQL for the words of a row, with the letters replaced that the index would keep."""
    words = " || ' ' || ".join(f"coalesce({row}{each}, '')" for each in columns)
    for plain, written in _ALIKE.items():
        for letter in written:
            words = f"replace({words}, '{letter}', '{plain}')"
    return words


def _table(entity: str) -> tuple[str, ...]:
    columns, index = COLUMNS[entity], f"{entity}_search"
    new, changed = _folded("new.", columns), ", ".join(columns)
    return (
        f"CREATE VIRTUAL TABLE {index} USING fts5("
        "words, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {entity} BEGIN "
        f"INSERT INTO {index}(rowid, words) VALUES (new.rowid, {new}); END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {entity} BEGIN "
        f"DELETE FROM {index} WHERE rowid = old.rowid; END",
        f"CREATE TRIGGER {index}_update AFTER UPDATE OF {changed} ON {entity} BEGIN "
        f"UPDATE {index} SET words = {new} WHERE rowid = new.rowid; END",
    )


def _rebuild(entity: str) -> tuple[str, ...]:
    index, words = f"{entity}_search", _folded("", COLUMNS[entity])
    return (
        f"DELETE FROM {index}",
        f"INSERT INTO {index}(rowid, words) SELECT rowid, {words} FROM {entity}",
    )


TABLES = tuple(statement for entity in COLUMNS for statement in _table(entity))
REBUILD = tuple(statement for entity in COLUMNS for statement in _rebuild(entity))
"""Needed after a copy, which may renumber rows."""


def whole(session: Session, word: str) -> bool:
    """Whether a folded word finds only who has it whole: beginnings would tell a masked number
    sign by sign."""
    return hides_numbers(session) and any(sign.isdigit() for sign in word)


def begins(session: Session, word: str) -> str:
    """What asks the index of persons for a folded word by its beginning, or `whole`."""
    return f'"{word}"' if whole(session, word) else f'"{word}"*'


def of_person(session: Session, query: str) -> list[ColumnElement[bool]]:
    """That the searched text of a person has each word of a query: anywhere in it, or `whole`."""
    told = []
    for word in search_fold(joined_numbers(nfc(query))).split():
        if whole(session, word):
            ends = " " + Person.search_text + " "
            told.append(ends.contains(f" {word} ", autoescape=True))
        else:
            told.append(Person.search_text.contains(word, autoescape=True))
    return told


def matching(words: Sequence[str]) -> str:
    """What asks an index for rows that have every word by its beginning."""
    return " ".join(f'"{word}"*' for one in words for word in [search_fold(one)])


def rows_with(entity: str, words: Sequence[str], most: int) -> TextualSelect:
    """Row numbers of those with every word, the latest that came in first."""
    index = f"{entity}_search"
    asked: TextClause = text(
        f"SELECT rowid FROM {index} WHERE {index} MATCH :{index}_words "
        f"ORDER BY rowid DESC LIMIT {int(most)}"
    ).bindparams(**{f"{index}_words": matching(words)})
    return asked.columns(column("rowid"))
