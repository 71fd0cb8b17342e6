"""From what people type to what the store keeps, and back, field by field of the dictionary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from app.actions import handing_over
from app.errors import Problem, Refused
from app.rules import dates
from app.wording import translate
from app.workspace import Workspace
from data import codes, fields, telling, text, units
from data.errors import NotAllowed
from data.fields import Field
from data.keyring import RestrictedBox

TEXT_MAX = {"note": 20_000}
TEXT_DEFAULT_MAX = 500
MONEY_MAX = 10**12
COUNT_MAX = 9_999
LIMITS = {
    "pregnant_month": (1, 10),
    "poverty_year": (1990, 2100),
    "age_then": (0, 130),
    "gps_accuracy": (0, 5000),
    "transport_minutes": (0, 1440),
    "household_size": (1, 99),
    "number": (0, 99_999_999),
    "days": (1, 366),
    "children": (0, 30),
    "children_under_16": (0, 30),
    "percent_off": (0, 100),
}
"""Least and greatest sensible value of whole numbers that have narrower ones than a count."""

MAY_COME = frozenset(
    "health_card_until review_on next_review_on start_on due_on follow_until until_on "
    "answer_due_on next_check_on support_on round_on offered_from offered_until valid_from "
    "valid_until entitled_from entitled_until consent_until session_on heard_on valid_to "
    "take_down_on appointment_on starts_on ends_on cutoff_on".split()
)
"""Dates that may lie ahead; all others tell of what has been."""

GEO = re.compile(
    r"(\d{1,3}(?:[.,]\d+)?)\s*(?:[;/]\s*|,\s+|\s+|,(?=\d{2,3}[.,]))(\d{1,3}(?:[.,]\d+)?)"
)
"""Two numbers of degrees with a sign or blank between; either may have a decimal comma."""

NORTH, EAST = (6.0, 24.0), (102.0, 118.0)
"""Where Việt Nam lies with its islands, in degrees."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
"""Signs nobody types, other than a tab and a new line."""

YES = frozenset("1 true yes co x có đúng".split())
NO = frozenset("0 false no khong không".split())


CLOSED = telling.BLOT
RESTRICTED = "restricted"
NAMED_MAX = 15
"""Stands for a restricted value that this user may not read."""

NAMES = frozenset(
    {
        ("victim", "victim_name"),
        ("victim", "victim_birth"),
        ("victim", "victim_home"),
        ("victim", "victim_informant"),
        ("hazard", "reporter_name"),
        ("hazard", "reporter_phone"),
    }
)
"""Fields that name somebody who is not registered here: read with the right `names`."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What typed values are read by: the day, the office's units, and the box for closed ones."""

    today: date
    units: tuple[str, ...]
    box: RestrictedBox | None = None

    @classmethod
    def of(cls, ws: Workspace) -> Ground:
        """As it is for somebody signed in now."""
        return cls(ws.today(), ws.office.units, ws.restricted)


class Bad(ValueError):
    """A value that its field cannot take; carries the code of the reason, and what it names."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Values as columns hold them (restricted ones sealed), and what could not be taken."""

    values: dict[str, object]
    problems: tuple[Problem, ...]


def reason(typed: str) -> str:
    """The reason of a decision as it is kept. Raises Refused (`reason_needed`)."""
    words = text.nfc(typed).strip()
    if not words:
        raise Refused.one("reason_needed", "reason")
    return words


def clean(ws: Workspace, record: str, typed: Mapping[str, object]) -> Cleaned:
    """Check and convert typed values of a record; an unknown field name is a problem too."""
    return clean_on(Ground.of(ws), record, typed)


def clean_on(ground: Ground, record: str, typed: Mapping[str, object]) -> Cleaned:
    """As `clean`, where no store is at hand."""
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, value in typed.items():
        if not fields.has(record, name):
            known = [one.name for one in fields.of(record)]
            problems.append(unknown(known, name, value))
            continue
        field = fields.get(record, name)
        if value == CLOSED and not field.restricted:
            continue  # comes back as its reader saw it: he changed nothing
        try:
            values[name] = _sealed(ground.box, field, stored(field, value, ground))
        except Bad as bad:
            said = "" if field.restricted else value  # what is secret is not said again
            problems.append(Problem.of(str(bad), name, said, label=field.vi, **bad.facts))
    return Cleaned(values, tuple(problems))


def unknown(known: Sequence[str], name: str, value: object) -> Problem:
    """No such field: those that are called much alike, or all where there are few."""
    few = known if len(known) <= NAMED_MAX else get_close_matches(name, known, NAMED_MAX, 0.5)
    said = Problem.of("unknown_field", name, value)
    more = translate("Các trường: {names}.", names=", ".join(few)) if few else ""
    return replace(said, message=f"{said.message} {more}".strip())


def settled(
    ws: Workspace, record: str, row: object, values: Mapping[str, object]
) -> dict[str, object]:
    """The values with those restricted ones as they lie in the row that say the same again.

    Sealing never gives the same letters twice: what nobody changed would count as an edit.
    Raises Refused (`restricted_elsewhere_kept`): nobody writes over what he cannot read.
    """
    kept = dict(values)
    for name in fields.restricted(record) & set(values):
        before = getattr(row, name)
        if before and opened(ws, before) == opened(ws, values[name]):
            kept[name] = before
        elif before and ws.restricted is not None and opened(ws, before) == CLOSED:
            label = fields.get(record, name).vi
            raise Refused.one("restricted_elsewhere_kept", name, label=label)
    return kept


def stored(field: Field, value: object, ground: Ground) -> object:
    """One typed value as its column holds it; None when empty. Raises Bad with a code."""
    if isinstance(value, str):
        value = text.tidy(value) if field.type != "note" else text.nfc(value).strip()
    if value is None or value == "" or value == ():
        return None
    return CONVERT[field.type](field, value, ground)


def shown(field: Field, value: object) -> object:
    """A column's value as it crosses the floor: a tuple for a set of codes."""
    if field.type == "codes":
        return tuple(str(value).split()) if value else ()
    return value


def named(ws: Workspace, record: str, name: str, value: object) -> object:
    """A value of a row as this user may read it: names of who is not registered are not for
    everybody. Words that tell of HIV were blotted when the row was read (`data.telling`)."""
    if value and (record, name) in NAMES and not ws.can("names"):
        return CLOSED
    if value and name in telling.number_fields(record) and not ws.can("numbers"):
        return telling.masked(str(value))
    return value


def kept(ws: Workspace, record: str, name: str, value: object, by: str = "") -> object:
    """As `named`, of a value that lies outside its row: in a history line, a conflict, a proposal.
    `by` is who wrote it."""
    seen = named(ws, record, name, value)
    field = fields.get(record, name)
    if not isinstance(seen, str) or field.type not in telling.OPEN_TYPES or field.restricted:
        return seen
    return discreet(seen, ws.restricted is not None or by == ws.user.login)


def discreet(words: str | None, allowed: bool) -> str:
    """Open words as they may be read; those that tell of HIV only where restricted ones may be."""
    return CLOSED if words and not allowed and telling.says(words) else words or ""


def known_as(ws: Workspace, field: Field) -> str:
    """The name of a field; of a restricted one nobody without the grant hears which one it is."""
    return RESTRICTED if field.restricted and ws.restricted is None else field.name


def label_of(ws: Workspace, field: Field, lang: str) -> str:
    """What people call a field, as `known_as`."""
    return restricted_label() if known_as(ws, field) == RESTRICTED else field.label(lang)


def restricted_label() -> str:
    """What a restricted field is called where nobody is to hear which one it is."""
    return translate("Thông tin mật")


def opened(ws: Workspace, sealed: object) -> str | None:
    """A restricted value for who may read it; `CLOSED` for others and for another PC's key."""
    if sealed is None or sealed == "":
        return None
    if ws.restricted is None:
        return CLOSED
    try:
        return ws.restricted.open(str(sealed))
    except NotAllowed:
        return handing_over.opened(ws, str(sealed)) or CLOSED


def readable(field: Field, value: object, lang: str = "vi") -> str:
    """A stored value in the words of the office; empty text for nothing."""
    if value is None or value == "":
        return ""
    if field.type == "code":
        return codes.label(field.codes, str(value), lang)
    if field.type == "codes":
        chosen = value if isinstance(value, tuple) else str(value).split()
        return ", ".join(codes.label(field.codes, code, lang) for code in chosen)
    if field.type == "date":
        return dates.show(str(value))
    if field.type == "unit":
        return units.full_name(str(value))
    if field.type == "bool":
        return codes.label("yes_no", "yes" if value in (True, "1", 1) else "no", lang)
    if field.type == "money":
        return f"{int(str(value)):,} đ".replace(",", ".")
    return str(value)


def _sealed(box: RestrictedBox | None, field: Field, value: object) -> object:
    if not field.restricted or value is None:
        return value
    if box is None:
        raise Bad("no_right_restricted")
    return box.seal(str(value))


def _text(field: Field, value: object, _ground: Ground) -> str:
    words = str(value)
    if len(words) > TEXT_MAX.get(field.type, TEXT_DEFAULT_MAX):
        raise Bad("too_long")
    if CONTROL.search(words):
        raise Bad("strange_characters")
    return words


def _name(field: Field, value: object, ground: Ground) -> str:
    words = _text(field, value, ground)
    if not any(sign.isalpha() for sign in words):
        raise Bad("name_without_letters")
    return words


def _phone(field: Field, value: object, _ground: Ground) -> str:
    digits = re.sub(r"[^\d]", "", text.home_phone(str(value)))
    if not digits:
        raise Bad("phone_without_digits")
    return digits[:20]


def _number_text(field: Field, value: object, _ground: Ground) -> str:
    kept = re.sub(r"[\s.\-]", "", str(value)).upper()
    if len(kept) > 20:
        raise Bad("too_long")
    return kept


def _int(field: Field, value: object, _ground: Ground) -> int:
    if isinstance(value, int):
        number = int(value)
    else:
        try:
            number = int(re.sub(r"[\s.,đ]", "", str(value)))
        except ValueError:
            raise Bad("not_a_number") from None
    most = MONEY_MAX if field.type == "money" else COUNT_MAX
    least, most = LIMITS.get(field.name, (0, most))
    if not least <= number <= most:
        raise Bad("number_out_of_range")
    return number


def _geo(_field: Field, value: object, _ground: Ground) -> str:
    """Latitude and longitude (WGS-84) in degrees, six decimals: `13.985120, 109.043210`."""
    found = GEO.fullmatch(str(value))
    if found is None:
        raise Bad("not_coordinates")
    north, east = (float(part.replace(",", ".")) for part in found.groups())
    if not (NORTH[0] <= north <= NORTH[1] and EAST[0] <= east <= EAST[1]):
        raise Bad("coordinates_elsewhere")
    return f"{north:.6f}, {east:.6f}"


def _bool(_field: Field, value: object, _ground: Ground) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Bad("not_yes_or_no")


def _date(field: Field, value: object, ground: Ground) -> str:
    today = ground.today
    typed = value.isoformat() if isinstance(value, date) else str(value)
    parsed = dates.parse(typed, today)
    if parsed is not None:
        return parsed
    coming = dates.parse(typed, today, future=True)
    if coming is None:
        missing = dates.no_such_day(typed, today)
        raise Bad("no_such_day", **missing) if missing else Bad("not_a_date")
    if field.name not in MAY_COME:
        raise Bad("date_in_future")
    return coming


def _code(field: Field, value: object, _ground: Ground) -> str:
    found = codes.match(field.codes, str(value))
    if found is None:
        raise Bad("unknown_code", known=_listed(field.codes))
    return found


def _listed(name: str) -> str:
    """The words of a code list, the first of a long one."""
    words = [one.label("vi") for one in codes.get(name).items]
    return ", ".join(words[:NAMED_MAX]) + (", …" if len(words) > NAMED_MAX else "")


def _codes(field: Field, value: object, ground: Ground) -> str | None:
    if isinstance(value, str):
        named = codes.match_all(field.codes, value)
        if named.unknown or not named.codes:
            raise Bad("unknown_code", known=_listed(field.codes))
        return " ".join(sorted(named.codes))
    parts = value if isinstance(value, Iterable) else (value,)
    found = {_code(field, part, ground) for part in parts if str(part).strip()}
    return " ".join(sorted(found)) or None


def _unit(_field: Field, value: object, ground: Ground) -> str:
    key = str(value)
    if re.fullmatch(r"(63|34):\d{1,5}", key):
        try:
            return units.get(key).key
        except KeyError:
            raise Bad("unknown_unit") from None
    found = units.find(key, ground.units)
    if len(found) != 1:
        raise Bad("unknown_unit" if not found else "ambiguous_unit")
    return found[0].key


CONVERT: dict[str, Callable[[Field, object, Ground], object]] = {
    "text": _text,
    "note": _text,
    "name": _name,
    "phone": _phone,
    "idno": _number_text,
    "geo": _geo,
    "int": _int,
    "money": _int,
    "bool": _bool,
    "date": _date,
    "code": _code,
    "codes": _codes,
    "unit": _unit,
}
