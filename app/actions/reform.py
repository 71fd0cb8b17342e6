"""The reform of 2025: the change list of an office, its answers, and moving the persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from app.actions import access, cold_start, reform_plan
from app.actions.person_cards import cards_by_id
from app.actions.reform_plan import Reading
from app.errors import Refused
from app.rules import reform as rules
from app.values.person import PersonCard
from app.values.reform import ReformDone, ReformPlan
from app.wording import translate
from app.workspace import Workspace
from data import text, units
from data.base import instant_text
from data.records import reform as records
from data.records.reform import ReformAnswer

SLICE_ROWS = 500


def plan(ws: Workspace) -> ReformPlan:
    """The change list commune by commune, with the totals before and after."""
    ws.demand("view")
    with ws.db.read() as session:
        return reform_plan.made(session, reform_plan.read(session), ws.office.units)


def answer(ws: Workspace, old: str, new: str, hamlet: str = "", reason: str = "") -> None:
    """Say where an old commune, or one of its hamlets, went; the office's other PCs learn it.

    Nobody moves before `apply`. Raises Refused: unknown_unit, reform_old_unit, reform_new_unit,
    reform_reason (a unit that the tables do not name needs one).
    """
    ws.demand("settings")
    why, hamlet = text.tidy(reason), text.tidy(hamlet)
    for key in (old, new):
        if not units.has(key):
            raise Refused.one("unknown_unit", "unit", key, label=translate("Đơn vị"))
    code = rules.refusal((_level(old), _level(new)), new, units.current(old).candidates, why)
    if code is not None:
        raise Refused.one(code, "reason" if code == "reform_reason" else "unit", new)
    with ws.db.write(ws.author()) as session:
        key = records.answer_id(ws.office.id, old, hamlet)
        said = session.get(ReformAnswer, key)
        if said is None:
            said = ReformAnswer(id=key, office_id=ws.office.id, old=old, hamlet=hamlet)
            session.add(said)
        said.new, said.reason = new, why or None
        said.deleted_at = None


def withdraw(ws: Workspace, old: str, hamlet: str = "") -> None:
    """Take an answer back; who was moved by it stays until the next `apply` or `undo`."""
    ws.demand("settings")
    with ws.db.write(ws.author()) as session:
        said = session.get(ReformAnswer, records.answer_id(ws.office.id, old, hamlet))
        if said is None or said.deleted_at:
            raise Refused.one("reform_no_answer", "unit", old)
        said.deleted_at = instant_text(ws.clock())


def apply(ws: Workspace) -> ReformDone:
    """Move everybody whose present unit is known; commune and address as written stay.

    All in one transaction, and nothing at all when the totals do not agree (`reform_totals`).
    Who has an unanswered question is left without a present unit and answered in `open`.
    """
    ws.demand("settings")
    with ws.db.write(ws.author("reform")) as session:
        cold_start.demand_rows(session)
        reading = reform_plan.read(session)
        found = reform_plan.made(session, reading, ws.office.units)
        if not found.totals.agree:
            raise Refused.one("reform_totals", "", str(found.totals.before))
        moved = 0
        for target, group in reform_plan.to_move(reading):
            for person in records.persons(session, group):
                person.placed, person.current_commune = target.placed, target.new
                moved += 1
        session.flush()
        _recount(found, records.by_present(session, [part.old for part in found.parts]))
        cards = _unanswered(session, reading)
        placed = records.count_placed(session)
    access.looked(ws, [card.id for card in cards], "list")
    return ReformDone(moved, replace(found.totals, waiting=0, placed=placed), cards)


def undo(ws: Workspace, old: str = "") -> int:
    """Take back what answers moved, of one old commune or all; the answers stay.

    Answers how many persons are again where the tables alone put them.
    """
    ws.demand("settings")
    with ws.db.write(ws.author("reform")) as session:
        moved = records.placed(session, old)
        for person in moved:
            person.placed = None
        return len(moved)


def open_persons(ws: Workspace) -> tuple[PersonCard, ...]:
    """Everybody whose present unit waits for an answer; the look is logged."""
    ws.demand("view")
    with ws.db.read() as session:
        cards = _unanswered(session, reform_plan.read(session))
    access.looked(ws, [card.id for card in cards], "list")
    return cards


def _unanswered(session: Session, reading: Reading) -> tuple[PersonCard, ...]:
    ids = records.ids(session, [group[:2] for group in reform_plan.unanswered(reading)])
    cards: dict[str, PersonCard] = {}
    for start in range(0, len(ids), SLICE_ROWS):
        cards |= cards_by_id(session, ids[start : start + SLICE_ROWS])
    return tuple(cards[one] for one in ids)


def _level(key: str) -> str:
    """System and level; an island district that has no communes counts as one."""
    unit = units.get(key)
    lowest = units.communes_of(key) == (unit,)
    return f"{unit.system} {'commune' if lowest else unit.level}"


def _recount(found: ReformPlan, present: Mapping[str | None, int]) -> None:
    """What stands in the records now must be what the list promised."""
    kept = {key: number for key, number in present.items() if key is not None}
    if kept != found.after or present.get(None, 0) != found.totals.open:
        raise Refused.one("reform_totals", "", str(found.totals.before))
