"""Numbers of the national system in the words of the office, before a row is understood.

The law and the system number the types differently, so that a number alone means nothing to the
import of ordinary lists; here the layout says what it means.
"""

from __future__ import annotations

import re

from app.imports.rows import ListRow
from data import codes, fields, national_layouts
from data.national_layouts import Column

TYPES, UNDETERMINED = "types", "undetermined"
JOINTS = re.compile(r"[,;+/ ]+")


def worded(row: ListRow, register: str) -> ListRow:
    """The row with codes in words; as it is where the list has no layout of the system."""
    edition = national_layouts.all_of().get(register)
    if edition is None:
        return row
    values = dict(row.values)
    for column in edition.columns:
        text = values.get(column.field, "").strip()
        if column.codes and text:
            values[column.field] = _words(column, text)
    return row._replace(values=values)


def _words(column: Column, text: str) -> str:
    """What a cell of numbers means (nothing for types nobody determined); words stay as they
    are."""
    many = column.field == TYPES
    meant = [column.code(one) for one in (JOINTS.split(text) if many else (text,)) if one]
    if not all(meant):
        return text
    listed = fields.get("person", column.field).codes or "yes_no"
    known = [one for one in meant if one and not (many and one == UNDETERMINED)]
    return ", ".join(codes.label(listed, one) for one in known)
