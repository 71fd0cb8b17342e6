"""Frozen values about persons handed between offices that cross the floors."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Problem


@dataclass(frozen=True, slots=True)
class OfficeChoice:
    """An office that a person can be handed to, as the server told it."""

    id: str
    name: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TransferDraft:
    """What somebody asks: whom, to which office, why, and from which day (empty: today)."""

    person_ids: tuple[str, ...]
    to_office: str
    reason: str
    on: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The requests made together, and who could not be asked for."""

    bundle: str
    ids: tuple[str, ...]
    skipped: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class TransferCard:
    """One request as a desk shows it; `incoming` says that the person comes to this office.

    `steps` are what this user may do with it now: send, return, withdraw, accept, refuse, and with
    restricted values ask_key, give_key, take_key; `fingerprint` is this PC's, to be read to the
    other office meanwhile.
    """

    id: str
    bundle: str
    person_id: str
    name: str
    year: str
    commune: str
    incoming: bool
    other_office: str
    reason: str
    on: str
    state: str
    asked_by: str
    asked_at: str
    sent_by: str
    decided_by: str
    answer: str
    steps: tuple[str, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class LateEdit:
    """An edit from the former office that came after the person had left.

    `values` are (label, before, proposed) in words; `can_take` says whether it can be taken over
    as it is.
    """

    id: str
    person_id: str
    name: str
    record: str
    created: bool
    values: tuple[tuple[str, str, str], ...]
    by: str
    at: str
    office: str
    mine: bool
    state: str
    answer: str
    decided_by: str
    can_take: bool


@dataclass(frozen=True, slots=True)
class DepartedCard:
    """Somebody who left: the name, where to, since when, and until when the copy is kept."""

    person_id: str
    name: str
    office: str
    left_at: str
    rows: int
    keep_until: str
    wiped_at: str

    @property
    def id(self) -> str:
        """What lists know the line by."""
        return self.person_id

    @property
    def wiped(self) -> bool:
        """Whether only name and way are left."""
        return bool(self.wiped_at)


@dataclass(frozen=True, slots=True)
class DepartedPage:
    """The readable copy of somebody who left: (record, [(label, value)]) by record."""

    card: DepartedCard
    records: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    source: str


@dataclass(frozen=True, slots=True)
class TransferDesk:
    """Everything about handing over that this book knows, as far as it was asked for."""

    outgoing: tuple[TransferCard, ...] = ()
    incoming: tuple[TransferCard, ...] = ()
    late: tuple[LateEdit, ...] = ()
    departed: tuple[DepartedCard, ...] = ()
