"""Pictures of certificates: every tab of the page, a person's certificates, a box to issue in."""

from __future__ import annotations

from app.actions import blank, certificate, certificate_exchange, certificate_opening, person
from app.values.certificate import Replacing
from app.values.person import PeopleFilter
from tests.shots import Studio

PAPER = {"issued_on": "2014-06-03", "issued_by": "UBND xã Cát Hanh", "degree": "severe",
         "types": ("mobility",)}  # fmt: skip


def certificates(studio: Studio) -> None:
    """The paper book taken over, one exchanged, blanks in stock, two that claim one number."""
    from ui.screens.person import PersonScreen

    frame = studio.window.frame
    assert frame is not None
    ws = frame.ws
    cards = person.listing(ws, PeopleFilter(status=("approved",)), None, 4).cards
    for number, one in zip(("07/2014", "08/2014", "08/2014"), cards, strict=False):
        certificate_opening.take_over(ws, one.id, PAPER | {"certificate_number": number})
    certificate_opening.say_opening(ws, {"first_number": 1237, "of_severe": 4})
    blank.receive(ws, "A000101", "A000130", source="Sở Nội vụ")
    blank.spoil(ws, "A000103", "Rách khi nhận")
    old = certificate.of_person(ws, cards[0].id)[0]
    certificate_exchange.ask(ws, old.id, Replacing("exchange", "damaged"))
    for tab in ("waiting", "book", "blanks", "check", "opening"):
        studio.go("certificates", tab)
        studio.take(f"certificates-{tab}")
    studio.go("person", cards[0].id, tab="certificates")
    studio.take("person-certificates")
    page = frame.shown
    assert isinstance(page, PersonScreen)
    part = page.tabs.lists["certificates"].parts[0]  # type: ignore[attr-defined]
    part._begin_issue(certificate.of_person(ws, cards[0].id)[0])
    studio.take("person-certificates-issue")
    part.leave_box()
