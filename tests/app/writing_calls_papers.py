"""Every action that writes papers of the council, as a call on things that are there."""

from __future__ import annotations

from app.actions import council_printing, half_year_paper
from app.values.council_request import CouncilRequest
from app.values.papers import PrintRequest
from tests.app.writing_calls import Call, Things

BLANK = CouncilRequest("council-01", blank=True)


def _session(it: Things) -> PrintRequest:
    return PrintRequest((), it.out / "a.pdf", session_papers=("members:nothing",))


CALLS: dict[str, Call] = {
    "council_printing.write": lambda ws, it: council_printing.write(ws, [BLANK], it.out / "a.pdf"),
    "council_printing.write_session": (
        lambda ws, it: council_printing.write_session(ws, _session(it))
    ),
    "half_year_paper.write": (lambda ws, it: half_year_paper.write(ws, "2026-1", it.out / "a.pdf")),
}
