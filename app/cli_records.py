"""What belongs to a person as the command line shows it: cases, needs, accidents, files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from app.actions import (
    accident,
    attachment,
    care_case,
    case_assessment,
    case_plan,
    case_review,
    field_values,
    need,
)
from app.rules import dates
from app.values.care_case import CaseCard
from app.values.need import NeedsFilter
from app.wording import language
from app.workspace import Workspace
from data import codes, fields, units

EVERY_NEED = NeedsFilter()


def unit(key: str | None) -> dict[str, str] | None:
    """A unit key as {system, code, name}."""
    if not key:
        return None
    system, _, code = key.partition(":")
    try:
        name = units.get(key).name
    except KeyError:
        name = ""
    return {"system": system, "code": code, "name": name}


def case_card(one: CaseCard) -> dict[str, Any]:
    """A case as `cases list` answers."""
    return asdict(one) | {"commune": unit(one.commune)}


def case_document(ws: Workspace, case_id: str) -> dict[str, Any]:
    """A case as `cases show` answers: the card, its text, notes, decisions, possible moves."""
    page = care_case.page(ws, case_id)
    document = asdict(page) | {"hands": sorted(page.hands), "moves": list(page.moves)}
    document |= asdict(case_plan.page(ws, case_id)) | {"status": page.card.status}
    document["assessments"] = [asdict(one) for one in case_assessment.of_case(ws, case_id)]
    document["reviews"] = [asdict(one) for one in case_review.of_case(ws, case_id)]
    del document["case_id"]
    return case_card(page.card) | {name: document[name] for name in document if name != "card"}


def cases(ws: Workspace, person_id: str) -> list[dict[str, Any]]:
    """All cases of a person in full."""
    return [case_document(ws, one.id) for one in care_case.of_person(ws, person_id)]


def needs(ws: Workspace, person_id: str, which: NeedsFilter = EVERY_NEED) -> list[dict[str, Any]]:
    """The needs of a person that fit."""
    return [
        asdict(one)
        for one in need.of_person(ws, person_id)
        if (not which.groups or one.group in which.groups)
        and (not which.items or one.item in which.items)
        and (not which.statuses or one.status in which.statuses)
        and (not which.due or one.due)
    ]


def accidents(ws: Workspace, person_id: str) -> list[dict[str, Any]]:
    """What accidents did to a person, and what is known of each; units are {system, code, name}."""
    pages = [asdict(one) for one in accident.of_person(ws, person_id)]
    for page in pages:
        if page["accident"]:
            page["accident"]["accident_commune"] = unit(page["accident"]["accident_commune"])
    return pages


def files(ws: Workspace, person_id: str, removed: bool = False) -> list[dict[str, Any]]:
    """The kept files of a person, or those that were taken off."""
    return [asdict(one) for one in attachment.of_person(ws, person_id, removed)]


def need_lines(shown: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Needs for reading."""
    return tuple(_need(one) for one in shown)


def facts(record: str, values: Mapping[str, Any]) -> Iterator[str]:
    """The filled fields of a record as `label: words`; units may be keys or {system, code}."""
    for field in fields.of(record):
        value = values.get(field.name)
        if isinstance(value, dict):
            value = f"{value['system']}:{value['code']}"
        if isinstance(value, list):
            value = tuple(value)
        words = ""
        if value not in (None, ()):
            words = field_values.readable(field, value, language())
        if words:
            yield f"{field.label(language())}: {words}"


def accident_lines(shown: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Accidents for reading: what is known of each and what it did, with labels."""
    return tuple(
        "\t".join((one["id"], *facts("accident", one["accident"]), *facts("victim", one["victim"])))
        for one in shown
    )


def file_lines(shown: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Files for reading."""
    return tuple(
        "\t".join(
            (
                one["id"],
                one["title"],
                codes.label("attachment_kind", one["kind"], language()),
                codes.label("legal_basis", one["legal_basis"], language()),
                dates.show(one["consent_on"]) if one["consent_on"] else "",
            )
        )
        for one in shown
    )


def _need(one: Mapping[str, Any]) -> str:
    what = one["item"] and codes.label("need_item", one["item"], language())
    words = (
        one["id"],
        one.get("person_name", ""),
        what or codes.label("need_group", one["group"], language()),
        str(one["priority"] or ""),
        codes.label("need_status", one["status"], language()),
        one["note"],
    )
    return "\t".join(word for n, word in enumerate(words) if word or n != 1)
