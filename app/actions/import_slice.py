"""One transaction of an import: new people, changes of known ones, and what it must remember."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.actions import care_case, duplicate, likeness, person
from app.actions.person import Entered, Taken
from app.errors import Refused
from app.rules.likeness import Facts
from app.values.care_case import CaseDraft
from app.values.person import Saved
from app.workspace import Workspace
from data.records import import_run

SLICE_ROWS = 500


class Apart(NamedTuple):
    """The officer's word that somebody new is not the person the row resembles."""

    id: str
    other: str


Write = Entered | Taken | Apart


def write(
    ws: Workspace, run_id: str, writes: Sequence[Write], facts: Mapping[str, Facts]
) -> list[Saved | Refused]:
    """Carry out the writes of a slice; one that cannot be done hinders no other.

    New people come first, for later rows may add to them. Who may be whom is worked out in the
    same transaction, from the `facts` of new people where nothing was added to them since; the
    stretch of history that it makes is remembered for undoing. Raises data.errors.
    """
    if not writes:
        return []
    with ws.db.write(ws.author("import")) as session:
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
        new = {each.id: facts[each.id] for each in writes if isinstance(each, Entered)}
        as_written = {one: new[one] for one in new if one not in taken}
        likeness.settle_some(session, sorted({each.id for each in writes}), as_written)
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
                answers.append(care_case.open_within(ws, session, person_id, draft, source))
            except Refused as refused:
                answers.append(refused)
        import_run.close_slice(session, run_id, before)
    return answers
