"""Persons whom the council found disabled, their conclusions posted: ready for certificates."""

from __future__ import annotations

from app.actions import approval, council_session, person
from tests import sitting
from tests.desk import Desk

DAY = "2026-03-10"


def heard(office: Desk, *names: str) -> list[tuple[str, str]]:
    """Persons, approved, whom the council found severely disabled; their files hang in public."""
    at, called = office.minh, []
    for name in names:
        called.append(sitting.complete_file(at, name, "2026-03-02"))
    ids = [who for who, _file in called]
    person.submit(at, ids)
    approval.approve(office.hoa, ids)
    meeting = sitting.held(office, DAY, tuple(file for _who, file in called))
    for one in meeting.hearings:
        sitting.severe(at, one)
        sitting.all_for(at, one)
    council_session.close(at, meeting.session, "16h")
    sitting.posted(office, meeting.session)
    return called
