"""The books of other offices that this PC may read: which, how many people, looking into one."""

from __future__ import annotations

from app.actions.person_cards import wanted
from app.errors import Refused
from app.rules import dates
from app.values.office import OfficeLine, OfficeTotals
from app.values.person import PeopleFilter
from app.wording import translate
from app.workspace import OfficeCard, Workspace, reading
from data import office_copy
from data.database import Database
from data.errors import StoreDamaged
from data.records import cold_start, office_grant, people, people_list
from data.records.sync import OfficeGrant


def listing(ws: Workspace) -> tuple[OfficeLine, ...]:
    """The own office first, then the others by name, each with its totals."""
    ws.demand("view")
    own = ws.own or ws
    with own.db.read() as session:
        grants = office_grant.all_of(session)
    first = OfficeLine(own.office.id, own.office.name, own=True, totals=_totals(own.db))
    return (first, *(_line(own, one) for one in grants if one.key is not None))


def total(lines: tuple[OfficeLine, ...]) -> OfficeTotals:
    """The sums over offices; `coming` when the book of one is not all here."""
    known = [line.totals for line in lines if line.totals is not None]
    return OfficeTotals(
        people=sum(one.people for one in known),
        waiting=sum(one.waiting for one in known),
        approved=sum(one.approved for one in known),
        victims=sum(one.victims for one in known),
        coming=len(known) < len(lines) or any(one.coming for one in known),
    )


def read(ws: Workspace, office: str) -> Workspace:
    """The book of another office, named by its id or name, to look into.

    Raises Refused (`office_not_granted`, `office_not_here`).
    """
    ws.demand("view")
    own = ws.own or ws
    with own.db.read() as session:
        named = [o for o in office_grant.all_of(session) if office in (o.scope, o.name)]
    until = own.readable_until(named[0].scope) if named else ""
    if not until:
        raise Refused.one("office_not_granted", "office", office)
    copy = _copy(own, named[0])
    if copy is None:
        raise Refused.one("office_not_here", "office", named[0].name)
    return reading(own, copy, _card(named[0]), until)


def line_words(line: OfficeLine) -> str:
    """What is known of an office, and up to when it may be read."""
    words = totals_words(line.totals) if line.totals else translate("chưa tải về")
    if line.over:
        day = dates.show(line.until)
        return translate("đã hết hạn xem ngày {day}; sổ này đã đóng lại", day=day)
    if line.own:
        return translate("{words} (đơn vị của mình)", words=words)
    return translate("{words}; xem đến hết {day}", words=words, day=dates.show(line.until))


def totals_words(totals: OfficeTotals) -> str:
    """Totals in a line."""
    words = translate(
        "{people} người, {approved} đã duyệt, {waiting} chờ duyệt, {victims} nạn nhân bom mìn",
        people=totals.people,
        approved=totals.approved,
        waiting=totals.waiting,
        victims=totals.victims,
    )
    return translate("{words} (đang tải về, chưa đủ)", words=words) if totals.coming else words


def _line(own: Workspace, one: OfficeGrant) -> OfficeLine:
    over = not own.readable_until(one.scope)
    copy = None if over else _copy(own, one)
    return OfficeLine(
        one.scope,
        one.name,
        until=one.until,
        over=over,
        fetched_at=one.fetched_at or "",
        totals=_totals(copy) if copy is not None else None,
    )


def _copy(own: Workspace, one: OfficeGrant) -> Database | None:
    if one.key is None or not office_copy.exists(own.db, one.scope):
        return None
    try:
        return office_copy.opened(own.db, one.scope, one.key)
    except StoreDamaged:
        return None  # the next round begins it anew


def _card(one: OfficeGrant) -> OfficeCard:
    return OfficeCard(one.scope, one.name, tuple(one.units.split()), False, one.given_at)


def _totals(db: Database) -> OfficeTotals:
    with db.read() as session:
        counts = people.status_counts(session)
        start = cold_start.underway(session)
        return OfficeTotals(
            people=sum(counts.values()),
            waiting=counts.get("waiting", 0),
            approved=counts.get("approved", 0),
            victims=people_list.count(session, wanted(PeopleFilter(mine_victim=True))),
            coming=start is not None and start.history == 0,
        )
