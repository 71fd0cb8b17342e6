"""One transaction of an import: new people, changes of known ones, and what it must remember."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.actions import case_opening, certificate_opening, duplicate, likeness, person
from app.actions.likeness import Match
from app.actions.person import Entered, Taken
from app.errors import Refused
from app.rules.likeness import Facts
from app.values.care_case import CaseDraft
from app.values.person import Saved
from app.workspace import Workspace
from data.records import import_run

SLICE_ROWS, SLICE_ROWS_MAX = 500, 1_000
LONG_LIST_ROWS = 2_000


def rows_at(done: int) -> int:
    """How many rows the next slice holds after `done` rows: more once a list has shown to be long.

    Each slice writes nearly every page of the indexes in random order anew; fewer slices write
    fewer pages. A slice must end within a second on a slow PC: stopping waits for it.
    """
    return SLICE_ROWS if done < LONG_LIST_ROWS else SLICE_ROWS_MAX


class Apart(NamedTuple):
    """The officer's word that somebody new is not the person the row resembles."""

    id: str
    other: str


Write = Entered | Taken | Apart


class Judgement(NamedTuple):
    """The rows of a slice as they were compared (by person id), and whom they may be."""

    facts: Mapping[str, Facts]
    matches: Sequence[Match]


def write(
    ws: Workspace, session: Session, run_id: str, writes: Sequence[Write], judged: Judgement
) -> list[Saved | Refused]:
    """Carry out the writes of a slice within its transaction; one that cannot hinders no other.

    New people come first, for later rows may add to them. Who may be whom is kept from how the new
    people were judged on the way in, and worked out anew for those to whom something was added;
    the stretch of history that it makes is remembered for undoing. Raises data.errors.
    """
    if not writes:
        return []
    before = import_run.last_seq(session)
    person.write_new(ws, session, [each for each in writes if isinstance(each, Entered)])
    answers: list[Saved | Refused] = []
    for each in writes:
        if isinstance(each, Taken):
            answers.append(person.take(ws, session, each))
            continue
        if isinstance(each, Apart):
            duplicate.keep_apart(ws, session, each.id, each.other)
        answers.append(Saved(each.id))
    session.flush()
    taken = {each.id for each in writes if isinstance(each, Taken)}
    new = [judged.facts[each.id] for each in writes if isinstance(each, Entered)]
    likeness.settle_new(session, [one for one in new if one.id not in taken], judged.matches)
    likeness.settle_some(session, sorted(taken))
    import_run.close_slice(session, run_id, before)
    return answers


def open_cases(
    ws: Workspace, run_id: str, drafts: Sequence[tuple[str, CaseDraft, str]]
) -> list[str | Refused]:
    """Open cases (person, draft, source) of a register; one that cannot be hinders no other."""
    if not drafts:
        return []
    answers: list[str | Refused] = []
    with ws.db.write(ws.author("import")) as session:
        before = import_run.last_seq(session)
        for person_id, draft, source in drafts:
            try:
                answers.append(case_opening.open_within(ws, session, person_id, draft, source))
            except Refused as refused:
                answers.append(refused)
        import_run.close_slice(session, run_id, before)
    return answers


def take_certificates(
    ws: Workspace, run_id: str, lines: Sequence[tuple[str, Mapping[str, object], str]]
) -> list[str | Refused]:
    """Take the certificates (person, values, source) of a register over; one that cannot hinders
    no other, and one that is in the book already is not written twice."""
    if not lines:
        return []
    answers: list[str | Refused] = []
    with ws.db.write(ws.author("import")) as session:
        before = import_run.last_seq(session)
        for person_id, values, source in lines:
            session.info["author"] = ws.author(source)
            try:
                made = certificate_opening.take_over_within(ws, session, person_id, values)
                answers.append(made)
            except Refused as refused:
                answers.append(refused)
        import_run.close_slice(session, run_id, before)
    return answers
