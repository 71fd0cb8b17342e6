"""What stands on the approval desk: who waits, whose work it is, and one record for review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.actions import approval, person, user
from app.values.person import AmendmentCard, PageKey, PeopleFilter, PersonCard, PersonPage
from app.workspace import Workspace
from data.records import approval as records


@dataclass(frozen=True, slots=True)
class Waits:
    """A person at the desk; `own` when this user wrote what waits, so somebody else decides."""

    card: PersonCard
    own: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A record as it is judged; `asked` are the waiting changes of an approved person.

    `names` gives the full names of the users by login.
    """

    page: PersonPage
    own: bool
    asked: AmendmentCard | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Whether there is something to decide."""
        return self.asked is not None or self.page.card.status == "waiting"


def waiting(
    ws: Workspace, which: PeopleFilter, after: PageKey | None = None, limit: int = 100
) -> tuple[tuple[Waits, ...], PageKey | None]:
    """The next persons of a filter in list order, and the key after the last one."""
    page = person.listing(ws, which, after, limit)
    own = _own(ws, [card.id for card in page.cards])
    return tuple(Waits(card, card.id in own) for card in page.cards), page.next


def review(ws: Workspace, person_id: str) -> Review:
    """One record with everything an approver looks at; the look is logged.

    Raises Refused (`person_unknown`).
    """
    page = person.page(ws, person_id)
    asked = next((one for one in page.amendments if one.state == "waiting"), None)
    return Review(page, person_id in _own(ws, [person_id]), asked, user.names(ws))


def _own(ws: Workspace, ids: Sequence[str]) -> frozenset[str]:
    """Those whose waiting record, or waiting changes, this user wrote or changed."""
    with ws.db.read() as session:
        asked = records.waiting_amendments(session, ids)
        written = approval.authors(session, [(one, asked.get(one)) for one in ids])
    return frozenset(one for one in ids if ws.user.login in written[one])
