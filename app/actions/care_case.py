"""Cases: open, correct, submit, approve, return, close, reopen, list and show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.actions import (
    access,
    case_cards,
    case_note,
    cold_start,
    field_values,
    person,
    worker,
)
from app.errors import Problem, Refused
from app.rules import care_case as rules
from app.values.care_case import (
    CaseCard,
    CaseDraft,
    CaseEdit,
    CasePage,
    CasesFilter,
    CasesPage,
    ClosingDraft,
    NoteDraft,
)
from app.workspace import Workspace
from data import codes, history, text
from data.base import new_id
from data.records import care_case as records
from data.records.care_case import CareCase, Wanted
from data.records.person import Person

SLICE_ROWS_MAX = 500


def open(ws: Workspace, person_id: str, draft: CaseDraft) -> str:  # noqa: A001 - the field's verb
    """Open a case for a person (TT 02/2020 Đ.3) and answer its id.

    Raises Refused: person_unknown, case_already_open, required (reason), date_in_future,
    case_number_taken, or a problem for each value that cannot be taken.
    """
    answer = open_many(ws, [(person_id, draft)])[0]
    if isinstance(answer, Refused):
        raise answer
    return answer


def open_many(ws: Workspace, drafts: Sequence[tuple[str, CaseDraft]]) -> list[str | Refused]:
    """Open cases of several persons (at most 500) in one transaction.

    One that cannot be opened gives Refused in its place and does not hinder the others.
    """
    ws.demand("enter")
    answers: list[str | Refused] = []
    with ws.db.write(ws.author()) as session:
        for person_id, draft in drafts[:SLICE_ROWS_MAX]:
            try:
                answers.append(open_within(ws, session, person_id, draft))
            except Refused as refused:
                answers.append(refused)
    return answers


def edit(ws: Workspace, case_id: str, changes: CaseEdit) -> None:
    """Correct reason, worker, day or number of a case that has not ended.

    An approved plan goes back to be approved again when its reason changes (Đ.7 k.3).
    """
    ws.demand("enter")
    typed = {
        "open_reason": changes.reason,
        "worker": changes.worker,
        "opened_on": changes.opened_on,
        "case_number": changes.case_number,
    }
    wanted = {name: value for name, value in typed.items() if value is not None}
    with ws.db.write(ws.author()) as session:
        case = found(session, case_id)
        if case.case_status in rules.ENDED:
            raise Refused.one("case_ended", "id", case_id)
        values = _checked(ws, session, wanted, case)
        reworded = "open_reason" in values and values["open_reason"] != case.open_reason
        for name, value in values.items():
            setattr(case, name, value)
        if reworded and case.case_status == rules.APPROVED:
            case.case_status = rules.WAITING


def submit(ws: Workspace, case_id: str) -> None:
    """Lay the case before who approves. Raises Refused (`case_submit_not_now`)."""
    _move(ws, case_id, "submit")


def approve(ws: Workspace, case_id: str) -> None:
    """Approve the case; never by who wrote or last changed it (`own_case`)."""
    _move(ws, case_id, "approve")


def return_(ws: Workspace, case_id: str, reason: str) -> None:
    """Give the case back to who wrote it, with a reason."""
    _move(ws, case_id, "return", reason)


def close(ws: Workspace, case_id: str, draft: ClosingDraft) -> None:
    """End the case with one of the twelve reasons of TT 02/2020 Đ.8 k.3a, on a day.

    Reason 12 ("other") needs a note. Raises Refused with the problems.
    """
    ws.demand("enter")
    typed = {
        "close_reason": draft.reason,
        "close_note": draft.note,
        "closed_on": draft.closed_on or ws.today().isoformat(),
    }
    cleaned = field_values.clean(ws, "care_case", typed)
    problems = list(cleaned.problems)
    if not draft.reason.strip():
        problems.append(Problem.of("case_close_reason_needed", "close_reason"))
    elif cleaned.values.get("close_reason") == "other" and not cleaned.values["close_note"]:
        problems.append(Problem.of("case_close_note_needed", "close_note"))
    if problems:
        raise Refused(problems)
    told = draft.note.strip() or codes.label("close_reason", draft.reason)
    _move(ws, case_id, "close", told, cleaned.values)


def reopen(ws: Workspace, case_id: str, reason: str) -> None:
    """Take up an ended case again, with a reason; it needs approval anew."""
    emptied = {"closed_on": None, "close_reason": None, "close_note": None}
    _move(ws, case_id, "reopen", reason, emptied)


def note(ws: Workspace, case_id: str, draft: NoteDraft) -> str:
    """Write a note, visit or call into a case that has not ended; answers the note's id."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        return case_note.add(ws, session, found(session, case_id), draft)


def page(ws: Workspace, case_id: str) -> CasePage:
    """Everything about one case as this user may read it; the look is logged.

    Raises Refused (`case_unknown`).
    """
    ws.demand("view")
    with ws.db.read() as session:
        case = found(session, case_id)
        who = records.standing(session, session.get_one(Person, case.person_id))
        notes = records.notes(session, case_id)
        told = [one for one in notes if one.note_kind not in records.DECISION_KINDS]
        contacts = [one.noted_on for one in told if one.noted_on]
        answer = CasePage(
            card=case_cards.card(case, who, max(contacts, default=None), worker.names(session)),
            reason=case.open_reason or "",
            origin=case.origin or "",
            close_note=case.close_note or "",
            notes=tuple(case_note.card(ws, one) for one in told),
            decisions=tuple(case_cards.decision(one) for one in notes if one not in told),
            moves=_moves(ws, session, case),
            created_by=case.created_by,
            created_at=case.created_at,
            hands=hands(session, case),
        )
    access.seen(ws, answer.card.person_id, "view", f"case {case_id}")
    return answer


def cases(
    ws: Workspace,
    which: CasesFilter,
    after: tuple[str, str] | None = None,
    limit: int = 100,
    offset: int = 0,
) -> CasesPage:
    """The next cases, newest opening first, and how many there are in all."""
    ws.demand("view")
    with ws.db.read() as session:
        wanted = case_cards.wanted(session, which)
        rows = records.page(session, wanted, after, limit, offset)
        total = records.count(session, wanted)
        names = worker.names(session)
    last = rows[-1][0] if len(rows) == limit else None
    cards = tuple(case_cards.card(*row, names) for row in rows)
    return CasesPage(cards, (last.opened_on or "", last.id) if last else None, total)


def ids(ws: Workspace, status: str) -> tuple[str, ...]:
    """Ids of all cases of a status, oldest opening first."""
    ws.demand("view")
    with ws.db.read() as session:
        return tuple(records.ids(session, Wanted(status=(status,))))


def status(ws: Workspace, case_id: str) -> str:
    """Where a case stands. Raises Refused (`case_unknown`)."""
    ws.demand("view")
    with ws.db.read() as session:
        return found(session, case_id).case_status or rules.OPEN


def of_person(ws: Workspace, person_id: str) -> tuple[CaseCard, ...]:
    """The cases of one person, the latest opened first."""
    return cases(ws, CasesFilter(person_id=person_id)).cards


def counts(ws: Workspace) -> dict[str, int]:
    """Number of cases by status, for the navigation."""
    with ws.db.read() as session:
        return records.status_counts(session)


def found(session: Session, case_id: str) -> CareCase:
    """The case's row; Refused (`case_unknown`) when absent or removed."""
    case = session.get(CareCase, case_id)
    if case is None or case.deleted_at:
        raise Refused.one("case_unknown", "id", case_id)
    return case


def hands(session: Session, case: CareCase) -> frozenset[str]:
    """Logins of who opened the case, and of who changed it since it was last approved."""
    return history.writers_of(session, "care_case", [case.id]).get(case.id, frozenset())


def open_within(
    ws: Workspace, session: Session, person_id: str, draft: CaseDraft, source: str = ""
) -> str:
    """Open a case within somebody's transaction; see `open`."""
    cold_start.demand_rows(session)
    who = person.found(session, person_id)
    if records.live_of(session, person_id) is not None:
        raise Refused.one("case_already_open", "person_id", person_id, name=who.name)
    typed = {
        "open_reason": draft.reason,
        "worker": draft.worker or ws.user.login,
        "opened_on": draft.opened_on or ws.today().isoformat(),
        "origin": draft.origin,
        "case_number": draft.case_number,
    }
    values = _checked(ws, session, typed, None)
    case = CareCase(id=new_id(), office_id=ws.office.id, person_id=person_id, **values)
    case.case_status = rules.OPEN
    if source:
        session.info.setdefault("sources", {})[case.id] = source
    session.add(case)
    session.flush()
    return case.id


def _checked(
    ws: Workspace, session: Session, typed: Mapping[str, object], case: CareCase | None
) -> dict[str, object]:
    """The typed values of a case as columns hold them. Raises Refused with all problems."""
    cleaned = field_values.clean(ws, "care_case", typed)
    values, problems = cleaned.values, list(cleaned.problems)
    if values.get("worker"):
        values["worker"] = worker.login_of(session, str(values["worker"]))
    if "open_reason" in typed and not values.get("open_reason"):
        problems.append(Problem.of("case_reason_needed", "open_reason"))
    opened = values.get("opened_on")
    if "opened_on" in typed and not opened and not problems:
        problems.append(Problem.of("case_day_needed", "opened_on"))
    number = values.get("case_number")
    other = records.with_number(session, str(number)) if number else None
    if other is not None and (case is None or other.id != case.id):
        problems.append(Problem.of("case_number_taken", "case_number", number))
    if problems:
        raise Refused(problems)
    return values


def _move(
    ws: Workspace,
    case_id: str,
    move: str,
    reason: str = "",
    values: Mapping[str, object] | None = None,
) -> None:
    """Make one legal move: the values and status of the case, and the decision beside it."""
    with ws.db.write(ws.author()) as session:
        case = found(session, case_id)
        status = case.case_status or rules.OPEN
        ws.demand(rules.MOVES[move].right)
        cold_start.demand_history(session, "care_case", case_id)
        code = rules.refusal(move, status, reason, ws.user.login, hands(session, case))
        if code is None and move == "close":
            closed_on = str((values or {})["closed_on"])
            code = rules.ending_refusal(case.opened_on or "", closed_on)
        if code is not None:
            raise Refused.one(code, "reason" if code == "reason_needed" else "id", case_id)
        for name, value in (values or {}).items():
            setattr(case, name, value)
        case.case_status = rules.MOVES[move].target
        case_note.decided(ws, session, case, move, text.nfc(reason).strip())


def _moves(ws: Workspace, session: Session, case: CareCase) -> tuple[str, ...]:
    """The moves this user could make now."""
    status = case.case_status or rules.OPEN
    written = hands(session, case)
    return tuple(
        move
        for move in rules.possible(status)
        if ws.can(rules.MOVES[move].right)
        and rules.refusal(move, status, "x", ws.user.login, written) is None
    )
