"""Where a list's headings stand and which column holds what."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from app.imports import labels
from app.imports.decoding import TextRow
from app.imports.sheet import Merge
from data.text import fold

HEADER_ROWS_MAX = 4
HEADER_SEARCH_ROWS = 80
FIELDS_MIN = 2
NUMBERING = re.compile(r"^\(?\s*(\d{1,2}|[A-Z])\s*\)?(\s*=.*)?$")
CROSS = re.compile(r"^[xX✓✔v1+*]$")
LABEL_LENGTH_MAX = 60
NAME_WORD = re.compile(r"tên|ten\b|hoten|người khuyết|nguoi khuyet|mã hồ sơ", re.IGNORECASE)
"""Every heading of a person's name or id has one of these."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, its letter, its headings top to bottom, and its field.

    `field` is a field of the dictionary, a part of `labels.PARTS`, `types:CODE`, `degree:CODE`,
    or "" when the column is not used.
    """

    at: int
    letter: str
    header: str
    field: str


@dataclass(frozen=True)
class Layout:
    """The headings of one table: its rows, its columns, and what each field's columns are."""

    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    signatures: frozenset[tuple[str, ...]]

    def places(self, field: str) -> tuple[int, ...]:
        """The columns of a field, left to right."""
        return tuple(column.at for column in self.columns if column.field == field)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields that have a column, whatever stands in its cells."""
        return frozenset(column.field.split(":")[0] for column in self.columns if column.field)

    def has(self, *names: str) -> bool:
        """Whether any of the fields has a column."""
        return any(column.field in names for column in self.columns)


def letters_of(column: int) -> str:
    """The letters of a column's number: 1 is A, 27 is AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def place_of(letter: str) -> int:
    """The place of a column from 0: A is 0, Z is 25, AA is 26."""
    number = 0
    for sign in letter:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number - 1


def key_of(found: Layout, commune: str) -> str:
    """What lists of one commune and one shape have in common: its name and all headings.

    The reason that rows handed back carry in the last column makes no other shape.
    """
    words = [fold(commune), *(fold(column.header) for column in found.columns)]
    while words and words[-1] in ("", "ly do"):
        words.pop()
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def taken(found: Layout, mapping: Mapping[str, str]) -> Layout:
    """The layout with columns taken as a mapping says."""
    return replace(found, columns=tuple(_mapped(column, mapping) for column in found.columns))


def in_register(found: Layout, register: str) -> Layout:
    """The layout with headings taken as they are meant in an existing register."""
    meant = labels.in_register(register) or {}
    columns = tuple(
        _with(column, meant.get(labels.label(column.header), column.field))
        for column in found.columns
    )
    return replace(found, columns=columns)


def find(
    rows: Sequence[TextRow],
    merges: Sequence[Merge],
    mapping: Mapping[str, str] | None = None,
    corrections: bool = False,
) -> Layout | None:
    """The first table of a sheet's first rows; None when no row names a person's columns.

    `mapping` gives fields by column letter (`B`), which win over the headings. A list of
    corrections may name people by their numbers alone.
    """
    for place, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        if names_columns(row, corrections):
            return at(rows, place, merges, mapping)
    if mapping and any(field == "name" for field in mapping.values()) and rows:
        columns = tuple(
            Column(at_, letters_of(at_ + 1), "", mapping.get(letters_of(at_ + 1), ""))
            for at_ in range(max(len(row.texts) for row in rows[:HEADER_SEARCH_ROWS]))
        )
        return Layout(0, 0, columns, frozenset())
    return None


def names_columns(row: TextRow, corrections: bool = False) -> bool:
    """Whether a row holds headings: a person's name (or id) and another field."""
    if not corrections and not NAME_WORD.search("\n".join(row.texts)):
        return False  # most rows are told by this alone
    found = {labels.field_of(text) for text in row.texts if 0 < len(text) <= LABEL_LENGTH_MAX}
    found -= {""}
    who = {"name", "family_name", "person_id"} | ({"id_number"} if corrections else set())
    return bool(found & who) and len(found) >= FIELDS_MIN


def at(
    rows: Sequence[TextRow],
    place: int,
    merges: Sequence[Merge] = (),
    mapping: Mapping[str, str] | None = None,
) -> Layout:
    """The table whose headings begin at `rows[place]`."""
    start = place
    if place and _is_group_row(rows[place - 1], rows[place], merges):
        start = place - 1
    name_at = _name_column(rows[place])
    end = place
    while end + 1 < len(rows) and end - start < HEADER_ROWS_MAX:
        if not _continues(rows[end + 1], rows[end], name_at):
            break
        end += 1
    used = rows[start : end + 1]
    paths = _paths([row for row in used if not is_numbering(row)], merges)
    columns = [
        Column(at_, letters_of(at_ + 1), " / ".join(path), _field(path))
        for at_, path in enumerate(paths)
    ]
    columns = _settle(columns, rows[end + 1 :])
    if mapping:
        columns = [_mapped(column, mapping) for column in columns]
    return Layout(
        used[0].number, used[-1].number, tuple(columns), frozenset(signature(row) for row in used)
    )


def signature(row: TextRow) -> tuple[str, ...]:
    """A row as it is recognised when a list prints its headings again on each page."""
    return tuple(filter(None, row.texts))


def is_numbering(row: TextRow) -> bool:
    """`(1) (2) (3)` or `A B 1 2` under the headings."""
    found = signature(row)
    if len(found) < 3 or not all(NUMBERING.match(text) for text in found):
        return False
    digits = [int(number[0]) for text in found if (number := re.findall(r"\d+", text))]
    return len(digits) >= 2 and all(b - a in (0, 1, 2) for a, b in pairwise(digits))


def _name_column(row: TextRow) -> int:
    for at_, text in enumerate(row.texts):
        if labels.field_of(text) in ("name", "family_name"):
            return at_
    return 0


def _is_group_row(above: TextRow, row: TextRow, merges: Sequence[Merge]) -> bool:
    """A row of group headings right above: Thông tin chung | Địa chỉ | Khuyết tật."""
    if above.number != row.number - 1:
        return False
    found = {text for text in above.texts if text}
    spans = [merge for merge in merges if merge[0] <= above.number <= merge[2]]
    tall = any(merge[0] <= above.number and merge[2] >= row.number for merge in spans)
    known = any(labels.field_of(text) for text in found if len(text) <= LABEL_LENGTH_MAX)
    return tall or (len(found) >= 2 and known)


def _continues(row: TextRow, above: TextRow, name_at: int) -> bool:
    """Whether a row below a heading is one more row of it."""
    if is_numbering(row):
        return True
    if row.number != above.number + 1:
        return False
    name = row.texts[name_at] if name_at < len(row.texts) else ""
    if name and labels.field_of(name) not in ("name", "family_name", "given_name"):
        return False
    found = [text for text in row.texts if text]
    if any(any(sign.isdigit() for sign in text) for text in found):
        return False
    known = sum(1 for text in found if _is_sub_label(text))
    return known > 0 and known * 2 >= len(found)


def _is_sub_label(text: str) -> bool:
    if CROSS.match(text):
        return False
    return bool(
        labels.field_of(text)
        or labels.sub_field("", text)
        or labels.sub_field("Ngày sinh", text)
        or labels.sub_field("Dạng khuyết tật", text)
        or labels.sub_field("Mức độ khuyết tật", text)
    )


def _paths(rows: Sequence[TextRow], merges: Sequence[Merge]) -> list[tuple[str, ...]]:
    """The headings above each column; a group heading reaches over the empty cells at its right."""
    width = max((len(row.texts) for row in rows), default=0)
    grid = [[*row.texts, *[""] * (width - len(row.texts))] for row in rows]
    where = {row.number: line for row, line in zip(rows, grid, strict=True)}
    for top, left, bottom, right in merges:
        text = where[top][left - 1] if top in where and left <= width else ""
        for number in range(top, min(bottom, top + HEADER_ROWS_MAX) + 1):
            if text and number in where:
                for at_ in range(left - 1, min(right, width)):
                    where[number][at_] = text
    for line, below in pairwise(grid):
        for at_ in range(1, width):
            if not line[at_] and line[at_ - 1] and below[at_] and below[at_ - 1]:
                if not _covered(where, line, at_, merges):
                    line[at_] = line[at_ - 1]
    return [tuple(dict.fromkeys(line[at_] for line in grid if line[at_])) for at_ in range(width)]


def _covered(
    where: Mapping[int, list[str]], line: list[str], at_: int, merges: Sequence[Merge]
) -> bool:
    """Whether merges already say how far the heading on the left reaches."""
    number = next(number for number, other in where.items() if other is line)
    return any(
        top <= number <= bottom and left <= at_ <= right for top, left, bottom, right in merges
    )


def _field(path: tuple[str, ...]) -> str:
    if not path:
        return ""
    if len(path) == 1:
        return (
            labels.sub_field("", path[0])
            if fold(path[0]) in ("nam", "nu")
            else labels.field_of(path[0])
        )
    return labels.sub_field(" ".join(path[:-1][-1:]), path[-1])


def _settle(columns: list[Column], below: Sequence[TextRow]) -> list[Column]:
    """What one heading cannot tell: a name in two columns, Nam/Nữ without a group, two numbers."""
    columns = _split_name(columns, below)
    numbers = [column for column in columns if column.field == "id_number"]
    if len(numbers) == 2:
        old = [each for each in numbers if re.search(r"cmn?d|chung minh", fold(each.header))]
        new = [each for each in numbers if re.search(r"cccd|dinh danh|can cuoc", fold(each.header))]
        if old and new and old[0] is not new[0]:
            columns = [_with(c, "old_id_number") if c is old[0] else c for c in columns]
    sides = [column for column in columns if column.field in ("sex_male", "sex_female")]
    if sides and not any(column.field == "birth" for column in columns):
        dated = sum(
            bool(re.search(r"\d{2}", text))
            for row in below
            for side in sides
            if (text := row.texts[side.at] if side.at < len(row.texts) else "")
        )
        if dated:
            columns = [
                _with(c, c.field.replace("sex_", "birth_")) if c in sides else c for c in columns
            ]
    return columns


def _split_name(columns: list[Column], below: Sequence[TextRow]) -> list[Column]:
    """Họ và tên over two columns: family and middle names, then the given name."""
    names = [column for column in columns if column.field in ("name", "family_name")]
    if not names:
        return columns
    first = names[0]
    after = columns[first.at + 1] if first.at + 1 < len(columns) else None
    if after is None:
        return columns
    if first.field == "family_name" and after.field in ("name", "given_name"):
        return [_with(c, "given_name") if c is after else c for c in columns]
    blank = after.header in ("", first.header)
    if first.field == "name" and blank and _single_words(after.at, below):
        parts = {first.at: "family_name", after.at: "given_name"}
        return [_with(c, parts.get(c.at, c.field)) for c in columns]
    if first.field == "name" and after.header == first.header:
        return [_with(c, "") if c is after else c for c in columns]
    return columns


def _single_words(at_: int, below: Sequence[TextRow]) -> bool:
    texts = [row.texts[at_] for row in below if at_ < len(row.texts) and row.texts[at_]]
    return (
        bool(texts) and sum(" " not in text and text.isalpha() for text in texts) > len(texts) / 2
    )


def _with(column: Column, field: str) -> Column:
    return Column(column.at, column.letter, column.header, field)


def _mapped(column: Column, mapping: Mapping[str, str]) -> Column:
    for key in (column.letter, column.header):
        if key in mapping:
            return _with(column, mapping[key])
    return column
