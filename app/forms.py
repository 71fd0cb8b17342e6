"""What a form needs to know of a record: sections, labels, choices and help, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.actions import field_values
from app.actions.person_checks import REQUIRED
from app.citation import cited
from app.rules import dates
from app.section_titles import section_title
from app.wording import language, translate
from data import codes, fields, text, units
from data.fields import Field

PRODUCT = "Sổ An Sinh"
SUGGESTIONS_MAX = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One code to choose: what is kept, what is read, and folded words to find it by."""

    code: str
    label: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as a form shows it; `type` as in the field dictionary, `help` ends with the law."""

    record: str
    name: str
    label: str
    type: str
    required: bool = False
    choices: tuple[Choice, ...] = ()
    help: str = ""
    restricted: bool = False
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class FormSection:
    """Fields that stand together in one card."""

    name: str
    title: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit to choose: its key, short name, and where it lies."""

    key: str
    name: str
    where: str


def sections(record: str, only: Sequence[str] = ()) -> tuple[FormSection, ...]:
    """The sections of a record in the user's language; `only` names the wanted ones."""
    return tuple(
        FormSection(name, section_title(name), _fields(record, name))
        for name in fields.sections(record)
        if not only or name in only
    )


def field(record: str, name: str) -> FormField:
    """One field of a record. Raises KeyError when the dictionary does not know it."""
    return _form_field(fields.get(record, name))


def choices(list_name: str) -> tuple[Choice, ...]:
    """A code list in the user's language and official order."""
    lang = language()
    return tuple(
        Choice(item.code, item.label(lang), _keys((item.vi, item.en, *item.aliases)))
        for item in codes.get(list_name).items
    )


def choice(code: str, words: str) -> Choice:
    """One thing to choose that stands in no list."""
    return Choice(code, words, _keys((words,)))


def code_label(list_name: str, code: str) -> str:
    """What people read for a code, in the user's language."""
    return codes.label(list_name, code, language())


def fitting(offered: Sequence[Choice], typed: str) -> tuple[Choice, ...]:
    """The choices that what was typed may mean, without marks, beginnings first; the one whose
    code it is stands first."""
    key = text.fold(typed)
    if not key:
        return tuple(offered)
    ranked = []
    for place, choice in enumerate(offered):
        rank = min((_rank(one, key) for one in choice.keys), default=9)
        if text.fold(choice.code) == key:
            rank = -1
        if rank < 9:
            ranked.append((rank, place, choice))
    return tuple(choice for _, _, choice in sorted(ranked, key=lambda entry: entry[:2]))


def prepare() -> None:
    """Read the unit tables now, so that the first suggestion comes as quickly as any."""
    units.prepare()


def units_like(typed: str, within: Sequence[str] = ()) -> tuple[UnitChoice, ...]:
    """Communes that what was typed may mean: those of the office, then of the whole country."""
    found = list(units.suggest(typed, tuple(within), SUGGESTIONS_MAX))
    if typed.strip() and len(found) < SUGGESTIONS_MAX:
        known = {unit.key for unit in found}
        others = units.suggest(typed, (), SUGGESTIONS_MAX)
        found += [unit for unit in others if unit.key not in known]
    return tuple(_unit_choice(unit) for unit in found[:SUGGESTIONS_MAX])


def present_units_like(typed: str) -> tuple[UnitChoice, ...]:
    """Communes of the present borders that what was typed may mean."""
    present = tuple(unit.key for unit in units.provinces("34"))
    return tuple(_unit_choice(unit) for unit in units.suggest(typed, present, SUGGESTIONS_MAX))


def any_units_like(typed: str) -> tuple[UnitChoice, ...]:
    """Units of every level and both systems that what was typed may mean."""
    found = units.suggest(typed, (), SUGGESTIONS_MAX, every_level=True)
    return tuple(_unit_choice(unit) for unit in found)


def unit_name(key: str) -> str:
    """The full name of a unit; a key that nobody knows stays as it is."""
    try:
        return units.full_name(key)
    except (KeyError, ValueError):
        return key


def unit_short(key: str) -> str:
    """A unit's own name without the word for its kind; an unknown key stays as it is."""
    try:
        return units.get(key).name
    except (KeyError, ValueError):
        return key


def communes(keys: Sequence[str]) -> tuple[UnitChoice, ...]:
    """All communes of the units an office works for, by name."""
    found = {unit.key: unit for key in keys for unit in units.communes_of(key)}
    return tuple(
        _unit_choice(unit) for unit in sorted(found.values(), key=lambda one: text.fold(one.name))
    )


def former_places(keys: Sequence[str]) -> tuple[Choice, ...]:
    """Old districts and communes that an office of the new borders works for, both names shown."""
    olds = dict.fromkeys(
        old
        for key in keys
        for unit in units.communes_of(key)
        if unit.system == "34"
        for old in units.former(unit.key)
    )
    above = dict.fromkeys(
        unit.key for old in olds for unit in units.path(old) if unit.level == "district"
    )
    names = [(key, translate("{old} (cũ)", old=unit_name(key))) for key in above]
    for old in olds:
        now = ", ".join(unit_short(new) for new in units.current(old).candidates)
        names.append((old, translate("{old} (cũ), nay {new}", old=unit_short(old), new=now)))
    return tuple(Choice(key, name, keys_of(name)) for key, name in names)


def districts(keys: Sequence[str]) -> tuple[UnitChoice, ...]:
    """The districts that an office of a whole province, or of several districts, works for."""
    found = {key: units.get(key) for key in keys if units.get(key).level == "district"}
    for key in keys:
        below = units.children(key) if units.get(key).level == "province" else ()
        found |= {unit.key: unit for unit in below if unit.level == "district"}
    several = found.values() if len(found) > 1 else ()
    return tuple(
        _unit_choice(unit) for unit in sorted(several, key=lambda one: text.fold(one.name))
    )


def date_read(typed: str, today: date, future: bool = False) -> str | None:
    """A date as typed (12/3/1971, 3/1971, 1971) as partial ISO text; None when not understood."""
    return dates.parse(typed, today, future)


def may_come(name: str) -> bool:
    """Whether the dates of a field may lie ahead."""
    return name in field_values.MAY_COME


def date_trouble(typed: str, today: date) -> str:
    """Why a date as typed is none, and what may be typed instead."""
    missing = dates.no_such_day(typed, today)
    if dates.parse(typed, today, True):
        words = "Ngày này chưa đến; hôm nay là {day}."
        return translate(words, day=dates.show(today.isoformat()))
    if not missing:
        return translate("Không hiểu ngày này. Gõ 12/3/1971, 3/1971 hoặc 1971.")
    words = "Tháng {month} năm {year} không có ngày {day}. Không rõ ngày thì gõ năm {year}."
    return translate(words, **missing)


def date_shown(iso: str) -> str:
    """A partial ISO date as people write it."""
    return dates.show(iso) if iso else ""


def label_of(record: str, name: str) -> str:
    """What people call a field; also one whose name nobody without the grant hears."""
    if name == field_values.RESTRICTED:
        return field_values.restricted_label()
    return fields.get(record, name).label(language())


def value_shown(record: str, name: str, value: object) -> str:
    """A field's value in the words of the office; empty text for nothing."""
    if name == field_values.RESTRICTED:
        return str(value or "")
    return field_values.readable(fields.get(record, name), value, language())


def _fields(record: str, section: str) -> tuple[FormField, ...]:
    return tuple(_form_field(one) for one in fields.of(record) if one.section == section)


def _form_field(one: Field) -> FormField:
    required = one.record == "person" and one.name in REQUIRED
    return FormField(
        record=one.record,
        name=one.name,
        label=one.label(language()),
        type=one.type,
        required=required,
        choices=choices(one.codes) if one.codes else (),
        help=_help(one, required),
        restricted=one.restricted,
        guarded=one.guarded,
    )


def _help(one: Field, required: bool) -> str:
    lines = [_how_to_type(one.type)]
    if required:
        lines.append(translate("Bắt buộc để lưu."))
    if one.guarded:
        lines.append(translate("Hồ sơ đã duyệt: đổi mục này phải chờ duyệt lại."))
    if one.restricted:
        lines.append(translate("Thông tin hạn chế: chỉ người được giao mới đọc được."))
    lines.append(translate("Căn cứ: {source}.", source=cited(one.source)))
    return "\n".join(line for line in lines if line)


def _how_to_type(kind: str) -> str:
    ways = {
        "date": translate("Gõ 12/3/1971, 3/1971 hoặc chỉ 1971. Không biết ngày thì đừng đoán."),
        "code": translate("Gõ vài chữ không dấu, chọn bằng phím mũi tên rồi Enter."),
        "codes": translate("Chọn một hay nhiều mục; gõ vài chữ không dấu để tìm."),
        "unit": translate("Gõ tên xã không dấu, ví dụ “cat hanh”, chọn rồi Enter."),
        "idno": translate("Chỉ chữ số; để trống nếu chưa có số."),
        "geo": translate("Vĩ độ rồi kinh độ, ví dụ 13.98512, 109.04321."),
        "money": translate("Số đồng; dấu chấm tự thêm."),
    }
    return ways.get(kind, "")


def _unit_choice(unit: units.Unit) -> UnitChoice:
    name, _, where = units.full_name(unit.key).partition(", ")
    return UnitChoice(unit.key, name, where)


def _keys(spellings: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.fold(one) for one in spellings if one))


def _rank(key: str, typed: str) -> int:
    """0 the same, 1 begins so, 2 each word begins so in order, 3 within, 9 not at all."""
    if key == typed:
        return 0
    if key.startswith(typed):
        return 1
    words = iter(key.split())
    if all(any(word.startswith(part) for word in words) for part in typed.split()):
        return 2
    initials = "".join(word[0] for word in key.split())
    if " " not in typed and initials.startswith(typed):
        return 2
    return 3 if typed in key else 9


def keys_of(words: str) -> tuple[str, ...]:
    """The folded words by which a choice of our own making is found."""
    return _keys((words,))


def folded(words: str) -> str:
    """Words without marks and capitals, as everything is found by."""
    return text.fold(words)
