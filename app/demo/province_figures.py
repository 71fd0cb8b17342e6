"""The file of figures a demonstration province is made from: every number its records add up to."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.wording import translate
from data import units

BUILT_IN = "binh-dinh-2020.toml"
NEED_GROUPS = ("medical", "livelihood", "social", "family", "facility")
FATES = ("died", "left", "merged", "waiting", "returned", "draft", "undone", "removed", "after",
         "approved_after")  # fmt: skip
"""What becomes of those who must not be counted at the cut-off."""


@dataclass(frozen=True, slots=True)
class District:
    """How many people live in a district, how often they are registered, and who else lives there
    beside Kinh (a code of `ethnicity` and its share)."""

    key: str
    people: int
    weight: float = 1.0
    ethnicity: str = ""
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Lessons:
    """Rounds of training; `per` says what the delegates are of: each round, or each class."""

    rounds: int
    classes: int
    days: int
    delegates: int
    per: str
    begins_on: date


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole file. Counts are of persons but for needs, which are items (lượt)."""

    province: str
    office_name: str
    seed: int
    begins_on: date
    cutoff_on: date
    ends_on: date
    period: Mapping[str, object]
    approved: int
    target: int
    former_wards: bool
    beside: Mapping[str, int]
    changes_after: Mapping[str, int]
    needs: Mapping[str, int]
    need_persons: int
    needs_beside: Mapping[str, int]
    needs_met_after: int
    lessons: Lessons
    workshop: int
    workshop_on: date
    districts: tuple[District, ...]

    @property
    def need_items(self) -> int:
        """All needs open at the cut-off."""
        return sum(self.needs.values())

    def scaled(self, share: float) -> Figures:
        """The same province in small: each number its share, rounded; training stays."""

        def small(numbers: Mapping[str, int]) -> dict[str, int]:
            return {name: round(number * share) for name, number in numbers.items()}

        return replace(
            self,
            approved=round(self.approved * share),
            target=round(self.target * share),
            beside=small(self.beside),
            changes_after=small(self.changes_after),
            needs=small(self.needs),
            need_persons=round(self.need_persons * share),
            needs_beside=small(self.needs_beside),
            needs_met_after=round(self.needs_met_after * share),
        )


def read(path: Path | None = None) -> Figures:
    """The figures of a file, or those checked in. Raises Refused (`figures_unreadable`) naming
    what is missing or wrong."""
    name = path.name if path else BUILT_IN
    try:
        text = (
            path.read_text("utf-8")
            if path
            else resources.files("app").joinpath(f"demo/{BUILT_IN}").read_text("utf-8")
        )
        return _figures(tomllib.loads(text))
    except OSError as error:
        raise Refused.one("figures_missing", "figures", str(path or name)) from error
    except KeyError as error:
        reason = translate("thiếu mục {entry}", entry=str(error))
        raise Refused.one("figures_unreadable", "figures", name, reason=reason) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise Refused.one("figures_unreadable", "figures", name, reason=str(error)) from error


def _figures(told: Mapping[str, Any]) -> Figures:
    persons, needs, training = told["persons"], told["needs"], told["training"]
    if not units.has(told["province"]):
        words = translate("không có đơn vị nào mang mã {code}", code=told["province"])
        raise ValueError(words)
    province = units.get(told["province"])
    made = Figures(
        province=province.key,
        office_name=str(told["office_name"]),
        seed=int(told["seed"]),
        begins_on=_day(told, "begins_on"),
        cutoff_on=_day(told, "cutoff_on"),
        ends_on=_day(told, "ends_on"),
        period=told["period"],
        approved=_count(persons, "approved"),
        target=_count(persons, "target"),
        former_wards=bool(persons.get("former_wards", False)),
        beside={one: _count(persons.get("beside", {}), one, 0) for one in FATES},
        changes_after={
            one: _count(persons.get("changes_after", {}), one, 0) for one in ("died", "left")
        },
        needs={one: _count(needs, one) for one in NEED_GROUPS},
        need_persons=_count(needs, "persons"),
        needs_beside={
            one: _count(needs.get("beside", {}), one, 0)
            for one in ("met", "no_longer", "withdrawn", "declared_after", "of_others", "repeated")
        },
        needs_met_after=_count(needs.get("changes_after", {}), "met", 0),
        lessons=Lessons(
            rounds=_count(training, "rounds"),
            classes=_count(training, "classes"),
            days=_count(training, "days"),
            delegates=_count(training, "delegates"),
            per=str(training.get("per", "round")),
            begins_on=_day(training, "begins_on"),
        ),
        workshop=_count(told["workshop"], "delegates"),
        workshop_on=_day(told["workshop"], "held_on"),
        districts=_districts(province.key, told.get("districts", {})),
    )
    _fit(made)
    return made


def _districts(province: str, told: Mapping[str, Any]) -> tuple[District, ...]:
    """Those of the file; without any all of the province alike."""
    system = units.get(province).system
    if not told:
        return tuple(District(one.key, 1) for one in units.children(province))
    found = []
    for code, one in told.items():
        key = units.get(f"{system}:{code}").key
        found.append(
            District(
                key,
                _count(one, "people"),
                float(one.get("weight", 1.0)),
                str(one.get("ethnicity", "")),
                float(one.get("share", 0.0)),
            )
        )
    return tuple(found)


def _fit(made: Figures) -> None:
    """Raise ValueError for figures no records can have."""
    if not made.begins_on < made.cutoff_on < made.ends_on:
        raise ValueError("begins_on < cutoff_on < ends_on")
    if made.lessons.per not in ("round", "class"):
        raise ValueError('training.per: "round" | "class"')
    if not made.need_persons <= min(made.approved, made.need_items):
        raise ValueError("needs.persons <= persons.approved, needs")
    if sum(made.changes_after.values()) > made.approved:
        raise ValueError("persons.changes_after <= persons.approved")
    if made.needs_met_after > made.need_items:
        raise ValueError("needs.changes_after.met <= needs")


def _count(told: Mapping[str, Any], name: str, default: int | None = None) -> int:
    value = told[name] if default is None else told.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{name} = {value!r}")
    return value


def _day(told: Mapping[str, Any], name: str) -> date:
    value = told[name]
    if not isinstance(value, date):
        raise ValueError(f"{name} = {value!r}")
    return value
