"""Blank forms that went out: kept on this PC under the code on the paper, until they come back.

A form of a case or a person is found on every PC that has these; one of nobody yet only where it
was printed, until somebody says whose it is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.errors import Refused
from app.rules import paper_code
from app.rules.paper_code import PaperCode
from app.values.paper_form import KeptForm
from app.workspace import Workspace
from data.base import instant_text
from data.records import draft as begun
from data.records import finding as records
from data.records import merger
from data.records.care_case import CareCase
from data.records.draft import Draft
from data.records.person import Person

RECORD = "form:"
FOUND_MAX = 5


def keep(ws: Workspace, forms: Sequence[KeptForm]) -> None:
    """Remember blank forms before they are seen; printed again, one is the same form."""
    ws.demand("sheets")
    at = instant_text(ws.clock())
    with ws.db.write(ws.author()) as session:
        for one in forms:
            _write(session, ws.user.login, one, at)


def link(ws: Workspace, code: str, person_id: str, case_id: str = "") -> None:
    """Say whose a blank form is. Raises Refused (form_code_wrong, person_unknown)."""
    ws.demand("enter")
    meant = paper_code.read(code)
    if meant is None:
        raise Refused.one("form_code_wrong", "code", code)
    with ws.db.write(ws.author()) as session:
        if session.get(Person, person_id) is None:
            raise Refused.one("person_unknown", "person", person_id)
        rows = begun.of_record(session, f"{RECORD}{meant.text}")
        login, at = (rows[0].login, rows[0].saved_at) if rows else (ws.user.login, "")
        kept = KeptForm(meant.text, meant.form, login, at, person_id, "", case_id)
        _write(session, login, kept, at or instant_text(ws.clock()))


def drop(ws: Workspace, code: str) -> None:
    """The form came back, or will not: it is no longer waited for."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        for row in begun.of_record(session, f"{RECORD}{code}"):
            begun.drop(session, row.login, row.key)


def waiting(ws: Workspace) -> tuple[KeptForm, ...]:
    """The blank forms printed on this PC that are still out, the latest first."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = begun.of_record(session, RECORD)
        found = [_kept(ws, session, row) for row in rows]
    return tuple(sorted(found, key=lambda one: one.printed_at, reverse=True))


def find(ws: Workspace, typed: str) -> tuple[KeptForm, ...]:
    """What the code on a form leads to: mostly one, none for another's code or a wrong digit."""
    meant = paper_code.read(typed)
    if meant is None:
        return ()
    with ws.db.read() as session:
        rows = begun.of_record(session, f"{RECORD}{meant.text}")
        kept = [_kept(ws, session, row) for row in rows]
        known = {(one.person_id, one.case_id): one for one in reversed(kept) if one.person_id}
        if known:  # printed by several people it is one form all the same
            return tuple(known.values())
        owners = _owners(session, meant)
    return tuple(owners or kept[:1])


def owner_of(ws: Workspace, number: str) -> tuple[str, str]:
    """Id and name of whose printed file carries this number ("4F7A-09C2-0001"); empty for none."""
    with ws.db.read() as session:
        found = records.persons_ending(session, number.replace("-", "").lower(), 1)
        who = session.get_one(Person, merger.survivor(session, found[0])) if found else None
        if who is None or who.deleted_at:
            return "", ""
        return who.id, who.name or ""


def _owners(session: Session, meant: PaperCode) -> list[KeptForm]:
    """The cases, else the persons, else the files and hearings, whose identity ends as the code
    says."""
    cases = records.listed_cases(session, records.cases_ending(session, meant.tail, FOUND_MAX))
    found = [
        KeptForm(meant.text, meant.form, "", "", who.id, who.name or "", case.id)
        for case, who in cases.values()
    ]
    if not found:
        owners = records.persons_ending(session, meant.tail, FOUND_MAX)
        for one in owners or records.persons_with_file_ending(session, meant.tail, FOUND_MAX):
            who = session.get_one(Person, merger.survivor(session, one))
            if not who.deleted_at:
                found.append(KeptForm(meant.text, meant.form, "", "", who.id, who.name or ""))
    return found


def _kept(ws: Workspace, session: Session, row: Draft) -> KeptForm:
    """A kept form; of a person or case gone from the lists only that it is out."""
    told = json.loads(row.payload)
    case = session.get(CareCase, told["case"]) if told["case"] else None
    owner = case.person_id if case is not None else told["person"]
    who = session.get(Person, merger.survivor(session, owner)) if owner else None
    there = who if who is not None and not who.deleted_at else None
    return KeptForm(
        code=row.key.removeprefix(RECORD),
        form=told["form"],
        printed_by=row.login,
        printed_at=row.saved_at,
        person_id=there.id if there is not None else "",
        person_name=(there.name or "") if there is not None else "",
        case_id=case.id if there is not None and case is not None and not case.deleted_at else "",
        mine=row.login == ws.user.login,
    )


def _write(session: Session, login: str, one: KeptForm, at: str) -> None:
    told = {"form": one.form, "person": one.person_id, "case": one.case_id}
    session.merge(
        Draft(login=login, key=f"{RECORD}{one.code}", payload=json.dumps(told), saved_at=at)
    )
