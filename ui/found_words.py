"""What the one search says of each thing beside its name."""

from __future__ import annotations

from datetime import date

from app import forms
from app.actions import finding
from app.values.care_case import CaseCard
from app.values.finding import PaperCard
from app.values.person import PersonCard
from app.wording import translate
from ui import show
from ui.screens.case_chips import case_chip

PICTURES = {
    "attachment": "file",
    "certificate": "approve",
    "receipt": "list",
    "minutes": "list",
    "print": "print",
    "import": "import",
    "handover": "list",
    "form": "print",
}


def person(one: PersonCard, today: date) -> str:
    """Birth, age and place, as the list tells them."""
    told = (show.birth_and_age(one.birth, today), show.place(one.commune, one.hamlet))
    return " · ".join(part for part in told if part)


def case(one: CaseCard) -> tuple[str, str]:
    """Whose case it is; its number, state, worker and day."""
    told = (
        one.case_number and translate("số {number}", number=one.case_number),
        case_chip(one.status).text,
        one.worker,
        one.opened_on and translate("mở {day}", day=forms.date_shown(one.opened_on)),
    )
    return translate("Ca của {name}", name=one.person_name), " · ".join(p for p in told if p)


def paper(one: PaperCard) -> str:
    """What kind of paper it is, whose, and of which day."""
    persons = translate("{count} người", count=show.number(one.persons)) if one.persons > 1 else ""
    instant = one.kind in ("import", "handover", "print", "form")
    day = (
        show.instant(one.day)
        if instant and one.day
        else forms.date_shown(one.day)
        if one.day
        else ""
    )
    return " · ".join(part for part in (finding.kind(one), one.person_name, persons, day) if part)


def picture(one: PaperCard) -> str:
    """The icon of a kind of paper."""
    return PICTURES[one.kind]
