"""The registers of the office as they stood at the end of a day, row by row.

The same tables that reports count (`then.rows`), so that a register and a report of one day agree.
Only coded values, days, numbers and names of things: notes in open words stay out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, func, literal, null, select

from data.counting import then
from data.counting.people import STANDING, Moment, listed, owned, persons, stands
from data.counting.then import Source

WHO = ("name", "sort_key", "birth", "sex", "id_number")
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Register:
    """A register: the records it lists, their columns, and the one that says how each stands."""

    entity: str
    columns: tuple[str, ...]
    state: str = ""
    of_persons: bool = True


PERSONS = "persons"
REGISTERS: Mapping[str, Register] = {
    PERSONS: Register(
        "person", ("types", "degree", "mine_victim", "life_state", "status"), "status"
    ),
    "certificates": Register(
        "certificate",
        (
            *("certificate_number", "serial", "holder_name", "types", "degree", "issued_on"),
            *("issued_by", "signer", "basis", "ended_on", "certificate_state"),
        ),
        "certificate_state",
    ),
    "blanks": Register(
        "blank",
        ("serial", "received_on", "received_from", "blank_on", "blank_reason", "blank_state"),
        "blank_state",
        of_persons=False,
    ),
    "applications": Register(
        "application",
        (
            *("receipt_number", "application_kind", "application_reason", "received_on"),
            *("due_on", "concluded_on", "ended_on", "file_step"),
        ),
        "file_step",
    ),
    "cases": Register(
        "care_case",
        ("case_number", "worker", "opened_on", "emergency", "closed_on", "case_status"),
        "case_status",
    ),
    "needs": Register(
        "need",
        ("need_group", "item", "priority", "declared_on", "review_on", "need_status"),
        "need_status",
    ),
    "referrals": Register(
        "referral",
        ("letter_number", "referred_to", "sent_on", "answer_due_on", "answered_on")
        + ("served_on", "referral_status"),
        "referral_status",
    ),
    "supports": Register(
        "support",
        ("support_kind", "support_what", "support_on", "support_quantity", "donor")
        + ("support_value", "support_status"),
        "support_status",
    ),
    "devices": Register(
        "assistive_device", ("aid_kind", "serial", "fitted_on", "donor", "aid_status"), "aid_status"
    ),
    "entitlements": Register(
        "entitlement",
        ("firm", "benefit", "entitled_from", "entitled_until", "entitlement_status"),
        "entitlement_status",
    ),
    "consents": Register(
        "consent",
        ("consent_purpose", "consent_basis", "consented_on", "consent_until", "withdrawn_on"),
        "consent_basis",
    ),
    "sharings": Register(
        "sharing", ("sharing_purpose", "recipient", "told_on", "sharing_state"), "sharing_state"
    ),
    "accidents": Register(
        "accident",
        ("accident_on", "accident_commune", "accident_kind", "device", "killed", "injured"),
        "accident_kind",
        of_persons=False,
    ),
    "victims": Register("victim", ("number", "age_then", "activity", "consequence"), "consequence"),
    "hazards": Register(
        "hazard",
        ("reported_on", "hazard_commune", "hazard_device", "hazard_count", "hazard_state"),
        "hazard_state",
        of_persons=False,
    ),
}
"""By the name an inspector asks for."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a register: its id, whose it is ("" for nobody registered), who that was, where he
    lived, and the values by column."""

    id: str
    person_id: str
    who: Mapping[str, Any]
    values: Mapping[str, Any]


def lines(
    source: Source, name: str, moment: Moment, start: int = 0, limit: int = 0
) -> Iterator[Line]:
    """The rows of a register, persons by given name; all of them without a limit."""
    query, wanted = _asked(source, name, moment)
    if limit and name == PERSONS:
        query, wanted = _some(source, moment, (start, limit))
    elif limit:
        query = query.offset(start).limit(limit)
    found = source.connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query)
    for row in found:
        told = row._mapping
        who = {one: told[f"who_{one}"] for one in (*WHO, "commune", "hamlet")}
        yield Line(told["row"], told["who"] or "", who, {one: told[one] for one in wanted})


def tally(source: Source, name: str, moment: Moment) -> Sequence[tuple[str, int]]:
    """How many rows stand in each state, the state "" for those that have none."""
    column = REGISTERS[name].state
    query, _wanted = _asked(source, name, moment, ((), (column,)))
    rows = query.order_by(None).subquery()
    state = func.coalesce(rows.c[column], "")
    found = select(state, func.count()).group_by(state).order_by(state)
    return [(str(code), int(count)) for code, count in source.connection.execute(found)]


def standing(source: Source, moment: Moment) -> int:
    """How many persons of the register are approved and neither dead nor gone, as reports count."""
    rows = persons(source, moment, STANDING)
    query = select(func.count()).select_from(rows).where(listed(rows), stands(rows))
    return int(source.connection.execute(query).scalar() or 0)


Columns = tuple[tuple[str, ...], tuple[str, ...]]
"""What is asked of the persons and of the records of a register: what nobody asks is not undone."""


def _some(
    source: Source, moment: Moment, page: tuple[int, int]
) -> tuple[Select[Any], tuple[str, ...]]:
    """Some rows of the persons' register: first who they are, then of them alone how they stood."""
    start, limit = page
    query, _none = _asked(source, PERSONS, moment, (("sort_key",), ()))
    ids = [row.row for row in source.connection.execute(query.offset(start).limit(limit))]
    own = source.tables["person"].c.id
    alone = replace(source, among=select(own).where(own.in_(ids)))
    query, wanted = _asked(alone, PERSONS, moment)
    return query.where(query.selected_columns["row"].in_(ids)), wanted


def _asked(
    source: Source, name: str, moment: Moment, columns: Columns | None = None
) -> tuple[Select[Any], tuple[str, ...]]:
    """The rows of a register in their order and the columns of its records that are told."""
    register = REGISTERS[name]
    whose, own = columns or (WHO, register.columns)
    if name == PERSONS:
        rows = persons(source, moment, (*whose, *own))
        found = _query(rows, rows, (whose, own)).where(listed(rows))
    elif register.of_persons:
        rows = then.rows(source, register.entity, ("person_id", *own), moment.closing)
        who = persons(source, moment, whose)
        found = _query(rows, who, (whose, own))
        found = found.select_from(owned(source, moment, rows, who))
        found = found.where(rows.c.deleted_at.is_(None), _not_removed(rows, who))
    else:
        rows = then.rows(source, register.entity, own, moment.closing)
        found = _query(rows, None, (whose, own)).where(rows.c.deleted_at.is_(None))
    return found, own


def _not_removed(rows: FromClause, who: FromClause) -> ColumnElement[bool]:
    """What belongs to a person who is on the lists, or to somebody who is not registered."""
    return rows.c.person_id.is_(None) | listed(who) & who.c.id.is_not(None)


def _query(rows: FromClause, who: FromClause | None, columns: Columns) -> Select[Any]:
    whose, own = columns
    told = (*whose, "commune", "hamlet")
    named = [(who.c[one] if who is not None else literal("")).label(f"who_{one}") for one in told]
    order: list[ColumnElement[Any]] = [rows.c.id]
    if who is not None and whose:
        order.insert(0, func.coalesce(who.c.sort_key, "\uffff"))
    elif own:
        order.insert(0, func.coalesce(rows.c[own[0]], ""))
    of = who.c.id if who is not None else null()
    asked = select(rows.c.id.label("row"), of.label("who"), *named, *(rows.c[one] for one in own))
    return asked.order_by(*order)
