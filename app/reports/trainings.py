"""The report on training: each class under its round, each workshop, and who sat there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from app.reports.over import Over
from app.rules import dates
from app.values.report import ReportMember
from app.wording import language, translate
from data import codes, units
from data.counting import count
from data.counting.events import APART, WHO
from data.counting.then import Source
from data.figures import Figure
from data.history import LATER
from data.text import sort_key

HELD = ("name", "starts_on", "days")


def labels(over: Over, keys: Collection[str]) -> list[tuple[str, str]]:
    """(id, words) of the classes and workshops by their first day."""
    events = _events(over.source(LATER), keys)
    return [(key, one["label"]) for key, one in events.items()]


def members(source: Source, figure: Figure, keys: Sequence[str]) -> tuple[ReportMember, ...]:
    """The lines behind a number of the report: rounds, classes, workshops, their days one by one,
    seats, or the persons who sat there."""
    if figure.unit == "rounds":
        return _rounds(source, keys)
    if figure.unit in ("classes", "workshops", "days"):
        return _held(source, keys)
    if figure.unit == "persons":
        told = ((key, dict(zip(WHO, key.split(APART), strict=True))) for key in keys)
        return _sorted(_delegate(*one) for one in told)
    seats = count.lines(source, "delegate", keys, (*WHO, "event_id"))
    events = _events(source, {one["event_id"] for one in seats.values()})
    return _sorted(
        _delegate(key, one, events.get(one["event_id"], {}).get("label", ""))
        for key, one in seats.items()
    )


def _sorted(found: Iterable[ReportMember]) -> tuple[ReportMember, ...]:
    return tuple(sorted(found, key=lambda one: (sort_key(one.name), one.key)))


def _delegate(key: str, seat: Mapping[str, Any], event: str = "") -> ReportMember:
    level, unit, sex = seat["level"], seat["unit"], seat["sex"]
    level = codes.label("delegate_level", level, language()) if level else ""
    return ReportMember(
        key,
        "",
        seat["full_name"] or "",
        "",
        codes.label("sex", sex, language()) if sex else "",
        "",
        units.full_name(unit) if unit else "",
        " · ".join(part for part in (seat["organisation"], level, event) if part),
    )


def _held(source: Source, keys: Sequence[str]) -> tuple[ReportMember, ...]:
    """Classes and workshops, or the days of them (keys with a number)."""
    told = {key: key.partition("/")[::2] for key in keys}
    events = _events(source, {event for event, _day in told.values()})
    place = {event: number for number, event in enumerate(events)}
    found = []
    for key, (event, day) in told.items():
        line = events.get(event, {})
        days = line.get("days") or 0
        what = translate("{count} ngày", count=days) if days else ""
        if day:
            what = translate("Ngày thứ {day} trong {count} ngày", day=day, count=days)
        order = (place.get(event, len(place)), int(day or 0), key)
        found.append((order, ReportMember(key, "", line.get("label", ""), "", "", "", "", what)))
    return tuple(one for _order, one in sorted(found))


def _rounds(source: Source, keys: Sequence[str]) -> tuple[ReportMember, ...]:
    rows = count.lines(source, "training_round", keys, ("name", "organiser"))
    found = []
    for key in keys:
        line = rows.get(key, {})
        name = line.get("name") or translate("Đợt chưa ghi tên")
        found.append(ReportMember(key, "", name, "", "", "", "", line.get("organiser") or ""))
    return tuple(found)


def _events(source: Source, keys: Collection[str]) -> dict[str, dict[str, Any]]:
    """Classes under their rounds and workshops, by their first day, with the words for each."""
    classes = count.lines(source, "training_class", keys, (*HELD, "round_id"))
    rounds = {one["round_id"] for one in classes.values()}
    named = count.lines(source, "training_round", rounds, ("name",))
    found = []
    for key, line in classes.items():
        under = named.get(line["round_id"], {}).get("name") or ""
        words = " · ".join(part for part in (under, line["name"]) if part)
        found.append((line["starts_on"] or "", key, words, line))
    for key, line in count.lines(source, "workshop", keys, HELD).items():
        words = translate("Hội thảo: {name}", name=line["name"] or "")
        found.append((line["starts_on"] or "", key, words, line))
    told: dict[str, dict[str, Any]] = {}
    for day, key, words, line in sorted(found, key=lambda one: one[:3]):
        label = f"{words} ({dates.show(day)})" if day else words
        told[key] = {"label": label, "days": line["days"]}
    return told
