"""What the council's papers print, ready in words: nothing to look up, nothing to decide.

Every value may be empty: then the paper has dots, or boxes, to be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a paper is about. `hamlet` and `birth` alone stand on a public list."""

    name: str = ""
    birth: str = ""
    sex: str = ""
    id_number: str = ""
    residence: str = ""
    lives_at: str = ""
    hamlet: str = ""
    ethnicity: str = ""
    commune: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Representative:
    """Who speaks for somebody (TT 01/2019 Mẫu 01 part II)."""

    name: str = ""
    relation: str = ""
    id_number: str = ""
    residence: str = ""
    lives_at: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a sheet: a sign with the group it speaks for, or an activity."""

    number: str
    group: str
    words: str


@dataclass(frozen=True, slots=True)
class SheetLines:
    """The lines of one form in the edition of the file: signs of types, of degrees, activities."""

    types: tuple[SheetLine, ...]
    degrees: tuple[SheetLine, ...] = ()
    activities: tuple[SheetLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """What was recorded on a sheet; `recorded` False leaves every box empty."""

    recorded: bool = False
    type_signs: frozenset[str] = frozenset()
    degree_signs: frozenset[str] = frozenset()
    scores: Mapping[str, str] = field(default_factory=dict)
    total: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A conclusion in words: types and degree, or one of the other two."""

    conclusion: str = ""
    """A code of `council_conclusion`; empty for none yet."""

    types: str = ""
    degree: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """What the citizen asks for (Mẫu 01), and how it was received."""

    kind: str = ""
    """A code of `application_kind`; empty on a blank form."""

    reason: str = ""
    subject: Subject = Subject()
    representative: Representative = Representative()
    declared: Marks = Marks()
    under_six: bool = False
    received_on: str = ""
    receipt_number: str = ""
    appointment_on: str = ""
    papers_shown: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    """Titles of the copies that were kept of them."""
    papers_missing: tuple[str, ...] = ()
    missing_note: str = ""
    school: str = ""
    school_class: str = ""
    application_id: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """One member: as what he sits there, and whether he came."""

    name: str
    position: str
    role: str
    present: bool | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session: day, hours, place, and who sits in it."""

    day: str = ""
    starts: str = ""
    ends: str = ""
    place: str = ""
    seats: tuple[Seat, ...] = ()
    chair: str = ""
    secretary: str = ""


@dataclass(frozen=True, slots=True)
class Hearing:
    """One person before the council: what was recorded, said, voted and concluded."""

    subject: Subject = Subject()
    representative: Representative = Representative()
    form: str = "03"
    marks: Marks = Marks()
    proposal: Finding = Finding()
    proposal_basis: str = ""
    opinions: str = ""
    related: str = ""
    votes: tuple[str, str, str, str] = ("", "", "", "")
    """For the types, the degree, not disabled, no conclusion: as the form's table has them."""

    found: Finding = Finding()
    minutes_number: str = ""
    minutes_on: str = ""
    order: int = 0
    starts: str = ""
    hearing_id: str = ""
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What is posted: number, days, place, and the conclusions, one line a person."""

    number: str = ""
    posted_on: str = ""
    take_down_on: str = ""
    place: str = ""
    hearings: tuple[Hearing, ...] = ()
    council_decision: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """What is written to the medical board about one person."""

    subject: Subject
    number: str = ""
    sent_on: str = ""
    board: str = ""
    findings: str = ""
    reason: str = ""
    """A code of `medical_board_reason`."""

    enclosed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint and what is answered."""

    subject: Subject
    complainant: str = ""
    received_on: str = ""
    about: str = ""
    outcome: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Revocation:
    """A certificate that is taken back: which, why, on whose conclusion; `decided_on` is an ISO
    day, the paper is signed on it."""

    subject: Subject
    certificate_number: str = ""
    issued_on: str = ""
    types: str = ""
    degree: str = ""
    reason: str = ""
    concluded_by: str = ""
    decision: str = ""
    decided_on: str = ""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of the register of certificates."""

    number: str
    serial: str
    issued_on: str
    subject: Subject
    types: str
    degree: str
    basis: str
    signer: str
    state: str
    note: str = ""
