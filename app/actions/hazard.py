"""Reports of something that may explode: take one down, pass it on, write what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.actions import field_values, kept_rows, place_then, settings
from app.errors import Problem, Refused
from app.rules import accident as rules
from app.values.hazard import HazardCard, HazardsPage
from app.wording import translate
from app.workspace import Workspace
from data import fields
from data.base import instant_text
from data.records import hazard as records
from data.records.hazard import CLEARED, NOT_FOUND, PASSED_ON, REPORTED, Hazard

STEPS = {
    "pass_on": (PASSED_ON, (REPORTED, PASSED_ON)),
    "clear": (CLEARED, records.OPEN),
    "not_found": (NOT_FOUND, records.OPEN),
}
"""Step -> (to which state, from which ones)."""
OF_STEPS = frozenset({"hazard_state", "passed_on", "passed_to", "cleared_on", "cleared_by"})
PLACES = ("hazard_place", "hazard_coordinates", "hazard_hamlet")


def save(ws: Workspace, typed: Mapping[str, object], hazard_id: str | None = None) -> str:
    """Take a report down, or correct one; answers its id. What is needed is to find the place.

    Raises Refused: hazard_unknown, hazard_place_needed, hazard_state_apart, unit_not_then, or a
    problem for each value that cannot be taken.
    """
    ws.demand("enter")
    today = ws.today().isoformat()
    cleaned = field_values.clean(
        ws, "hazard", place_then.placed(ws, typed, "hazard_commune", today)
    )
    problems = list(cleaned.problems)
    problems += [Problem.of("hazard_state_apart", name) for name in OF_STEPS & typed.keys()]
    with ws.db.write(ws.author()) as session:
        row = _found(session, hazard_id) if hazard_id else None
        told = {
            name: cleaned.values.get(name, getattr(row, name, None))
            for name in ("hazard_commune", *PLACES)
        }
        if not told["hazard_commune"] or not any(told[name] for name in PLACES):
            problems.append(Problem.of("hazard_place_needed", "hazard_place"))
        if problems:
            raise Refused(problems)
        for later in ("passed_on", "cleared_on"):
            kept_rows.refuse_reversed("hazard", cleaned.values, row, "reported_on", later)
        _name_now(ws, cleaned.values, row)
        if row is None:
            row = Hazard(office_id=ws.office.id)
            row.hazard_state, row.reported_on = REPORTED, today
            session.add(row)
        for name, value in cleaned.values.items():
            setattr(row, name, value)
        session.flush()
        return row.id


def _name_now(ws: Workspace, values: dict[str, object], row: Hazard | None) -> None:
    """Who clears looks for the commune as it is called when the report came in: the dissolved one
    is named anew where that is certain. Raises Refused (`unit_not_then`)."""
    if not {"hazard_commune", "reported_on"} & values.keys():
        return
    day, key = (
        str(values.get(name, getattr(row, name, None)) or "")
        for name in ("reported_on", "hazard_commune")
    )
    day = day or ws.today().isoformat()
    key = place_then.certain(key, day)
    place_then.refuse_other_times("hazard", "hazard_commune", key, day)
    values["hazard_commune"] = key


def step(ws: Workspace, hazard_id: str, name: str, whom: str, on: str = "") -> None:
    """Pass a report on to who clears, or write that it was cleared or nothing was found.

    `whom` is who was told, or who cleared. Raises Refused: hazard_unknown, hazard_not_now,
    hazard_to_whom, days_reversed, date problems.
    """
    ws.demand("enter")
    state, sources = STEPS[name]
    day, who = ("passed_on", "passed_to") if name == "pass_on" else ("cleared_on", "cleared_by")
    cleaned = field_values.clean(ws, "hazard", {day: on or ws.today().isoformat(), who: whom})
    if cleaned.problems:
        raise Refused(cleaned.problems)
    if not cleaned.values[who]:
        raise Refused.one("hazard_to_whom", who)
    with ws.db.write(ws.author()) as session:
        row = _found(session, hazard_id)
        if row.hazard_state not in sources:
            raise Refused.one("hazard_not_now", "id", hazard_id)
        kept_rows.refuse_reversed("hazard", cleaned.values, row, "reported_on", day)
        row.hazard_state = state
        for field, value in cleaned.values.items():
            setattr(row, field, value)


def remove(ws: Workspace, hazard_id: str, reason: str) -> None:
    """Take off a report that was written by mistake, with a reason."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = _found(session, hazard_id)
        row.deleted_at, row.deleted_reason = instant_text(ws.clock()), why


def listing(
    ws: Workspace,
    states: tuple[str, ...] = (),
    after: tuple[str, str] | None = None,
    limit: int = 100,
) -> HazardsPage:
    """The next reports of some states (all when none are named), latest first."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.page(session, states, after, limit)
        total = records.count(session, states)
    last = rows[-1] if len(rows) == limit else None
    cards = tuple(_card(ws, row) for row in rows)
    return HazardsPage(cards, (last.reported_on or "", last.id) if last else None, total)


def card(ws: Workspace, hazard_id: str) -> HazardCard:
    """One report. Raises Refused (`hazard_unknown`)."""
    ws.demand("view")
    with ws.db.read() as session:
        return _card(ws, _found(session, hazard_id))


def number(hazard_id: str) -> str:
    """What a report is called on papers and on the telephone: the last letters of its identity."""
    letters = rules.report_id(hazard_id)[-8:]
    return f"{letters[:4]}-{letters[4:]}"


def guidance() -> str:
    """What everybody is told who has seen such a thing."""
    return translate(
        "Không chạm, không di dời, không đốt, không ném vật gì vào. Đứng xa, đánh dấu từ xa bằng "
        "vật dễ thấy, giữ người và gia súc tránh xa, chỉ chụp ảnh từ xa, rồi báo ngay."
    )


def hotline(ws: Workspace) -> str:
    """Where to call: the number the office has set, or that none is set yet. None is invented."""
    number = settings.current(ws).hotline
    if number:
        return translate("Báo ngay: {number}.", number=number)
    return translate("Đơn vị chưa đặt số đường dây nóng (Quản trị, Tiêu đề văn bản).")


def _card(ws: Workspace, row: Hazard) -> HazardCard:
    values = {
        one.name: field_values.named(
            ws, "hazard", one.name, field_values.shown(one, getattr(row, one.name))
        )
        for one in fields.of("hazard")
    }
    state = row.hazard_state or REPORTED
    moves = tuple(name for name, (_, sources) in STEPS.items() if state in sources)
    may = ws.can("enter")
    return HazardCard(row.id, state, values, moves if may else (), row.updated_by, row.updated_at)


def _found(session: Session, hazard_id: str | None) -> Hazard:
    row = session.get(Hazard, hazard_id)
    if row is None or row.deleted_at:
        raise Refused.one("hazard_unknown", "id", hazard_id)
    return row
