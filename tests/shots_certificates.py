"""Pictures of certificates: every tab of the page, a person's certificates, every box."""

from __future__ import annotations

from typing import Any

from app import workspace
from app.actions import (
    application_desk,
    blank,
    blank_run,
    certificate,
    certificate_exchange,
    certificate_issue,
    certificate_opening,
    person,
)
from app.values.certificate import Issuing, Replacing
from app.values.person import PeopleFilter
from app.workspace import Workspace
from tests.shots import Studio

PAPER: dict[str, object] = {
    "issued_on": "2014-06-03",
    "issued_by": "UBND xã Cát Hanh",
    "degree": "severe",
    "types": ("mobility",),
}


def certificates(studio: Studio) -> None:
    """The paper book taken over, drafts with and without a doubt, blanks, two clashes, a run."""
    frame = studio.window.frame
    assert frame is not None
    ws = frame.ws
    cards = _without_file(ws, ("approved",))[:5]
    news = _without_file(ws, ("waiting", "draft"))[:1]
    _book(ws, [*cards, *news])
    for tab in ("waiting", "book", "clashes", "blanks", "check", "opening"):
        studio.go("certificates", tab)
        studio.take(f"certificates-{tab}")
    _weighing(studio)
    _settling(studio)
    _persons(studio, [*cards, *news])
    _onto_blanks(studio, ws, cards[3])


def _without_file(ws: Workspace, status: tuple[str, ...]) -> list[str]:
    """Living persons of whom no file is open: their certificate may be exchanged."""
    found = person.listing(ws, PeopleFilter(status=status), None, 60).cards
    living = [one for one in found if one.life_state == "living"]
    ids = [one.id for one in living if "" < (one.birth or "") < "2010"]
    return [one for one in ids if not application_desk.of_person(ws, one)]


def _book(ws: Workspace, ids: list[str]) -> None:
    minh = workspace.attach(ws.db, "minh")
    numbers = ("07/2014", "08/2014", "08/2014", "11/2014", "12/2014", "13/2014")
    for number, one in zip(numbers, ids, strict=True):
        noted = {"certificate_number": number, "certificate_note": "Theo sổ giấy"}
        certificate_opening.take_over(ws, one, PAPER | noted)
    certificate_opening.say_opening(ws, {"first_number": 1237, "of_severe": 4})
    blank.receive(ws, "A000101", "A000130", source="Sở Nội vụ")
    blank.spoil(ws, "A000103", "Rách khi nhận")
    for one in (ids[0], ids[3], ids[5]):
        old = certificate.of_person(ws, one)[0]
        certificate_exchange.ask(minh, old.id, Replacing("exchange", "damaged", "Rách góc"))
    made = certificate.of_person(ws, ids[3])[0]
    certificate_issue.issue(ws, made.id, Issuing(collected_note="Đã nộp"))
    with ws.db.write(ws.author()) as session:  # the sheet of another PC that issued it too
        sheet = blank.found(session, "A000105")
        sheet.blank_state, sheet.certificate_id = "issued", made.id


def _weighing(studio: Studio) -> None:
    """A whole list issued: who has a doubt is ticked."""
    register = _register(studio, "waiting")
    register._ask(tuple(register.lines))
    studio.take("certificates-weigh")
    register.weigh.leave()


def _settling(studio: Studio) -> None:
    register = _register(studio, "clashes")
    for name, row in (("settle", 0), ("collect", register.list.model.rowCount() - 1)):
        register.begin(register.list.model.row(row))
        studio.take(f"certificates-{name}")
        register.leave_box()


def _persons(studio: Studio, ids: list[str]) -> None:
    """What is done with a certificate: the boxes of one that waits and of one in force."""
    held, waits = ids[4], (ids[0], ids[5])
    part = _part(studio, waits[0])
    studio.take("person-certificates")
    part._begin_issue(_card(studio, waits[0]))
    studio.take("person-certificates-issue")
    part.leave_box()
    old = certificate.of_person(studio.window.frame.ws, waits[0])[1]  # type: ignore[union-attr]
    part._begin_exchange(old)
    studio.take("person-certificates-known")
    part.leave_box()
    part = _part(studio, waits[1])
    studio.take("person-certificates-doubt")
    part._begin_issue(_card(studio, waits[1]))
    studio.take("person-certificates-weigh")
    part.leave_box()
    part = _part(studio, held)
    for name in ("exchange", "lost", "revoke"):
        getattr(part, f"_begin_{name}")(_card(studio, held))
        studio.take(f"person-certificates-{name}")
        part.leave_box()


def _onto_blanks(studio: Studio, ws: Workspace, who: str) -> None:
    """A certificate of this program: the box of its blank, its page, and the run."""
    part = _part(studio, who)
    studio.take("person-certificates-issued")
    part._begin_print(_card(studio, who))
    studio.take("person-certificates-print")
    part.leave_box()
    blank_run.begin(ws, [_card(studio, who).id])
    studio.go("certificates", "book")
    studio.take("certificates-run")
    blank_run.finish(ws)


def _register(studio: Studio, tab: str) -> Any:
    studio.go("certificates", tab)
    page: Any = studio.window.frame.shown  # type: ignore[union-attr]
    return page.registers[tab]


def _part(studio: Studio, who: str) -> Any:
    studio.go("person", who, tab="certificates")
    page: Any = studio.window.frame.shown  # type: ignore[union-attr]
    return page.tabs.lists["certificates"].parts[0]


def _card(studio: Studio, who: str) -> Any:
    return certificate.of_person(studio.window.frame.ws, who)[0]  # type: ignore[union-attr]
