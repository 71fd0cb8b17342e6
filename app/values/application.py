"""Frozen values of applications, complaints and referrals to the medical board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """One application as typed: dictionary names of `application`.

    With `origin` paper it stands as its paper does: `paper_step` and the days are taken as typed.
    """

    person_id: str
    fields: Mapping[str, object]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a step: day `day` of `total` working days since `since`, due on `due`.

    `late` are working days past it; `stopped` says why no clock runs (asked-for papers), empty
    with `due` empty when the file has ended. `whats` are names of deadlines, `sources` their texts.
    """

    whats: tuple[str, ...] = ()
    since: str = ""
    due: str = ""
    day: int = 0
    total: int = 0
    late: int = 0
    stopped: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that may happen to a file now, with the article it stands on."""

    name: str
    target: str
    source: str


@dataclass(frozen=True, slots=True)
class ApplicationCard:
    """One file: its values by dictionary name, the way it goes, its clock, and what it lacks.

    `lacks` are codes of papers that the law asks for and nobody noted as shown; `line` the steps
    from beginning to end; `dead` whether the person is known to have died; `hangs` the days on
    which its conclusion hangs in public, first and last, where one file is shown.
    """

    id: str
    person_id: str
    person_name: str
    commune: str | None
    hamlet: str
    birth: str
    dead: bool
    fields: Mapping[str, object]
    path: str
    path_source: str
    line: tuple[str, ...]
    clock: Clock
    lacks: tuple[str, ...]
    moves: tuple[Move, ...]
    open_complaints: int
    by: str
    at: str
    hangs: tuple[str, str] | None = None

    @property
    def step(self) -> str:
        """Where the file stands."""
        return str(self.fields["file_step"] or "received")


@dataclass(frozen=True, slots=True)
class ApplicationsFilter:
    """Conditions on files; empty ones do not count. `due`: late or due today."""

    steps: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    live: bool = False
    due: bool = False
    query: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicationsPage:
    """Some files, and how many there are."""

    cards: tuple[ApplicationCard, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many files stand at each step, and how many are late or due today."""

    steps: Mapping[str, int]
    late: int
    due_today: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A hearing or a certificate of a file: its day, state, and what it says; codes as stored.

    `session_id` is the session of a hearing, empty when it was heard on paper.
    """

    kind: str
    id: str
    on: str
    state: str
    conclusion: str
    types: str
    degree: str
    number: str
    session_id: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintDraft:
    """One complaint about the conclusion in a file, as typed."""

    application_id: str
    fields: Mapping[str, object]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class ComplaintAnswer:
    """What the council answered in writing."""

    outcome: str
    answer: str
    on: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintCard:
    """One complaint with its values; `late` are working days past its answer's day.

    `posting`: it came `during` the posting of the conclusion, `after` it, or empty where no notice
    says so.
    """

    id: str
    application_id: str
    person_id: str
    person_name: str
    fields: Mapping[str, object]
    late: int
    by: str
    at: str
    posting: str = ""


@dataclass(frozen=True, slots=True)
class MedicalDraft:
    """A referral out of a file, or (without one) minutes of a board that lie on paper."""

    person_id: str
    fields: Mapping[str, object]
    application_id: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class MedicalCard:
    """One referral or its minutes; `lacks` are fields and `papers` enclosures its reason needs.

    `proposed` is the degree that a conclusion from before 1 June 2012 stands for, with `article`;
    `over` whether the minutes have run out.
    """

    id: str
    application_id: str | None
    person_id: str
    person_name: str
    fields: Mapping[str, object]
    lacks: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    proposed: str = ""
    article: str = ""
    over: bool = False
    by: str = ""
    at: str = ""
