"""Is this row somebody we know? Certain, possible or new; certain needs more than a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from data.text import fold, match_key

WHOLE_NUMBER = (9, 12)


class Known(NamedTuple):
    """What is compared: id ("" while only in this list), keys and values of one person."""

    id: str
    key: str
    given: str
    birth: str
    sex: str
    commune: str
    hamlet: str
    head: str
    number: str
    old_number: str


class Verdict(NamedTuple):
    """`fate` is new, same or maybe; `twin` is the known person it means."""

    fate: str
    twin: Known | None = None


def known_of(values: Mapping[str, object], id_: str = "") -> Known:
    """The compared values of a person's fields."""
    name = str(values.get("name") or "")
    return Known(
        id_,
        match_key(name),
        fold(name).rpartition(" ")[2],
        str(values.get("birth") or ""),
        str(values.get("sex") or ""),
        str(values.get("commune") or ""),
        fold(str(values.get("hamlet") or "")),
        match_key(str(values.get("head_name") or "")),
        str(values.get("id_number") or ""),
        str(values.get("old_id_number") or ""),
    )


@dataclass
class Register:
    """The known persons a slice of rows is compared with."""

    by_key: dict[str, list[Known]] = field(default_factory=dict)
    by_number: dict[str, list[Known]] = field(default_factory=dict)

    def add(self, known: Known) -> None:
        """One more person to compare with."""
        self.by_key.setdefault(known.key, []).append(known)
        for number in {known.number, known.old_number} - {""}:
            self.by_number.setdefault(number, []).append(known)

    def extend(self, all_known: Iterable[Known]) -> None:
        """More persons to compare with."""
        for known in all_known:
            self.add(known)

    def settle(self, written: Mapping[Known, str]) -> None:
        """Persons of this list were written: from now on they are known by their ids."""
        for table in (self.by_key, self.by_number):
            for several in table.values():
                several[:] = [each._replace(id=written.get(each, each.id)) for each in several]

    def near(self, key: str, numbers: Iterable[str]) -> list[Known]:
        """The persons of a matching key or of a number."""
        found = list(self.by_key.get(key, ()))
        for number in numbers:
            found += self.by_number.get(number, ())
        return found

    def judge(self, row: Known) -> Verdict:
        """What a row is: certain by number or by name, birth, sex and commune together."""
        maybe: Known | None = None
        for number in (row.number, row.old_number):
            for known in self.by_number.get(number, ()) if len(number) in WHOLE_NUMBER else ():
                if _fits_number(row, known):
                    return Verdict("same", known)
                maybe = maybe or known
        for known in self.by_key.get(row.key, ()):
            fate = _compare(row, known)
            if fate == "same":
                return Verdict("same", known)
            if fate == "maybe":
                maybe = maybe or known
        return Verdict("maybe", maybe) if maybe else Verdict("new")


def _fits_number(row: Known, known: Known) -> bool:
    """The same number and at least one more thing: a mistyped number may hit a stranger."""
    return row.key == known.key or row.given == known.given or _agree(row.birth, known.birth)


def _compare(row: Known, known: Known) -> str:
    """same, maybe or new for two persons of the same name."""
    other_number = bool(row.number and known.number and row.number != known.number)
    sexes = not (row.sex and known.sex and row.sex != known.sex)
    here = row.commune == known.commune
    if here and sexes and not other_number:
        if row.birth and row.birth == known.birth and row.sex == known.sex:
            return "same"
        if not row.birth and not known.birth and _same_home(row, known):
            return "same"
    if not sexes:
        return "new"
    near = _near(row.birth, known.birth)
    if other_number:
        return "maybe" if here and len(row.birth) > 4 and row.birth == known.birth else "new"
    if here and near:
        return "maybe"
    return "maybe" if len(row.birth) == 10 and row.birth == known.birth else "new"


def _same_home(row: Known, known: Known) -> bool:
    return (row.sex, row.hamlet, row.head) == (known.sex, known.hamlet, known.head)


def _agree(one: str, other: str) -> bool:
    """Whether two partial dates can be the same day."""
    shorter = min(len(one), len(other))
    return bool(shorter) and one[:shorter] == other[:shorter]


def _near(one: str, other: str) -> bool:
    """Whether two births are within a year; an unknown one is near to any."""
    if not one or not other:
        return True
    return abs(int(one[:4]) - int(other[:4])) <= 1
