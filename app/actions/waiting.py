"""What waits today: counts for the navigation, and the lines of the opening page."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions import (
    approval,
    backup,
    care_case,
    certificate,
    coming,
    conflict,
    drafts,
    duplicate,
    person,
    sharing,
    transfer,
)
from app.actions.drafts import KeptDraft
from app.rules.care_case import ENDED
from app.values.person import PeopleFilter
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Waiting:
    """Counts of this moment, as far as this user has something to do with them.

    `alike` are pairs of records that may be one person, `unseen` persons not yet compared;
    `transfers` are requests to decide on and late edits, `dues` what is due today or late of who
    asks, `sharings` requests to share with others, `clashes` numbers, blanks and persons that
    several certificates claim.
    """

    people: int
    drafts: int
    returned: int
    to_approve: int
    open_cases: int
    conflicts: int = 0
    alike: int = 0
    unseen: int = 0
    transfers: int = 0
    dues: int = 0
    sharings: int = 0
    clashes: int = 0
    typing: tuple[KeptDraft, ...] = ()

    @property
    def today(self) -> int:
        """How many things wait for this user."""
        waits = self.returned + self.to_approve + self.conflicts + self.transfers
        waits += self.dues + self.sharings + self.clashes
        return waits + len(self.typing)


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When the newest backup was made (ISO instant, empty for never), and where it lies."""

    at: str
    place: str
    other_disk: bool
    due: bool


def now(ws: Workspace) -> Waiting:
    """Count what waits."""
    by_status = person.counts(ws)
    cases = care_case.counts(ws)
    pairs, unseen = duplicate.counts(ws)
    to_approve = person.total(ws, approval.WAITING) if ws.can("approve") else 0
    return Waiting(
        people=sum(by_status.values()),
        drafts=by_status.get("draft", 0),
        returned=by_status.get("returned", 0) if ws.can("enter") else 0,
        to_approve=to_approve,
        conflicts=conflict.count(ws) if ws.can("resolve") else 0,
        alike=pairs if ws.can("enter") else 0,
        unseen=unseen,
        transfers=transfer.waiting(ws) if ws.can("enter") else 0,
        dues=coming.count(ws, coming.today(ws, ws.user.login)) if ws.can("enter") else 0,
        sharings=sharing.waiting(ws) if ws.can("approve") else 0,
        clashes=certificate.clash_count(ws) if ws.can("approve") else 0,
        open_cases=sum(count for status, count in cases.items() if status not in ENDED),
        typing=drafts.offered(ws, "person") if ws.can("enter") else (),
    )


def missing(ws: Workspace) -> int:
    """How many people lack a birth date, a sex, a number or a type; slow in a large book."""
    return person.total(ws, PeopleFilter(missing=True))


def last_backup(ws: Workspace) -> LastBackup:
    """How safe the store is against the loss of this PC."""
    newest = backup.latest(ws)
    if newest is None:
        return LastBackup("", "", False, True)
    return LastBackup(newest.at, str(newest.path.parent), newest.other_disk, backup.due(ws))
