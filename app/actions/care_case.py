"""Cases: open, correct, move along their life, list and show (TT 02/2020/TT-BLĐTBXH)."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions import (
    access,
    case_cards,
    case_ending,
    case_moves,
    case_note,
    case_opening,
    case_standing,
    worker,
)
from app.actions.case_moves import Step
from app.errors import Refused
from app.rules import care_case as rules
from app.rules import case_steps
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
                answers.append(case_opening.open_within(ws, session, person_id, draft))
            except Refused as refused:
                answers.append(refused)
    return answers


def edit(ws: Workspace, case_id: str, changes: CaseEdit) -> None:
    """Correct reason, worker, day, number, intake or criteria of a case that has not ended.

    An approved plan goes back to be approved again when its reason changes (Đ.7 k.3).
    """
    ws.demand("enter")
    typed: dict[str, object] = {
        "open_reason": changes.reason,
        "worker": changes.worker,
        "opened_on": changes.opened_on,
        "case_number": changes.case_number,
    }
    wanted = {name: value for name, value in typed.items() if value is not None}
    wanted |= case_opening.known(changes.intake)
    with ws.db.write(ws.author()) as session:
        case = case_moves.living(session, case_id)
        values = case_opening.checked(ws, session, wanted, case)
        who = records.standing(session, session.get_one(Person, case.person_id))
        case_opening.refuse_unborn(who, values, case.origin or "")
        reworded = "open_reason" in values and values["open_reason"] != case.open_reason
        for name, value in values.items():
            setattr(case, name, value)
        if reworded and case.case_status == rules.APPROVED:
            case.case_status = rules.WAITING


def steps(ws: Workspace, case_id: str) -> tuple[case_steps.Step, ...]:
    """The five steps of a case with what each lacks; none of a case that nobody knows."""
    ws.demand("view")
    with ws.db.read() as session:
        case = session.get(CareCase, case_id)
        if case is None or case.deleted_at:
            return ()
        return case_steps.steps(case_standing.of(ws, session, case))


def submit(ws: Workspace, case_id: str) -> None:
    """Lay the plan before the head (Đ.6 k.2, Đ.7 k.1).

    Raises Refused: case_submit_not_now, case_lacks_goals, case_lacks_activities.
    """
    _move(ws, case_id, Step("submit"))


def approve(ws: Workspace, case_id: str) -> None:
    """Approve the plan; never by who wrote or last changed case or plan (`own_case`)."""
    _move(ws, case_id, Step("approve"))


def return_(ws: Workspace, case_id: str, reason: str) -> None:
    """Give the plan back to who wrote it, with a reason."""
    _move(ws, case_id, Step("return", reason))


def resume(ws: Workspace, case_id: str, reason: str) -> None:
    """After a review the head keeps the plan as it is, with a reason (Đ.7 k.3)."""
    _move(ws, case_id, Step("resume", reason))


def propose(ws: Workspace, case_id: str, draft: ClosingDraft) -> None:
    """Lay the ending with its minutes before the head (Đ.8 k.3); see `close` for the problems."""
    _end(ws, case_id, "propose", draft)


def decline(ws: Workspace, case_id: str, reason: str) -> None:
    """The head does not end the case, with a reason; work goes on."""
    _move(ws, case_id, Step("decline", reason, case_ending.UNDONE))


def close(ws: Workspace, case_id: str, draft: ClosingDraft) -> None:
    """End the case with one of the twelve reasons of TT 02/2020 Đ.8 k.3a, on a day.

    The head approves the ending that somebody proposed, or decides himself. Reason 12 ("other")
    needs a note. What the record says against it is told first (`case_close_doubt`): with `aware`
    set the case ends knowingly. Raises Refused with the problems.
    """
    _end(ws, case_id, "close", draft)


def refuse(ws: Workspace, case_id: str, reason: str) -> None:
    """Do not take somebody on, with a reason."""
    _move(ws, case_id, Step("refuse", reason))


def cancel(ws: Workspace, case_id: str, reason: str) -> None:
    """Take back a case that was opened by mistake or is not wanted, before it was approved."""
    _move(ws, case_id, Step("cancel", reason))


def reopen(ws: Workspace, case_id: str, reason: str) -> None:
    """Take up an ended case again, with a reason; it needs approval anew.

    What depends on its ending is listed by `case_ending.hanging`.
    """
    _move(ws, case_id, Step("reopen", reason, case_ending.UNDONE))


def note(ws: Workspace, case_id: str, draft: NoteDraft) -> str:
    """Write a note, visit or call into a case that has not ended; answers the note's id."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        return case_note.add(ws, session, case_moves.found(session, case_id), draft)


def page(ws: Workspace, case_id: str) -> CasePage:
    """Everything about one case as this user may read it; the look is logged.

    Raises Refused (`case_unknown`).
    """
    ws.demand("view")
    with ws.db.read() as session:
        case = case_moves.found(session, case_id)
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
            moves=case_moves.possible(ws, session, case),
            created_by=case.created_by,
            created_at=case.created_at,
            hands=case_moves.hands(session, case),
            facts=case_cards.facts(case),
            steps=case_steps.steps(case_standing.of(ws, session, case)),
            review_due=case_standing.review_due(session, case),
            suggested=case_ending.suggested(ws, session, case),
            activities=case_standing.activities(session, case),
            before_birth=case_opening.before_birth(who, case.opened_on),
            urgent=() if case.case_status in rules.ENDED else case_standing.urgent(session, case),
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
        return case_moves.found(session, case_id).case_status or rules.OPEN


def of_person(ws: Workspace, person_id: str) -> tuple[CaseCard, ...]:
    """The cases of one person, the latest opened first."""
    return cases(ws, CasesFilter(person_id=person_id)).cards


def counts(ws: Workspace) -> dict[str, int]:
    """Number of cases by status, for the navigation."""
    with ws.db.read() as session:
        return records.status_counts(session)


def _move(ws: Workspace, case_id: str, step: Step) -> None:
    with ws.db.write(ws.author()) as session:
        case_moves.within(ws, session, case_moves.found(session, case_id), step)


def _end(ws: Workspace, case_id: str, move: str, draft: ClosingDraft) -> None:
    """Judge the draft of an ending, tell what speaks against it, and make the move."""
    ws.demand(rules.MOVES[move].right)
    with ws.db.write(ws.author()) as session:
        case = case_moves.found(session, case_id)
        case_moves.refuse_barred(ws, session, case, Step(move, draft.reason or "-"))
        case_moves.within(ws, session, case, case_ending.step(ws, session, case, (move, draft)))
