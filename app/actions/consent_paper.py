"""Print the consent form: blank to take along, or filled with a person and a recorded basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from app.actions import access, consent, field_values, paper_out, person, settings
from app.actions.paper_sections import in_vietnamese as translate
from app.errors import Refused
from app.papers import consent as paper
from app.rules import consent as rules
from app.rules import dates
from app.values.papers import ConsentForm
from app.values.sharing import ConsentCard
from app.workspace import Workspace
from data import codes, fields

TERMS = ("consent_recipient", "consent_until", "consented_on", "consenter_name",
         "consenter_relation", "not_own_reason", "consent_witness")  # fmt: skip


def content(ws: Workspace, person_id: str = "", consent_id: str = "") -> bytes:
    """The form as PDF bytes; a print with somebody's name is logged.

    Raises Refused (not_allowed, person_unknown, consent_unknown) and FontMissing.
    """
    ws.demand("enter")
    card = _card(ws, person_id, consent_id)
    page = person.page(ws, person_id) if person_id else None
    values: Mapping[str, object] = page.fields if page is not None else {}
    birth = str(values.get("birth") or "")
    adult = dates.reached(birth, rules.ADULT_YEARS, ws.today()) if birth else True
    by = str(card.fields["consenter"] or "") if card is not None else ""
    now = settings.current(ws)
    form = ConsentForm(
        who=tuple(_who(values)),
        purposes=tuple(
            (item.vi, card is not None and item.code == card.purpose)
            for item in codes.get("sharing_purpose").items
        ),
        terms=tuple(_terms(card)),
        officer=" · ".join(one for one in (now.protection_officer, now.protection_phone) if one),
        guardian=not adult or by in (rules.GUARDIAN, rules.FAMILY),
    )
    made = paper.typeset(form, settings.letterhead(ws), translate)
    if person_id:
        access.seen(ws, person_id, "print", "consent")
    return made


def write(ws: Workspace, path: Path, person_id: str = "", consent_id: str = "") -> None:
    """As `content`, into a file. Raises Refused (sheet_not_written) too."""
    paper_out.put(content(ws, person_id, consent_id), path)


def _card(ws: Workspace, person_id: str, consent_id: str) -> ConsentCard | None:
    if not consent_id:
        return None
    cards = consent.of_person(ws, person_id) if person_id else ()
    found = next((one for one in cards if one.id == consent_id), None)
    if found is None:
        raise Refused.one("consent_unknown", "id", consent_id)
    return found


def _who(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name in ("name", "birth", "id_number", "commune"):
        field = fields.get("person", name)
        yield field.vi, field_values.readable(field, values.get(name))


def _terms(card: ConsentCard | None) -> Iterator[tuple[str, str]]:
    for name in TERMS:
        field = fields.get("consent", name)
        yield field.vi, field_values.readable(field, card.fields[name] if card else None)
