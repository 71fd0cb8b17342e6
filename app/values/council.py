"""Frozen values of the council that cross the floors: members, sessions, hearings, notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.rules.assessment import Proposal
from app.rules.council import Votes


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """One member as typed: dictionary names of `council_member`; `id` corrects one."""

    fields: Mapping[str, object]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class MemberCard:
    """One member; `sits` says whether on the day asked for."""

    id: str
    name: str
    position: str
    roles: tuple[str, ...]
    signs_as: str
    decision_number: str
    decision_on: str
    valid_from: str
    valid_to: str
    login: str
    sits: bool
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Council:
    """Who sits on a day, the roles the law asks for that nobody holds, and the quorum."""

    day: str
    members: tuple[MemberCard, ...]
    lacking: tuple[str, ...]
    quorum: int


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """One session as typed: dictionary names of `council_session`; chair and secretary by the id
    of the member, the council's own when empty."""

    fields: Mapping[str, object]
    id: str | None = None
    chair_id: str = ""
    secretary_id: str = ""


@dataclass(frozen=True, slots=True)
class SessionCard:
    """One session; `counts` are its persons by state of their hearing."""

    id: str
    on: str
    starts: str
    ends: str
    place_kind: str
    place: str
    state: str
    note: str
    chair: MemberCard | None
    secretary: MemberCard | None
    counts: Mapping[str, int]
    fields: Mapping[str, object]

    @property
    def persons(self) -> int:
        """How many persons are heard in it."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of the day of a session; `present` is None before it is held."""

    member: MemberCard
    present: bool | None
    stands_for: str


@dataclass(frozen=True, slots=True)
class HearingLine:
    """One person of a session, as a line."""

    id: str
    person_id: str
    application_id: str
    order: int
    at: str
    name: str
    sex: str
    birth: str
    commune: str | None
    hamlet: str
    state: str
    conclusion: str
    types: tuple[str, ...]
    degree: str
    sheet: bool
    minor: bool
    minutes_number: str
    notice_shows: str
    elsewhere: str
    """Day of another session that the same file waits in: two PCs put it into both."""


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session with the council of its day and its persons in order."""

    card: SessionCard
    seats: tuple[Seat, ...]
    quorum: int
    lines: tuple[HearingLine, ...]
    lacking: tuple[str, ...]
    """Roles the law asks for that nobody held on that day."""

    @property
    def present(self) -> tuple[MemberCard, ...]:
        """The members who are there."""
        return tuple(seat.member for seat in self.seats if seat.present)


@dataclass(frozen=True, slots=True)
class PutDraft:
    """Files that are put into a session: the first one at a time, each so many minutes after."""

    application_ids: tuple[str, ...] = ()
    person_ids: tuple[str, ...] = ()
    starts: str = ""
    minutes: int = 15


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """What was observed: numbers of signs, scores by activity. None leaves what stands.

    `birth` is what the form is chosen by where the record does not tell; `form` chooses it by
    hand, with `form_reason`, where nobody knows the birth.
    """

    hearing_id: str
    type_signs: tuple[str, ...] | None = None
    degree_signs: tuple[str, ...] | None = None
    scores: Mapping[str, object] | None = None
    observed: str | None = None
    birth: str = ""
    form: str = ""
    form_reason: str = ""


@dataclass(frozen=True, slots=True)
class VoteDraft:
    """What the council concluded for one person, and how it voted.

    `opinions` by the id of the member; `related` are ids of members related to the person.
    """

    hearing_id: str
    votes: Votes
    conclusion: str
    types: tuple[str, ...] = ()
    degree: str = ""
    opinions: Mapping[str, str] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    chair_decided: bool = False
    departs_reason: str = ""
    minutes_number: str = ""


@dataclass(frozen=True, slots=True)
class PaperHearing:
    """Minutes of an earlier session as they stand on paper: dictionary names of `hearing`."""

    person_id: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class HearingCard:
    """One hearing: the sheet, what the form proposes for it, the vote and the conclusion."""

    id: str
    person_id: str
    application_id: str
    session_id: str
    person_name: str
    sex: str
    birth: str
    commune: str | None
    hamlet: str
    on: str
    at: str
    place: str
    order: int
    state: str
    form: str
    edition: str
    birth_used: str
    form_reason: str
    type_signs: tuple[str, ...]
    degree_signs: tuple[str, ...]
    scores: Mapping[str, object]
    observed: str
    proposal: Proposal
    opinions: str
    chaired_by: str
    minuted_by: str
    members_present: str
    related: tuple[str, ...]
    related_members: str
    voting: int
    votes: Votes
    chair_decided: bool
    conclusion: str
    types: tuple[str, ...]
    degree: str
    departs_reason: str
    adjourn_reason: str
    minutes_number: str
    minutes_on: str
    notice_shows: str
    origin: str
    minor: bool
    form_due: str
    """The form that is right now, where the sheet was filled in on another one."""

    by: str
    at_written: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of the public list: the legal columns and nothing else."""

    hearing_id: str
    person_id: str
    name: str
    birth: str
    hamlet: str
    types: tuple[str, ...]
    degree: str
    conclusion: str
    minor: bool
    shows: str


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """The public notice of a session."""

    id: str
    session_id: str
    session_on: str
    number: str
    state: str
    place: str
    posted_on: str
    take_down_on: str
    taken_down_on: str
    approved_on: str
    approved_by: str
    lines: tuple[NoticeLine, ...]
