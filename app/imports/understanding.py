"""From a row of texts to a person's fields: what is clear is taken, what is not is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.imports import birth, disability, notes, numbers
from app.imports.findings import Understood
from app.imports.layout import CROSS, Layout
from app.imports.places import Gazetteer, Place
from app.imports.plain import CONVERT, NOTE_MAX, TEXT_MAX, match, text_value, with_initials
from app.imports.rows import ListRow
from data import fields
from data.fields import Field
from data.text import fold, title_name

BY_HAND = frozenset("life_state life_state_on life_state_note possible_duplicate_of".split())
"""Columns a list may have and a machine may not write: they go into the note."""
NEEDLESS = frozenset(("name_missing", "commune_missing"))
PLACED = frozenset(
    "person_id name family_name given_name birth birth_male birth_female birth_day birth_month "
    "birth_year sex sex_male sex_female id_number old_id_number commune district province hamlet "
    "case_number case_opened_on case_worker case_reason case_step address_text types degree "
    "mine_victim note ordinal".split()
)

TOLD_ELSEWHERE = frozenset(
    "name commune birth birth_male birth_female birth_day birth_month birth_year "
    "id_number old_id_number ordinal".split()
)
MONEY_MIN = 10_000
"""Đồng; less is a slip: thousands were meant, or a zero was lost."""
STRANGE = frozenset("=@|<>{}\\^~#$%")
"""Signs that no name has: what they stand in is a formula or damaged."""


@dataclass
class Reader:
    """Understands the rows of a list for one office on one day."""

    gazetteer: Gazetteer
    today: date

    def understand(self, row: ListRow, layout: Layout) -> Understood:
        """One row as values of a person, with every doubt told."""
        known = Understood(row)
        _cells_without_value(known)
        if row.doubt:
            known.tell("name", row.doubt, " | ".join(text for text in row.raw if text)[:200])
            if row.doubt == "row_unclear":
                return known
        _name(known)
        _numbers(known)
        self._birth_and_sex(known, layout)
        self._place(known)
        disability.types_and_degree(known)
        disability.mine_victim(known)
        self._others(known)
        before = set(known.values)
        _note(known)
        known.derived |= set(known.values) - before - {"note"}
        if row.keyed:
            _only_columns(known)
        return known

    def _birth_and_sex(self, known: Understood, layout: Layout) -> None:
        row = known.row
        number = str(known.values.get("id_number") or "")
        both = birth.under_both(row)
        if both:
            known.tell("birth", "birth_under_both", both)
            return
        found, side = birth.birth_of(row, self.today, number)
        if found.value:
            known.values["birth"] = found.value
        if found.lunar:
            known.values["birth_lunar"] = found.lunar[:TEXT_MAX]
        if found.code:
            known.tell("birth", found.code, found.written)
        if found.code == "birth_unknown":
            known.remarks.append(f"{fields.get('person', 'birth').vi}: {found.written}")
        sex = side or _sex(known)
        if not sex:
            sex = _sex_by_crosses(row, layout)
        if sex:
            known.values["sex"] = sex
            said = notes.sex_of_name(str(known.values.get("name") or ""))
            if said and said != sex:
                known.tell("sex", "sex_against_name", str(known.values["name"]))

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
            if name in BY_HAND:
                known.remarks.append(f"{about.vi}: {text}")
                continue
            kind = known.row.kinds.get(name, "text")
            if kind in ("formula", "error"):
                known.tell(name, "cell_without_value", text)
                continue
            if name.startswith("cause_"):
                disability.cause(known, text)
                continue
            value = self._converted(known, about, text, kind)
            if value is None:
                known.tell(name, "value_unclear", text)
                known.remarks.append(f"{about.vi}: {text}")
            elif value != "":
                known.values[name] = value
                _more(known, about, text)

    def _converted(self, known: Understood, about: Field, text: str, kind: str) -> object:
        """The value of a plain field; "" for nothing, None when it is not understood."""
        if about.type == "date":
            found = birth.parse(text, kind, self.today)
            if found.value is None and not found.code:
                return ""
            if found.code == birth.GUESSED:
                known.tell(about.name, found.code, text)
            return found.value
        return CONVERT.get(about.type, text_value)(about, text)


def _more(known: Understood, about: Field, text: str) -> None:
    """What a cell says besides its value is kept; a value that can hardly be meant is told."""
    value = known.values[about.name]
    if about.type == "phone" and not text.isdigit() and numbers.beside_phone(text):
        known.tell(about.name, "phone_more", text)
        known.remarks.append(f"{about.vi}: {text}")
    elif about.type == "money" and isinstance(value, int) and 0 < value < MONEY_MIN:
        known.tell(about.name, "amount_small", text)


def _only_columns(known: Understood) -> None:
    """A row that names a known person needs no name and no commune, and says only what it says."""
    known.problems = [each for each in known.problems if each.code not in NEEDLESS]
    if not known.row.values.get("address_text"):
        known.values.pop("address_text", None)
    if not any(known.row.values.get(name) for name in ("commune", "address_text")):
        known.values.pop("commune", None)
        known.problems = [each for each in known.problems if each.field != "commune"]
        if not known.row.values.get("hamlet"):
            known.values.pop("hamlet", None)
    known.values.pop("note", None)  # what was not understood is told, not kept
    written = known.row.values.get("note", "")
    if written:
        known.values["note"] = written[:NOTE_MAX]


def _cells_without_value(known: Understood) -> None:
    """A formula whose result the file does not hold leaves its field empty; that is told.

    Name, commune and birth refuse the row for it, numbers tell it themselves.
    """
    for name, kind in known.row.kinds.items():
        field = name.partition(":")[0]
        if kind in ("formula", "error") and field in PLACED - TOLD_ELSEWHERE:
            known.tell(field, "cell_without_value", known.row.values.get(name, ""))


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
    if notes.two_names(written):
        known.tell("name", "name_of_two", written)
        return
    name, other, remark = notes.split_name(written)
    if STRANGE.intersection(name):
        known.tell("name", "name_unclear", written)
        return
    name = with_initials(title_name(name))
    if not name:
        if not known.row.doubt:
            known.tell("name", "name_missing", "")
        return
    if sum(map(str.isalpha, name)) < 2 or any(map(str.isdigit, name)):
        known.tell("name", "name_unclear", written)
        return
    known.values["name"] = name[:TEXT_MAX]
    if other:
        known.values["other_name"] = title_name(other)[:TEXT_MAX]
    if remark:
        known.remarks.append(remark)


def _numbers(known: Understood) -> None:
    """Citizen numbers; an old one written beside the new one goes where old ones belong."""
    for name in ("id_number", "old_id_number"):
        text = known.row.values.get(name, "")
        kind = known.row.kinds.get(name, "text")
        digits, code, remark = numbers.citizen_number(text, kind)
        if digits:
            known.values[name] = digits
        if name == "id_number" and len(digits) == 12:
            beside = numbers.old_number_beside(text)
            if beside:
                known.values.setdefault("old_id_number", beside)
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


def _note(known: Understood) -> None:
    """The remark is kept as written; what it says about mines is taken, about life only told."""
    written = known.row.values.get("note", "")
    everything = "; ".join(part for part in (written, *known.remarks) if part)
    if everything:
        known.values["note"] = everything[:NOTE_MAX]
    if notes.says_mine(everything):
        known.values.setdefault("mine_victim", True)
        if "gian tiep" in fold(everything):
            known.values.setdefault("victim_role", "indirect_carer")
    for part in re.split(r"[,;.]", written) if written else ():
        poverty = match("poverty", part) if "ngheo" in fold(part) else None
        if poverty:
            known.values.setdefault("poverty", poverty)
    if notes.allowance(written):
        known.values.setdefault("allowance_monthly", "yes")
    hint = notes.life_hint(everything)
    if hint:
        known.tell("life_state", f"note_says_{hint}", everything[:200])
