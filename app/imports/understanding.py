"""From a row of texts to a person's fields: what is clear is taken, what is not is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from app.imports import birth, notes, numbers
from app.imports.layout import CROSS, Layout
from app.imports.places import Gazetteer, Place
from app.imports.rows import ListRow
from data import codes, fields
from data.fields import Field
from data.text import fold, tidy, title_name

REFUSING = frozenset(
    "name_missing name_unclear row_unclear birth_unclear birth_future birth_too_old "
    "commune_missing unknown_commune ambiguous_commune commune_split other_province "
    "formula_without_value".split()
)
"""Codes that send a row back; everything else is a warning and the person comes in."""
BY_HAND = frozenset("life_state life_state_on life_state_note possible_duplicate_of".split())
"""Columns a list may have and a machine may not write: they go into the note."""
PLACED = frozenset(
    "name family_name given_name birth birth_male birth_female birth_day birth_month birth_year "
    "sex sex_male sex_female id_number old_id_number commune district province hamlet address_text "
    "types degree mine_victim note ordinal".split()
)
NOTE_MAX = 2_000
TEXT_MAX = 500
YES = frozenset("x co v 1 true yes dung".split())
NO = frozenset("khong ko k 0 false no".split())


class Finding(NamedTuple):
    """Something about a field of the row: its code and the value as written."""

    field: str
    code: str
    value: str


@dataclass
class Understood:
    """A row's fields by dictionary name, what refuses it, and what is worth a look."""

    row: ListRow
    values: dict[str, object] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def tell(self, name: str, code: str, value: str) -> None:
        """Add a finding where it belongs."""
        finding = Finding(name, code, value)
        (self.problems if code in REFUSING else self.warnings).append(finding)


@dataclass
class Reader:
    """Understands the rows of a list for one office on one day."""

    gazetteer: Gazetteer
    today: date

    def understand(self, row: ListRow, layout: Layout) -> Understood:
        """One row as values of a person, with every doubt told."""
        known = Understood(row)
        if row.doubt:
            known.tell("name", row.doubt, " | ".join(text for text in row.raw if text)[:200])
        _name(known)
        _numbers(known)
        self._birth_and_sex(known, layout)
        self._place(known)
        _disability(known)
        self._others(known)
        _note(known)
        return known

    def _birth_and_sex(self, known: Understood, layout: Layout) -> None:
        row = known.row
        number = str(known.values.get("id_number") or "")
        found, side = birth.birth_of(row, self.today, number)
        if found.value:
            known.values["birth"] = found.value
        if found.lunar:
            known.values["birth_lunar"] = found.lunar[:TEXT_MAX]
        if found.code:
            known.tell("birth", found.code, found.written)
        sex = side or _sex(known)
        if not sex:
            sex = _sex_by_crosses(row, layout)
        if sex:
            known.values["sex"] = sex

    def _place(self, known: Understood) -> None:
        row = known.row
        values, above = row.values, row.places
        commune = values.get("commune", "")
        address = values.get("address_text", "")
        hamlet = values.get("hamlet", "") or above.get("hamlet", "")
        if not commune and not address:
            commune = above.get("commune", "")
        if row.kinds.get("commune") == "formula":
            known.tell("commune", "formula_without_value", "")
            return
        place = self.gazetteer.place(
            commune, values.get("district", ""), values.get("province", ""), address, hamlet
        )
        if place.code == "unknown_commune" and not commune and above.get("commune"):
            place = self._above(place, above["commune"], address, hamlet)
        _set_place(known, place)

    def _above(self, place: Place, commune: str, address: str, hamlet: str) -> Place:
        """An address that names no commune stands under a heading that does."""
        found = self.gazetteer.place(commune, "", "", "", hamlet or address)
        return found._replace(address=address) if found.commune else place

    def _others(self, known: Understood) -> None:
        for name, text in known.row.values.items():
            if name in PLACED or ":" in name or not fields.has("person", name):
                continue
            about = fields.get("person", name)
            if name in BY_HAND or about.restricted:
                known.remarks.append(f"{about.vi}: {text}")
                continue
            kind = known.row.kinds.get(name, "text")
            if kind in ("formula", "error"):
                known.tell(name, "cell_without_value", text)
                continue
            if name.startswith("cause_"):
                _cause(known, text)
                continue
            value = self._converted(about, text, kind)
            if value is None:
                known.tell(name, "value_unclear", text)
                known.remarks.append(f"{about.vi}: {text}")
            elif value != "":
                known.values[name] = value

    def _converted(self, about: Field, text: str, kind: str) -> object:
        """The value of a plain field; "" for nothing, None when it is not understood."""
        if about.type == "date":
            found = birth.parse(text, kind, self.today)
            if found.value is None and not found.code:
                return ""
            return found.value
        return CONVERT.get(about.type, _text)(about, text)


def _set_place(known: Understood, place: Place) -> None:
    if place.code:
        known.tell("commune", place.code, place.value)
    if place.commune:
        known.values["commune"] = place.commune
    if place.hamlet:
        known.values["hamlet"] = place.hamlet[:TEXT_MAX]
    if place.address:
        known.values["address_text"] = place.address[:TEXT_MAX]


def _name(known: Understood) -> None:
    values = known.row.values
    written = values.get("name", "")
    if not written and (values.get("family_name") or values.get("given_name")):
        parts = (values.get("family_name", ""), values.get("given_name", ""))
        written = " ".join(part for part in parts if part)
    kind = known.row.kinds.get("name", "text")
    if kind in ("formula", "error"):
        known.tell("name", "formula_without_value", written)
        return
    name, other, remark = notes.split_name(written)
    name = _with_initials(title_name(name))
    if not name:
        if not known.row.doubt:
            known.tell("name", "name_missing", "")
        return
    if sum(sign.isalpha() for sign in name) < 2 or any(sign.isdigit() for sign in name):
        known.tell("name", "name_unclear", written)
        return
    known.values["name"] = name[:TEXT_MAX]
    if other:
        known.values["other_name"] = title_name(other)[:TEXT_MAX]
    if remark:
        known.remarks.append(remark)


def _with_initials(name: str) -> str:
    """Út typed in TCVN3 comes back as út, for toned letters have no capitals there."""
    words = name.split()
    if not any(word[0].isupper() for word in words):
        return name
    return " ".join(
        word[0].upper() + word[1:] if word[0].islower() and not word[0].isascii() else word
        for word in words
    )


def _numbers(known: Understood) -> None:
    for name in ("id_number", "old_id_number"):
        text = known.row.values.get(name, "")
        kind = known.row.kinds.get(name, "text")
        digits, code, remark = numbers.citizen_number(text, kind)
        if digits:
            known.values[name] = digits
        if remark and not code:
            known.remarks.append(f"{fields.get('person', name).vi}: {remark}")
        if code == "formula_without_value":
            known.tell(name, "cell_without_value", text)
        elif code and code != "number_restored":
            known.tell(name, code, text)
            known.remarks.append(f"{fields.get('person', name).vi}: {text}")


def _sex(known: Understood) -> str:
    text = known.row.values.get("sex", "")
    if not text:
        return ""
    found = match("sex", text)
    if found is None:
        known.tell("sex", "sex_unclear", text)
        known.remarks.append(f"{fields.get('person', 'sex').vi}: {text}")
    return found or ""


def _sex_by_crosses(row: ListRow, layout: Layout) -> str:
    """Crosses under Nam or Nữ; a single column Nữ without a cross means the other sex."""
    crossed = [
        sex for sex in ("male", "female") if _is_cross(row.values.get(f"sex_{sex}", ""), sex)
    ]
    if len(crossed) == 1:
        return crossed[0]
    if not crossed and not layout.has("sex", "birth_male", "birth_female"):
        if layout.has("sex_female") and not layout.has("sex_male"):
            return "male"
        if layout.has("sex_male") and not layout.has("sex_female"):
            return "female"
    return ""


def _is_cross(text: str, sex: str) -> bool:
    return bool(CROSS.match(text)) or (bool(text) and match("sex", text) == sex)


def _disability(known: Understood) -> None:
    crossed = {
        name: [
            key.partition(":")[2]
            for key, text in known.row.values.items()
            if key.startswith(name + ":") and text and fold(text) not in NO
        ]
        for name in ("types", "degree")
    }
    found = _types(known) | set(crossed["types"])
    if found:
        order = [item.code for item in codes.get("disability_type").items]
        known.values["types"] = tuple(sorted(found, key=order.index))
    text = known.row.values.get("degree", "")
    degree = match("degree", text) if text else None
    if len(crossed["degree"]) == 1:
        degree = degree or crossed["degree"][0]
    if degree:
        known.values["degree"] = degree
    elif text or len(crossed["degree"]) > 1:
        written = text or ", ".join(crossed["degree"])
        known.tell("degree", "degree_unclear", written)
        known.remarks.append(f"{fields.get('person', 'degree').vi}: {written}")


def _types(known: Understood) -> set[str]:
    text = known.row.values.get("types", "")
    if not text or CROSS.match(text):
        return set()
    matched, unknown = match_all("disability_type", text)
    if unknown or not matched:
        known.tell("types", "types_unclear", text)
        known.remarks.append(f"{fields.get('person', 'types').vi}: {text}")
    return set(matched)


def _cause(known: Understood, text: str) -> None:
    """The cause belongs to each type the person has."""
    cause = match("cause", text)
    types = known.values.get("types") or ()
    if cause is None or not isinstance(types, tuple) or not types:
        known.remarks.append(f"Nguyên nhân: {text}")
    else:
        for each in types:
            known.values[f"cause_{each}"] = cause
    if notes.says_mine(text):
        known.values["mine_victim"] = True


def _note(known: Understood) -> None:
    """The remark is kept as written; what it says about mines is taken, about life only told."""
    written = known.row.values.get("note", "")
    everything = "; ".join(part for part in (written, *known.remarks) if part)
    if everything:
        known.values["note"] = everything[:NOTE_MAX]
    column = known.row.values.get("mine_victim", "")
    if column:
        said = fold(column)
        if CROSS.match(column) or said in YES or notes.says_mine(column):
            known.values["mine_victim"] = True
        elif said in NO:
            known.values["mine_victim"] = False
        else:
            role = match("victim_role", column)
            known.values["mine_victim"] = True
            if role:
                known.values["victim_role"] = role
            else:
                known.tell("mine_victim", "value_unclear", column)
    if notes.says_mine(everything):
        known.values.setdefault("mine_victim", True)
    hint = notes.life_hint(everything)
    if hint:
        known.tell("life_state", f"note_says_{hint}", everything[:200])


@lru_cache(maxsize=20_000)
def match(list_name: str, text: str) -> str | None:
    """`codes.match`, remembered: a list says the same few things thousands of times."""
    return codes.match(list_name, text)


@lru_cache(maxsize=20_000)
def match_all(list_name: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All codes a text names and the words nobody knows, remembered."""
    one = codes.match(list_name, text)
    if one:
        return (one,), ()
    found = codes.match_all(list_name, text)
    return found.codes, found.unknown


def _text(about: Field, text: str) -> object:
    return tidy(text)[: NOTE_MAX if about.type == "note" else TEXT_MAX]


def _person_name(about: Field, text: str) -> object:
    name = _with_initials(title_name(notes.split_name(text)[0]))
    return name if not name or any(sign.isalpha() for sign in name) else None


def _whole(about: Field, text: str) -> object:
    digits = "".join(sign for sign in text.split(",")[0] if sign.isdigit())
    return int(digits) if digits else None


def _yes(about: Field, text: str) -> object:
    said = fold(text)
    if CROSS.match(text) or said in YES:
        return True
    return False if said in NO else None


def _code(about: Field, text: str) -> object:
    if CROSS.match(text):
        return match("yes_no", "có") if about.codes == "yes_no" else None
    return match(about.codes, text)


def _codes(about: Field, text: str) -> object:
    matched, unknown = match_all(about.codes, text)
    return None if unknown or not matched else matched


def _phone(about: Field, text: str) -> object:
    if fold(text) in numbers.NO_NUMBER:
        return ""
    return numbers.phone_number(text, "text") or None


def _idno(about: Field, text: str) -> object:
    return numbers.citizen_number(text, "text")[0]


CONVERT: dict[str, Callable[[Field, str], object]] = {
    "text": _text,
    "note": _text,
    "name": _person_name,
    "int": _whole,
    "money": _whole,
    "bool": _yes,
    "code": _code,
    "codes": _codes,
    "phone": _phone,
    "idno": _idno,
    "unit": lambda about, text: None,
}
