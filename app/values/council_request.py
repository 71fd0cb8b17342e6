"""Which paper of the council's procedure, of which record."""

from __future__ import annotations

from dataclasses import dataclass

from app.values.letter import Letter
from app.values.paper_form import PaperForm

CouncilSheet = PaperForm | Letter


@dataclass(frozen=True, slots=True)
class CouncilRequest:
    """A paper and the record it is about; empty for a blank one.

    Which record that is follows from the paper: a file, a hearing, a session, a complaint, a
    referral, a certificate.
    """

    paper: str
    id: str = ""
    blank: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class SessionPaper:
    """One paper of a session as the print queue has it: sheets that belong together."""

    name: str
    file_number: str
    sheets: tuple[CouncilSheet, ...]

    @property
    def persons(self) -> tuple[str, ...]:
        """Whom its sheets name."""
        found: list[str] = []
        for one in self.sheets:
            found += one.persons if isinstance(one, Letter) else [one.person_id]
        return tuple(dict.fromkeys(name for name in found if name))


@dataclass(frozen=True, slots=True)
class ForPrinter:
    """A paper as PDF bytes that only a printer gets, and who stands on it."""

    content: bytes
    pages: int
    persons: tuple[str, ...]
