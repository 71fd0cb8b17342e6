"""What must agree about an accident and its victims: numbers, harm, places; pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.rules import dates

KILLED, INJURED = "killed", "injured"
DIED, IMPAIRED = "died", "impaired"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that does not agree: a code with its facts. `kind` is killed or injured."""

    code: str
    kind: str = ""
    told: int = 0
    found: int = 0


def totals(
    told: tuple[int | None, int | None], consequences: Sequence[str | None], explained: bool
) -> tuple[Remark, ...]:
    """Where the numbers (killed, injured) of an accident differ from its recorded victims.

    More than are recorded may be explained in words; fewer never: that is a contradiction. Numbers
    that nobody told follow from the victims and are not missed.
    """
    found = []
    for number, kind in zip(told, (KILLED, INJURED), strict=True):
        have = sum(one == kind for one in consequences)
        if number is None or number == have:
            continue
        if number < have:
            found.append(Remark("totals_fewer", kind, number, have))
        elif not explained:
            found.append(Remark("totals_more", kind, number, have))
    unclear = sum(not one for one in consequences)
    return (*found, *([Remark("totals_unclear", found=unclear)] if unclear else ()))


def harm(values: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """(code, field) of what cannot be about one victim (IMSMA vi_loss_check, vi_death)."""
    found = []
    consequence, later = values.get("consequence"), values.get("later_consequence")
    if consequence == KILLED and later in (IMPAIRED, "recovered"):
        found.append(("victim_killed_later", "later_consequence"))
    if later == IMPAIRED and not values.get("losses"):
        found.append(("victim_loss_needed", "losses"))
    if values.get("death_place") and consequence == INJURED and later != DIED:
        found.append(("victim_death_place_alive", "death_place"))
    return tuple(found)


def numbers(stored: Iterable[tuple[str, int | None]]) -> dict[str, int]:
    """The place of every victim (id, stored place) in the accident, from 1 on; each is given once.

    Two PCs may have given one place twice: the earlier row keeps it, the later one goes to the
    next free place. What comes later takes the place behind all (`next_number`), so that nobody's
    place moves any more.
    """
    rows = sorted(stored, key=lambda one: (one[1] is None, one[1] or 0, one[0]))
    found: dict[str, int] = {}
    taken: set[int] = set()
    moved = []
    for key, number in rows:
        if number is None or number in taken:
            moved.append((key, number or 0))
        else:
            found[key] = number
            taken.add(number)
    for key, number in moved:
        free = number + 1
        while free in taken:
            free += 1
        found[key] = free
        taken.add(free)
    return found


def next_number(stored: Iterable[tuple[str, int | None]]) -> int:
    """The place of the next victim: behind everybody ever recorded for the accident."""
    return max(numbers(stored).values(), default=0) + 1


def report_id(row_id: str) -> str:
    """An identity as 26 letters (Crockford's base 32, as a ULID) that reports carry for good."""
    value = int(row_id.replace("-", ""), 16)
    letters = []
    for _ in range(26):
        value, digit = divmod(value, 32)
        letters.append(CROCKFORD[digit])
    return "".join(reversed(letters))


def ages_then(birth: str, day: str) -> tuple[int, int] | None:
    """The least and the greatest age that people may tell for the day of an accident, from two
    partial dates: full years, or counted from one at birth (tuổi mụ). None when one is unknown."""
    if not birth or not day:
        return None
    counted = int(day[:4]) - int(birth[:4]) + 1
    return dates.ages(birth, dates.bounds(day)[0])[0], counted


def age_at(birth: str, day: str) -> int | None:
    """The age on the day of an accident from two partial dates; None when it may be two ages.

    Years alone give the difference of the years: so ages of war-time accidents are told.
    """
    if not birth or not day or day < birth[: len(day)]:
        return None
    years = int(day[:4]) - int(birth[:4])
    if len(birth) < 10 or len(day) < 10:
        return years if len(birth) == 4 or len(day) == 4 else years - (day[5:7] < birth[5:7])
    return years - (day[5:] < birth[5:])
