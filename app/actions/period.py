"""Named periods of reporting: set, the usual ones of a year at once, list."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.actions import kept_rows
from app.errors import Problem, Refused
from app.rules import period as rules
from app.values.period import PeriodCard, PeriodDraft
from app.workspace import Workspace
from data import fields as dictionary
from data import period_kinds
from data.records import period as records
from data.records.period import Period
from data.records.target import fitting

REQUIRED = ("code", "name", "starts_on", "ends_on")
DAYS = ("starts_on", "ends_on", "cutoff_on", "due_on")


def save(ws: Workspace, draft: PeriodDraft) -> str:
    """Set a period by its code, new or known; answers its id.

    Without a cut-off the figures are those of its last day. Raises Refused: period_unknown,
    period_twice, period_used (a code that targets name), days_reversed, day_needed, and what the
    fields refuse.
    """
    ws.demand("approve")
    with ws.db.write(ws.author()) as session:
        return _save(ws, session, draft)


def begin_year(ws: Workspace, year: int) -> tuple[str, ...]:
    """Set the usual periods of a year (month, quarter, half, nine months, year) that are not there
    yet; answers their codes. Those an office changed stay as they are."""
    ws.demand("approve")
    made = []
    with ws.db.write(ws.author()) as session:
        for draft in usual(year):
            code = str(draft.fields["code"])
            if records.of_code(session, code) is None:
                _save(ws, session, draft)
                made.append(code)
    return tuple(made)


def usual(year: int) -> Iterator[PeriodDraft]:
    """The usual periods that end in a year, as the table of kinds has them for their last day."""
    for kind in period_kinds.all_kinds():
        for place, month in enumerate(kind.ends_in, 1):
            first, last = rules.days_of(year, month, kind.months, kind.first_day, kind.last_day)
            if not kind.valid_from <= last.isoformat() <= kind.valid_to:
                continue
            named = {"number": place, "year": year}
            yield PeriodDraft(
                {
                    "code": kind.code.format(**named),
                    "name": kind.vi.format(**named),
                    "starts_on": first.isoformat(),
                    "ends_on": last.isoformat(),
                    "cutoff_on": last.isoformat(),
                    "due_on": rules.due(last, kind.due_days).isoformat(),
                }
            )


def remove(ws: Workspace, period_id: str, reason: str) -> None:
    """Take a period off that no target names. Raises Refused (period_used)."""
    ws.demand("approve")
    with ws.db.read() as session:
        row = kept_rows.found(session, Period, period_id, "period_unknown")
        _refuse_used(session, row)
    kept_rows.withdraw(ws, Period, period_id, reason, "period_unknown")


def listing(ws: Workspace) -> tuple[PeriodCard, ...]:
    """All periods, the newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        return tuple(card(ws, row) for row in records.all_of(session))


def of_code(ws: Workspace, code: str) -> PeriodCard:
    """The period of a code. Raises Refused (`period_unknown`), which names those there are."""
    ws.demand("view")
    with ws.db.read() as session:
        return card(ws, found(session, code))


def found(session: Session, code: str) -> Period:
    """The row of a period by its code. Raises Refused (`period_unknown`)."""
    row = records.of_code(session, code)
    if row is None:
        known = ", ".join(one.code or "" for one in records.all_of(session)[:20])
        raise Refused.one("period_unknown", "period", code, known=known or "-")
    return row


def card(ws: Workspace, row: Period) -> PeriodCard:
    """A period as a frozen value."""
    told = kept_rows.shown(ws, "period", row)
    return PeriodCard(row.id, told, row.updated_by, row.updated_at)


def _save(ws: Workspace, session: Session, draft: PeriodDraft) -> str:
    known = draft.fields.get("code")
    row = kept_rows.found(session, Period, draft.id, "period_unknown") if draft.id else None
    if row is None and isinstance(known, str):
        row = records.of_code(session, known.strip())
    values = kept_rows.checked(ws, "period", draft.fields, row, REQUIRED)
    code = str(values.get("code", row.code if row else ""))
    other = records.of_code(session, code)
    if other is not None and row is not None and other.id != row.id:
        raise Refused.one("period_twice", "code", code, name=other.name)
    if row is not None and code != row.code:
        _refuse_used(session, row)
    _whole_days(values)
    if not values.get("cutoff_on") and (row is None or "cutoff_on" in values):
        values["cutoff_on"] = values.get("ends_on", row.ends_on if row else None)
    for first, last in (("starts_on", "ends_on"), ("starts_on", "cutoff_on")):
        kept_rows.refuse_reversed("period", values, row, first, last)
    kept_rows.refuse_reversed("period", values, row, "cutoff_on", "due_on")
    made = row or _new(ws, session, code)
    made.deleted_at = made.deleted_reason = None
    kept_rows.put(session, made, values)
    return made.id


def _new(ws: Workspace, session: Session, code: str) -> Period:
    """A new row, or the one of this code that was taken off before."""
    key = records.id_of(ws.office.id, code)
    return session.get(Period, key) or Period(id=key, office_id=ws.office.id)


def _whole_days(values: dict[str, object]) -> None:
    """Raise Refused where a day of a period is a month or a year only: nothing can be counted."""
    short = [one for one in DAYS if values.get(one) and len(str(values[one])) != len("2020-01-01")]
    if short:
        raise Refused(
            [
                Problem.of("day_needed", one, values[one], label=dictionary.get("period", one).vi)
                for one in short
            ]
        )


def _refuse_used(session: Session, row: Period) -> None:
    count = len(fitting(session, row.code or ""))
    if count:
        raise Refused.one("period_used", "code", row.code, count=count)
