"""Every action that writes papers of the council or files for the national system, as calls."""

from __future__ import annotations

from app.actions import (
    council_printing,
    half_year_paper,
    national_answer,
    national_file,
    national_out,
)
from app.actions.national_answer import Reply
from app.values.council_request import CouncilRequest
from app.values.national import OutRequest
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
    "national_answer.answer": lambda ws, _it: national_answer.answer(
        ws, "x", (), Reply("accepted")
    ),
    "national_answer.read": lambda ws, it: national_answer.read(ws, "x", it.out / "a.xlsx"),
    "national_answer.submit": lambda ws, _it: national_answer.submit(ws, "x", "2026-11-26"),
    "national_file.withdraw": lambda ws, _it: national_file.withdraw(ws, "x", "vì sao"),
    "national_out.make": lambda ws, it: national_out.make(ws, OutRequest(it.out / "a.xlsx")),
}
