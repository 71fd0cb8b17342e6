"""Which commune a row means: in the office's units first, then around it, then anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

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
    other_province. Code that warns: outside_office.
    """

    commune: str | None
    hamlet: str = ""
    address: str = ""
    code: str = ""
    value: str = ""


@dataclass
class Gazetteer:
    """Finds communes for one office and remembers the answers; a list repeats them a lot."""

    office_units: tuple[str, ...]
    _known: dict[tuple[str, str, str, str], Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.own = frozenset(
            unit.key for key in self.office_units for unit in units.communes_of(key)
        )
        self.provinces = tuple(dict.fromkeys(units.path(key)[-1].key for key in self.office_units))

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
            if len(found) == 1:
                return self._certain(found[0], asked, whole)
            if found:
                return self._divided(found, asked, (district, province, hamlet), whole)
        if units.find(asked, (), district, province):
            return Place(None, "", "", "other_province", whole)
        return Place(None, "", "", "unknown_commune", whole)

    def _certain(self, unit: Unit, asked: str, whole: str) -> Place:
        """The old name is kept as the address where the unit has another name by now."""
        code = "" if unit.key in self.own else "outside_office"
        renamed = match_key(unit.name) not in match_key(asked)
        return Place(unit.key, "", whole if renamed else "", code, whole)

    def _divided(
        self, found: tuple[Unit, ...], asked: str, beside: tuple[str, str, str], whole: str
    ) -> Place:
        """Several units: namesakes, or the parts of an old commune, which its hamlets may tell."""
        district, province, hamlet = beside
        keys = {unit.key for unit in found}
        for old in units.find(asked, (), district, province):
            answer = units.current(old.key, hamlet)
            if old.system == "63" and keys <= set(answer.candidates):
                if answer.key:
                    return self._certain(units.get(answer.key), asked, whole)
                return Place(None, "", whole, "commune_split", f"{whole} ({_names(found)})")
        mine = [unit for unit in found if unit.key in self.own]
        if len(mine) == 1:
            return self._certain(mine[0], asked, whole)
        return Place(None, "", "", "ambiguous_commune", f"{whole} ({_names(found)})")


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
        kept.append(part)
    if len(kept) == 1 and not HAMLET_WORDS.match(kept[0]) and not SEPARATORS.search(address):
        return ""
    return ", ".join(kept)[:200]
