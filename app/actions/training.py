"""Training rounds, their classes, workshops, and who took part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy.orm import Session

from app.actions import kept_rows
from app.errors import Refused
from app.values.training import (
    ClassCard,
    DelegateCard,
    DelegateDraft,
    Held,
    RoundCard,
    Seats,
    TrainingDraft,
)
from app.workspace import Workspace
from data.records import training as records
from data.records.training import Delegate, TrainingClass, TrainingRound, Workshop
from data.text import fold

DELEGATES_AT_ONCE = 500
CLASS_NEEDS = ("name", "starts_on", "days")
Row = TypeVar("Row", TrainingRound, TrainingClass, Workshop)
SEAT_NEEDS = ("full_name", "sex", "level")


def save_round(ws: Workspace, draft: TrainingDraft) -> str:
    """Enter a training round or correct it; answers its id. Raises Refused."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = _known(session, TrainingRound, draft.id)
        values = kept_rows.checked(ws, "training_round", draft.fields, row, ("name",))
        made = row or TrainingRound(office_id=ws.office.id)
        kept_rows.put(session, made, values)
        return made.id


def save_class(ws: Workspace, draft: TrainingDraft) -> str:
    """Enter a class of a round or correct it; answers its id. Raises Refused."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = _known(session, TrainingClass, draft.id)
        values = kept_rows.checked(ws, "training_class", draft.fields, row, CLASS_NEEDS)
        if row is None:
            its = kept_rows.found(session, TrainingRound, draft.round_id, "training_unknown")
            row = TrainingClass(office_id=ws.office.id, round_id=its.id)
        kept_rows.put(session, row, values)
        return row.id


def save_in_round(ws: Workspace, draft: TrainingDraft, round_name: str) -> str:
    """Enter a class of the round of that name, which is begun when nobody has entered it yet;
    without a name a workshop. Answers the id of the class or workshop. Raises Refused."""
    if not round_name.strip():
        return save_workshop(ws, draft)
    named = [one.id for one in held(ws).rounds if fold(one.name) == fold(round_name)]
    round_id = named[0] if named else save_round(ws, TrainingDraft({"name": round_name}))
    return save_class(ws, TrainingDraft(draft.fields, round_id=round_id))


def save_workshop(ws: Workspace, draft: TrainingDraft) -> str:
    """Enter a workshop or correct it; answers its id. Raises Refused."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = _known(session, Workshop, draft.id)
        values = kept_rows.checked(ws, "workshop", draft.fields, row, CLASS_NEEDS)
        made = row or Workshop(office_id=ws.office.id)
        kept_rows.put(session, made, values)
        return made.id


def save_delegate(ws: Workspace, draft: DelegateDraft) -> str:
    """Seat somebody in a class or workshop, or correct a seat; answers its id.

    Raises Refused: training_unknown, delegate_unknown, delegate_twice, and what the fields refuse.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        return _seat(ws, session, draft)


def add_delegates(
    ws: Workspace, event_id: str, many: Sequence[Mapping[str, object]]
) -> list[str | Refused]:
    """Seat many in a class or workshop, in transactions of 500; each is refused alone."""
    ws.demand("enter")
    answers: list[str | Refused] = []
    for start in range(0, len(many), DELEGATES_AT_ONCE):
        with ws.db.write(ws.author()) as session:
            _event(session, event_id)
            taken = {
                records.who(one) for one in records.delegates(session, [event_id]).get(event_id, [])
            }
            for typed in many[start : start + DELEGATES_AT_ONCE]:
                try:
                    row = _checked_seat(ws, DelegateDraft(event_id, typed), None, taken)
                except Refused as refused:
                    answers.append(refused)
                    continue
                taken.add(records.who(row))
                session.add(row)
                session.flush()
                answers.append(row.id)
    return answers


def remove_round(ws: Workspace, round_id: str, reason: str) -> None:
    """Take a round entered by mistake off, with no class in it. Raises Refused
    (`training_not_empty`)."""
    ws.demand("enter")
    with ws.db.read() as session:
        _refuse_full(len(records.classes(session, [round_id])), round_id)
    kept_rows.withdraw(ws, TrainingRound, round_id, reason, "training_unknown")


def remove_event(ws: Workspace, event_id: str, reason: str) -> None:
    """Take a class or workshop entered by mistake off, with nobody in it. Raises Refused."""
    ws.demand("enter")
    with ws.db.read() as session:
        kind = type(_event(session, event_id))
        _refuse_full(len(records.delegates(session, [event_id]).get(event_id, [])), event_id)
    kept_rows.withdraw(ws, kind, event_id, reason, "training_unknown")


def remove_delegate(ws: Workspace, delegate_id: str, reason: str) -> None:
    """Take somebody who did not come off a class or workshop. Raises Refused."""
    kept_rows.withdraw(ws, Delegate, delegate_id, reason, "delegate_unknown")


def held(ws: Workspace) -> Held:
    """All rounds with their classes, all workshops, each with its seats and persons."""
    ws.demand("view")
    with ws.db.read() as session:
        rounds = records.rounds(session)
        classes = records.classes(session, [one.id for one in rounds])
        workshops = records.workshops(session)
        events = [*(one.id for one in classes), *(one.id for one in workshops)]
        seats = records.delegates(session, events)
        cards = tuple(_round_card(ws, one, classes, seats) for one in rounds)
        met = tuple(_class_card(ws, one, seats.get(one.id, [])) for one in workshops)
        return Held(cards, met, _all_seats(classes, seats), _all_seats(workshops, seats))


def event(ws: Workspace, event_id: str) -> tuple[ClassCard, tuple[DelegateCard, ...]]:
    """A class or workshop with who sat there, in the order of entry. Raises Refused."""
    ws.demand("view")
    with ws.db.read() as session:
        row = _event(session, event_id)
        same = [event_id]
        if isinstance(row, TrainingClass):  # how often each sat, over the whole of training
            rounds = [one.id for one in records.rounds(session)]
            same = [one.id for one in records.classes(session, rounds)]
        seats = records.delegates(session, same)
        times: dict[tuple[str, ...], int] = {}
        for one in (each for some in seats.values() for each in some):
            times[records.who(one)] = times.get(records.who(one), 0) + 1
        mine = seats.get(event_id, [])
        lines = tuple(_seat_card(ws, one, times[records.who(one)]) for one in mine)
        return _class_card(ws, row, mine), lines


def _known(session: Session, kind: type[Row], row_id: str | None) -> Row | None:
    return kept_rows.found(session, kind, row_id, "training_unknown") if row_id else None


def _event(session: Session, event_id: str) -> TrainingClass | Workshop:
    one = session.get(TrainingClass, event_id) or session.get(Workshop, event_id)
    if one is None or one.deleted_at:
        raise Refused.one("training_unknown", "id", event_id)
    return one


def _refuse_full(count: int, row_id: str) -> None:
    if count:
        raise Refused.one("training_not_empty", "id", row_id, count=count)


def _seat(ws: Workspace, session: Session, draft: DelegateDraft) -> str:
    row = None
    if draft.id:
        row = kept_rows.found(session, Delegate, draft.id, "delegate_unknown")
    event_id = row.event_id if row is not None else draft.event_id
    _event(session, event_id)
    others = records.delegates(session, [event_id]).get(event_id, [])
    taken = {records.who(one) for one in others if one.id != draft.id}
    made = _checked_seat(ws, DelegateDraft(event_id, draft.fields), row, taken)
    session.add(made)
    session.flush()
    return made.id


def _checked_seat(
    ws: Workspace, draft: DelegateDraft, row: Delegate | None, taken: Iterable[tuple[str, ...]]
) -> Delegate:
    """The seat as it will be. Raises Refused (`delegate_twice`) when the same one sits there."""
    values = kept_rows.checked(ws, "delegate", draft.fields, row, SEAT_NEEDS)
    whole = {one: getattr(row, one, None) for one in ("full_name", *SEAT_NEEDS)} | values
    told = Delegate(**whole)
    for name in ("unit", "organisation"):
        setattr(told, name, values.get(name, getattr(row, name, None)))
    if records.who(told) in taken:
        raise Refused.one("delegate_twice", "full_name", told.full_name)
    made = row or Delegate(office_id=ws.office.id, event_id=draft.event_id)
    for name, value in values.items():
        setattr(made, name, value)
    return made


def _seats(rows: Sequence[Delegate], days: int = 0) -> Seats:
    found = records.taken(rows)
    sex = found.by_sex
    return Seats(
        found.seats,
        found.persons,
        sex.get("male", 0),
        sex.get("female", 0),
        found.by_level,
        days,
    )


def _all_seats(
    events: Sequence[TrainingClass] | Sequence[Workshop], seats: Mapping[str, list[Delegate]]
) -> Seats:
    rows = [seat for one in events for seat in seats.get(one.id, [])]
    return _seats(rows, sum((one.days or 0) * len(seats.get(one.id, [])) for one in events))


def _round_card(
    ws: Workspace,
    row: TrainingRound,
    classes: Sequence[TrainingClass],
    seats: Mapping[str, list[Delegate]],
) -> RoundCard:
    mine = [one for one in classes if one.round_id == row.id]
    cards = tuple(_class_card(ws, one, seats.get(one.id, [])) for one in mine)
    told = kept_rows.shown(ws, "training_round", row)
    whole = _all_seats(mine, seats)
    return RoundCard(row.id, told, cards, whole, row.updated_by, row.updated_at)


def _class_card(
    ws: Workspace, row: TrainingClass | Workshop, seats: Sequence[Delegate]
) -> ClassCard:
    kind = "training_class" if isinstance(row, TrainingClass) else "workshop"
    return ClassCard(
        row.id,
        kind,
        row.round_id if isinstance(row, TrainingClass) else "",
        kept_rows.shown(ws, kind, row),
        _seats(seats, (row.days or 0) * len(seats)),
        row.updated_by,
        row.updated_at,
    )


def _seat_card(ws: Workspace, row: Delegate, events: int) -> DelegateCard:
    told = kept_rows.shown(ws, "delegate", row)
    return DelegateCard(row.id, row.event_id, told, events, row.updated_by, row.updated_at)
