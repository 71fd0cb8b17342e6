"""Which commune a row means: in the office's units first, then around it, then anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from app.rules import reform
from data import units
from data.text import match_key, tidy
from data.units import Unit

HAMLET_WORDS = re.compile(
    r"^(thôn|làng|bản|ấp|xóm|buôn|bon|plei|khu phố|khối phố|khối|khóm|tổ dân phố|tổ|đội|khu|tdp|kp)"
    r"\b",
    re.IGNORECASE,
)
UPPER = re.compile(
    r"^(xã|phường|thị trấn|thị xã|thành phố|huyện|quận|tỉnh|x\.|p\.|tt\.?|tx\.?|tp\.?|h\.|q\.|t\.)"
    r"\s*",
    re.IGNORECASE,
)
SEPARATORS = re.compile(r"\s*[,;]\s*|\s+[-–]\s+")
KNOWN_MAX = 20_000


class Place(NamedTuple):
    """What a row says about where: the unit's key, a hamlet, the address as written, and a code.

    Codes that refuse: commune_missing, unknown_commune, ambiguous_commune, commune_split,
    commune_joined, other_province. Code that warns: outside_office.
    """

    commune: str | None
    hamlet: str = ""
    address: str = ""
    code: str = ""
    value: str = ""


@dataclass
class Gazetteer:
    """Finds communes for one office and remembers what it found; a list repeats them a lot.

    `answers` say where the office's old communes and hamlets (match key) went in 2025.
    """

    office_units: tuple[str, ...]
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    _known: dict[tuple[str, str, str, str], Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.own = frozenset(
            unit.key for key in self.office_units for unit in units.communes_of(key)
        )
        self.provinces = tuple(dict.fromkeys(units.path(key)[-1].key for key in self.office_units))

    def called(self, name: str) -> str:
        """The name when it is a commune's of the office, in the old or the new borders; else ""."""
        name = tidy(name)
        if not any(map(str.isalpha, name)):
            return ""  # sheets are numbered oftener than they are named after Phường 1
        asked = {match_key(name), match_key(UPPER.sub("", name))}
        return name if asked & self._names else ""

    @cached_property
    def _names(self) -> frozenset[str]:
        keys = set(self.own)
        for key in self.own:
            keys.update(units.current(key).candidates, units.former(key))
        return frozenset(match_key(units.get(key).name) for key in keys)

    def place(self, commune: str, district: str, province: str, address: str, hamlet: str) -> Place:
        """The commune of a row from its own column, or from an address in one cell."""
        asked = commune or address
        if not asked:
            if len(self.own) == 1:
                return Place(next(iter(self.own)), hamlet)
            return Place(None, hamlet, "", "commune_missing")
        key = (asked, district, province, hamlet)
        if key not in self._known and len(self._known) < KNOWN_MAX:
            self._known[key] = self._find(*key)
        found = self._known.get(key) or self._find(*key)
        if not commune or SEPARATORS.search(commune):
            hamlet = hamlet or hamlet_of(asked, found.commune)
        written = address or found.address
        if not address and written and hamlet:
            written = f"{hamlet}, {written}"
        return found._replace(hamlet=hamlet, address=written)

    def _find(self, asked: str, district: str, province: str, hamlet: str) -> Place:
        whole = ", ".join(part for part in (asked, district, province) if part)
        for within in (self.office_units, self.provinces):
            found = units.find(asked, within, district, province)
            beside = (district, province, hamlet)
            if len(found) == 1:
                unit = self._corrected(found[0], asked, beside) or found[0]
                return self._certain(unit, asked, whole)
            if found:
                return self._divided(found, asked, beside, whole)
        inside = self._run_together(" ".join((asked, district, province)))
        if inside is not None:
            return self._certain(inside, asked, whole)
        if units.find(asked, (), district, province):
            return Place(None, "", "", "other_province", whole)
        return Place(None, "", "", "unknown_commune", whole)

    def _run_together(self, asked: str) -> Unit | None:
        """The one commune of the office whose name stands among words nobody divided.

        `Thôn 3 Cát Tường`, `Cát Hanh Phù Cát Bình Định`: what follows must be where it lies; the
        name with most of that behind it is meant (Bình Định is a commune's name too).
        """
        words = asked.split()
        found: dict[int, list[Unit]] = {}
        for unit in (units.get(key) for key in self.own):
            above = [match_key(each.name) for each in units.path(unit.key)[1:]]
            for end in _ends_of(unit.name, words):
                if _made_of(match_key(" ".join(words[end:])), above):
                    found.setdefault(end, []).append(unit)
        first = found.get(min(found, default=0), [])
        return first[0] if len(first) == 1 else None

    def _certain(self, unit: Unit, asked: str, whole: str) -> Place:
        """The old name is kept as the address where the unit has another name by now."""
        code = "" if unit.key in self.own else "outside_office"
        renamed = match_key(unit.name) not in match_key(asked)
        return Place(unit.key, "", whole if renamed else "", code, whole)

    def _corrected(self, unit: Unit, asked: str, beside: tuple[str, str, str]) -> Unit | None:
        """Where the office said otherwise of an old commune that a row names by its old name."""
        district, province, hamlet = beside
        old_name = district or match_key(unit.name) not in match_key(asked)
        if not self.answers or unit.system != "34" or not old_name:
            return None
        for old in units.find(asked, (), district, province):
            if old.system == "63" and unit.key in units.current(old.key).candidates:
                now = self._said(old, hamlet or hamlet_of(asked, old.key))
                return units.get(now) if now else None
        return None

    def _said(self, old: Unit, hamlet: str) -> str | None:
        return reform.said(self.answers, old.key, match_key(hamlet))

    def _divided(
        self, found: tuple[Unit, ...], asked: str, beside: tuple[str, str, str], whole: str
    ) -> Place:
        """Several units: namesakes, or the parts of an old commune, which its hamlets may tell."""
        district, province, hamlet = beside
        keys = {unit.key for unit in found}
        for old in units.find(asked, (), district, province):
            near = hamlet or hamlet_of(asked, old.key)
            by_tables = units.current(old.key, near)
            if old.system == "63" and keys <= set(by_tables.candidates):
                now = self._said(old, near) or by_tables.key
                if now:
                    return self._certain(units.get(now), asked, whole)
                told = f"{near}, {whole}" if near and near not in asked else whole
                return Place(None, "", whole, "commune_split", f"{told} ({_names(found)})")
        named = units.find(asked, (), district, province)
        if len(named) == 1 and keys <= set(units.former(named[0].key)):
            return self._joined(named[0], asked, hamlet, whole)
        mine = [unit for unit in found if unit.key in self.own]
        if len(mine) == 1:
            return self._certain(mine[0], asked, whole)
        return Place(None, "", "", "ambiguous_commune", f"{whole} ({_names(found)})")

    def _joined(self, new: Unit, asked: str, hamlet: str, whole: str) -> Place:
        """A present commune in an office of the old borders: the old one where the row tells it.

        Else the person lives in the present one, where all its parts are the office's or all lie
        around it; of one that only begins there the old commune has to be written.
        """
        near = hamlet or hamlet_of(asked, new.key)
        olds = units.former(new.key)
        told = [old for old in olds if self._tells(old, new.key, near)]
        if len(told) == 1:
            return self._certain(units.get(told[0]), asked, whole)
        mine = self.own.intersection(olds)
        if len(mine) == len(olds):
            return Place(new.key)
        if not mine and all(units.inside(old, self.provinces) for old in olds):
            return Place(new.key, "", "", "outside_office", whole)
        parts = "; ".join(units.full_name(old) for old in olds)
        return Place(None, "", whole, "commune_joined", f"{whole} ({parts})")

    def _tells(self, old: str, new: str, hamlet: str) -> bool:
        """Whether a hamlet is the old commune's: named with it, or by the tables or answers."""
        key, name = match_key(hamlet), match_key(units.get(old).name)
        if not key:
            return False
        divided = units.current(old).key is None
        by_tables = divided and units.current(old, hamlet).key == new
        return name in key or by_tables or self.answers.get((old, key)) == new


def _ends_of(name: str, words: Sequence[str]) -> Iterator[int]:
    """Where a name ends in a row of words."""
    key, length = match_key(name), len(name.split())
    for start in range(len(words) - length + 1):
        if match_key(" ".join(words[start : start + length])) == key:
            yield start + length


def _made_of(key: str, names: Sequence[str]) -> bool:
    """Whether a key is nothing but some of the names, one after the other."""
    kinds = ("huien", "tinh", "thixa", "thanhpho", "tp", "tx", "h", "t")
    if not key:
        return True
    return any(
        part and key.startswith(part) and _made_of(key[len(part) :], names)
        for part in (*names, *kinds)
    )


def _before_name(part: str, name: str) -> str:
    """What stands before a commune's name in the same part: `tổ 3` of `tổ 3 TT Ngô Mây`."""
    words = part.split()
    for start in range(1, len(words)):
        for end in range(start + 1, len(words) + 1):
            if match_key(" ".join(words[start:end])) != name:
                continue
            kind = 2 if " ".join(words[start - 2 : start]).lower() == "thị trấn" else 1
            named = UPPER.match(" ".join(words[start - kind : start]) + " ")
            kept = " ".join(words[: start - kind if named else start]).strip(" ,;-–")
            return kept if HAMLET_WORDS.match(kept) else ""
    return ""


def _names(found: tuple[Unit, ...]) -> str:
    return "; ".join(units.full_name(unit.key) for unit in found[:4])


def hamlet_of(address: str, commune: str | None) -> str:
    """The parts of an address before the commune: `Thôn Tân Hòa` of `Thôn Tân Hòa, Cát Hanh`."""
    name = match_key(units.get(commune).name) if commune else ""
    kept: list[str] = []
    for part in SEPARATORS.split(tidy(address)):
        if not part:
            continue
        if not HAMLET_WORDS.match(part) and UPPER.match(part):
            break
        if kept and match_key(part) == name:
            break
        if match_key(part) == name:
            return ""
        before = _before_name(part, name) if name else ""
        if before:
            kept.append(before)
            break
        kept.append(part)
    if len(kept) == 1 and not HAMLET_WORDS.match(kept[0]) and not SEPARATORS.search(address):
        return ""
    return ", ".join(kept)[:200]
