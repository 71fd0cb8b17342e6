"""Types, degree and cause of a disability, and mine victims: words, abbreviations, crosses."""

from __future__ import annotations

import re

from app.imports import notes
from app.imports.findings import Understood
from app.imports.layout import CROSS
from app.imports.plain import NO, YES, match, match_all
from data import codes, fields
from data.text import fold

NUMBERED = re.compile(r"^\(?\d{1,2}\s*[.)\-:]\s*(?=\D)")
"""`1. Vận động`: the number of the type in somebody's list says nothing."""
REMARK = re.compile(r"\([^)]*\)")


def types_and_degree(known: Understood) -> None:
    """The types as a set and the degree, from their columns or from crosses under each."""
    crossed: dict[str, list[str]] = {"types": [], "degree": []}
    for key, text in known.row.values.items():
        name, under, code = key.partition(":")
        if under and name in crossed and text and fold(text) not in NO:
            crossed[name].append(code)
    named, beside = _types(known)
    found = named | set(crossed["types"])
    if found:
        order = [item.code for item in codes.get("disability_type").items]
        known.values["types"] = tuple(sorted(found, key=order.index))
    text = known.row.values.get("degree", "")
    degree = match("degree", text) or match("degree", REMARK.sub(" ", text)) if text else beside
    if len(crossed["degree"]) == 1:
        degree = degree or crossed["degree"][0]
    if degree:
        known.values["degree"] = degree
    elif text or len(crossed["degree"]) > 1:
        written = text or ", ".join(crossed["degree"])
        known.tell("degree", "degree_unclear", written)
        known.remarks.append(f"{fields.get('person', 'degree').vi}: {written}")


def _types(known: Understood) -> tuple[set[str], str | None]:
    """The types of a cell, and the degree that is written beside them: `vận động nặng`."""
    text = known.row.values.get("types", "")
    if not text or CROSS.match(text):
        return set(), None
    matched, unknown = match_all("disability_type", NUMBERED.sub("", text))
    degree = match("degree", " ".join(unknown)) if unknown else None
    if (unknown and degree is None) or not matched:
        known.tell("types", "types_unclear", text)
        known.remarks.append(f"{fields.get('person', 'types').vi}: {text}")
    return set(matched), degree


def cause(known: Understood, text: str) -> None:
    """The cause belongs to each type the person has."""
    code = match("cause", text)
    types = known.values.get("types") or ()
    if code is None or not isinstance(types, tuple) or not types:
        known.remarks.append(f"Nguyên nhân: {text}")
    else:
        for each in types:
            known.values[f"cause_{each}"] = code
    if notes.says_mine(text):
        known.values["mine_victim"] = True


def mine_victim(known: Understood) -> None:
    """A column about mine victims: a cross, yes or no, or direct and indirect."""
    column = known.row.values.get("mine_victim", "")
    if not column:
        return
    said = fold(column)
    role = match("victim_role", column)
    if CROSS.match(column) or said in YES or role or notes.says_mine(column):
        known.values["mine_victim"] = True
        if role:
            known.values["victim_role"] = role
    elif said in NO:
        known.values["mine_victim"] = False
    else:
        known.tell("mine_victim", "value_unclear", column)
        known.remarks.append(f"{fields.get('person', 'mine_victim').vi}: {column}")
