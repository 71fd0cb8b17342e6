"""What stands in a cell, as lines to read: persons with what of them is counted, accidents, or what
training is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.reports import trainings
from app.rules import dates
from app.rules.masking import masked
from app.values.report import ReportMember
from app.wording import language, translate
from data import codes, units
from data.counting import count
from data.counting.then import Source
from data.figures import Figure

Line = Mapping[str, Any]
PERSON = ("name", "sort_key", "birth", "sex", "id_number", "commune", "hamlet")


def of(
    source: Source, figure: Figure, keys: Sequence[tuple[str, str | None]]
) -> tuple[ReportMember, ...]:
    """The lines of a cell, persons by given name; identity numbers masked.

    Who went to another office is named from the copy that is kept to read, and where she went.
    """
    if figure.of == "training":
        return trainings.members(source, figure, [key for key, _who in keys])
    if figure.of == "victim" and figure.unit == "cases":
        return _accidents(source, [key for key, _who in keys])
    wanted = {who for _key, who in keys if who}
    people = count.lines(source, "person", wanted, PERSON)
    told = _told(source, figure, [key for key, _who in keys])
    found = []
    for key, who in keys:
        line, what = people.get(who or ""), told.get(key, "")
        if line is None:
            found.append(_nobody(key, who or "", what))
            continue
        office = source.moves.went_to(who or "") if source.moves is not None else ""
        gone = translate("Đã chuyển đến {office}", office=office) if office else ""
        told_of = " · ".join(part for part in (what, gone) if part)
        found.append(_member((key, who or ""), line, told_of))
    return tuple(sorted(found, key=lambda one: (_order(people, one.person_id), one.key)))


def _nobody(key: str, who: str, what: str) -> ReportMember:
    """Somebody who has no record that could be read here."""
    why = translate("Nạn nhân chưa đăng ký")
    if who:
        why = translate("Đã chuyển đi; máy này không có bản lưu để đọc tên")
    return ReportMember(key, who, "", "", "", "", "", what or why)


def _member(key: tuple[str, str], line: Line, what: str) -> ReportMember:
    commune = line["commune"] or ""
    return ReportMember(
        *key,
        line["name"] or "",
        dates.show(line["birth"]) if line["birth"] else "",
        codes.label("sex", line["sex"], language()) if line["sex"] else "",
        masked(line["id_number"] or ""),
        ", ".join(part for part in (line["hamlet"], units.full_name(commune)) if part),
        what,
    )


def _order(people: Mapping[str, Line], who: str) -> str:
    """By given name, as every list of people; who is nobody registered comes last."""
    return str(people[who]["sort_key"] or "") if who in people else "\uffff"


def _told(source: Source, figure: Figure, keys: Iterable[str]) -> Mapping[str, str]:
    """What of a person stands in the cell, where it is not the person alone."""
    if figure.of == "need" and figure.unit == "times":
        bare = [key for key in keys if "/" not in key]
        rows = count.lines(source, "need", set(bare), ("need_group", "item"))
        named = {key: (one["need_group"], one["item"]) for key, one in rows.items()}
        named |= {key: tuple(key.split("/")[1:]) for key in keys if "/" in key}  # type: ignore[misc]
        return {key: _need(*one) for key, one in named.items()}
    if figure.of == "case" and figure.unit == "cases":
        rows = count.lines(source, "care_case", set(keys), ("case_number", "worker"))
        return {key: " · ".join(part for part in one.values() if part) for key, one in rows.items()}
    return {}


def _need(group: str | None, item: str | None) -> str:
    if item:
        return codes.label("need_item", item, language())
    return codes.label("need_group", group, language()) if group else translate("Chưa ghi nhóm")


def _accidents(source: Source, keys: Sequence[str]) -> tuple[ReportMember, ...]:
    names = ("accident_on", "accident_commune", "device")
    rows = count.lines(source, "accident", set(keys), names)
    here = count.lines(replace(source, moves=None), "accident", set(keys), ())
    gone = translate("đi theo nạn nhân đã chuyển cơ quan")
    found = []
    for key in keys:
        line = rows.get(key)
        if line is None:
            what = translate("Vụ tai nạn {why}; máy này không có bản lưu", why=gone)
            found.append(ReportMember(key, "", "", "", "", "", "", what))
            continue
        device = codes.label("device", line["device"], language()) if line["device"] else ""
        day = dates.show(line["accident_on"]) if line["accident_on"] else translate("không rõ ngày")
        place = units.full_name(line["accident_commune"]) if line["accident_commune"] else ""
        what = " · ".join(part for part in (day, device, "" if key in here else gone) if part)
        found.append(ReportMember(key, "", "", "", "", "", place, what))
    return tuple(found)
