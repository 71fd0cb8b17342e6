"""People as the command line shows them: JSON documents and lines for reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from app import cli_records as records
from app.actions import field_values, person
from app.actions.history_words import when
from app.cli_records import unit
from app.errors import Problem
from app.forms import section_title
from app.rules import dates
from app.rules.masking import masked
from app.values.person import HistoryEntry, PersonCard, PersonPage
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, fields

VALUE_SIGNS_MAX = 60
"""Longer values, such as whole notes, are not said again on a line."""


def card(ws: Workspace, one: PersonCard) -> dict[str, Any]:
    """A person as `people list` answers; units are {system, code, name}."""
    return {
        "id": one.id,
        "name": one.name,
        "sex": one.sex,
        "birth": one.birth,
        "birth_precision": dates.precision(one.birth) if one.birth else None,
        "id_number": one.id_number,
        "commune": unit(_own_commune(ws, one)),
        "current_commune": unit(one.current_commune),
        "hamlet": one.hamlet,
        "types": list(one.types),
        "degree": one.degree,
        "mine_victim": one.mine_victim,
        "status": one.status,
    }


def person_document(ws: Workspace, person_id: str, as_of: str | None) -> dict[str, Any]:
    """A person as `people show` answers: fields by dictionary name, records, history.

    With `as_of` the fields and history as they stood at the end of that day; what belongs to the
    person (needs, cases, files) is only told as it stands now.
    """
    page = person.page(ws, person_id, as_of)
    document = _head(page) | _fields(page)
    history = person.past(ws, person_id, as_of=as_of)
    if as_of is not None:
        return document | {"as_of": as_of, "history": [_entry(one) for one in history]}
    return (
        document
        | _belongings(ws, person_id)
        | {
            "amendments": [asdict(one) for one in page.amendments],
            "approvals": [asdict(one) for one in page.decisions],
            "warnings": [problem(one) for one in page.warnings],
            "missing": list(page.missing),
            "filled": page.filled,
            "countable": page.countable,
            "history": [_entry(one) for one in history],
        }
    )


def problem(one: Problem) -> dict[str, str]:
    """A problem or warning as it stands in JSON."""
    return asdict(one)


def told(one: Problem) -> str:
    """A problem in a line for people: its sentence, and what it is about where that says not."""
    value = one.value
    if not one.field or not value or value in one.message or len(value) > VALUE_SIGNS_MAX:
        return one.message
    return f"{one.message} ({one.field}: {value})"


def people_lines(total: int, people: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """A list of people for reading, numbers masked."""
    lines = [translate("{total} người", total=f"{total:,}".replace(",", "."))]
    for one in people:
        words = (
            one["id"],
            one["name"],
            _label("sex", one["sex"]),
            dates.show(one["birth"]) if one["birth"] else "",
            masked(one["id_number"] or ""),
            (one["commune"] or {}).get("name", ""),
            one["hamlet"] or "",
            _label("person_status", one["status"]),
        )
        lines.append("\t".join(words))
    return tuple(lines)


def person_lines(document: Mapping[str, Any]) -> tuple[str, ...]:
    """A person for reading: filled fields with their labels, then the history."""
    lines = [f"{document['id']}\t{_label('person_status', document['status'])}"]
    if document["merged_into"]:
        lines.append(translate("Đã gộp vào {name} ({id}).", **_named(document["merged_into"])))
    for one in document["merged_here"]:
        lines.append(translate("Có hồ sơ gộp vào: {name} ({id}).", **_named(one)))
    for field in fields.of("person"):
        value = document.get(field.name)
        if value not in (None, "", []):
            stored = _key(value) if field.type == "unit" else value
            stored = tuple(stored) if isinstance(stored, list) else stored
            words = field_values.readable(field, stored, language())
            lines.append(f"{field.label(language())}: {words}")
    lines.append(translate("Lịch sử:"))
    for one in document["history"]:
        label, change = one["label"], f"{one['old'] or ''} → {one['new'] or ''}"
        if not one["field"]:
            label, change = section_title(one["record"]), _label("history_op", one["op"])
        lines.append(f"  {when(one['at'])}  {one['by']}  {label}  {change}".rstrip())
    return tuple(lines)


def _named(record: Mapping[str, Any]) -> dict[str, str]:
    return {"name": record["name"], "id": record["id"]}


def _own_commune(ws: Workspace, one: PersonCard) -> str | None:
    """The commune in the system of the office's units, where both systems know it."""
    systems = {key.partition(":")[0] for key in ws.office.units}
    if one.commune and one.commune.partition(":")[0] not in systems and one.current_commune:
        if one.current_commune.partition(":")[0] in systems:
            return one.current_commune
    return one.commune


def _head(page: PersonPage) -> dict[str, Any]:
    return {
        "id": page.card.id,
        "status": page.card.status,
        "version": page.version,
        "birth_precision": dates.precision(page.card.birth) if page.card.birth else None,
        "current_commune": unit(page.card.current_commune),
        "sync": page.card.sync,
        "possible_duplicate": page.card.possible_duplicate,
        "created_by": page.created_by,
        "created_at": page.created_at,
        "edited_by": page.edited_by,
        "updated_at": page.updated_at,
        "hidden": sorted(page.hidden),
        "merged_into": asdict(page.merged_into) if page.merged_into else None,
        "merged_here": [asdict(one) for one in page.merged_here],
    }


def _fields(page: PersonPage) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for field in fields.of("person"):
        value = page.fields.get(field.name)
        if field.type == "unit":
            value = unit(value if isinstance(value, str) else None)
        elif isinstance(value, tuple):
            value = list(value)
        shown[field.name] = value
    return shown


def _belongings(ws: Workspace, person_id: str) -> dict[str, Any]:
    return {
        "needs": records.needs(ws, person_id),
        "cases": records.cases(ws, person_id),
        "accidents": records.accidents(ws, person_id),
        "attachments": records.files(ws, person_id),
    }


def _entry(entry: HistoryEntry) -> dict[str, Any]:
    return asdict(entry)


def _label(list_name: str, code: str | None) -> str:
    return codes.label(list_name, code, language()) if code else ""


def _key(value: Mapping[str, str]) -> str:
    return f"{value['system']}:{value['code']}"
