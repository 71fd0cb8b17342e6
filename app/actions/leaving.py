"""Somebody leaves: what stands in the name, who took over, and the minute both sign."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from app.actions import access, case_cards, field_values, settings, worker
from app.errors import Refused
from app.papers import leaving as paper
from app.values.care_case import CasesFilter
from app.values.caseload import HandedCase, HandingMinute, Leaving
from app.wording import translate
from app.workspace import Workspace
from data import codes, keyring, units
from data.base import instant_text
from data.records import care_case, draft, office, outgoing
from data.records import caseload as records
from data.records import task as tasks
from data.records.care_case import CareCase
from data.records.person import Person

LEAVING_DAYS = 31
FORM = "form"
NOT_TYPED = (FORM, "print")
"""Kinds of drafts that are not typing: blank forms that are out, a print that was begun."""


def look(ws: Workspace, login: str) -> Leaving:
    """What stands in the name of a user, at the office and on this PC. Raises Refused
    (`user_unknown`)."""
    ws.demand("view")
    with ws.db.read() as session:
        user = office.user_of(session, login)
        if user is None:
            raise Refused.one("user_unknown", "login", login)
        begun = [one.key.split(":", 1)[0] for one in draft.of_login(session, login)]
        typing = tuple(dict.fromkeys(one for one in begun if one not in NOT_TYPED))
        return Leaving(
            login,
            user.full_name or login,
            user.title or "",
            user.active,
            care_case.count(session, case_cards.wanted(session, live(login))),
            len(tasks.open_of(session, login)),
            typing,
            outgoing.unsent_of(session, login),
            login in keyring.logins(ws.home),
            user.confidential,
            len(records.handed_on(session, login, _since(ws))),
            len(records.tasks_handed_on(session, login, _since(ws))),
            begun.count(FORM),
        )


def left_behind(ws: Workspace, login: str) -> tuple[str, ...]:
    """What stands in the name of somebody whose account is closed, and how to give it on."""
    facts = look(ws, login)
    if not facts.cases and not facts.tasks:
        return ()
    return (
        translate(
            "Còn {cases} ca, {tasks} việc cần làm đứng tên {name}: giao lại ở trang Khối lượng ca.",
            cases=facts.cases,
            tasks=facts.tasks,
            name=facts.name,
        ),
    )


def live(login: str) -> CasesFilter:
    """The cases of a worker that go on."""
    statuses = (item.code for item in codes.get("case_status").items)
    going_on = tuple(one for one in statuses if one not in care_case.ENDED)
    return CasesFilter(status=going_on, worker=login)


def case_ids(ws: Workspace, login: str) -> tuple[str, ...]:
    """Ids of all of them, however many, oldest opening first."""
    ws.demand("view")
    with ws.db.read() as session:
        return tuple(care_case.ids(session, case_cards.wanted(session, live(login))))


def task_ids(ws: Workspace, login: str) -> tuple[str, ...]:
    """Ids of the tasks by hand that a worker has not done."""
    ws.demand("view")
    with ws.db.read() as session:
        return tuple(one.id for one in tasks.open_of(session, login))


def gather(ws: Workspace, login: str) -> HandingMinute:
    """What the minute says: cases that went to others in the last month, and what is left."""
    facts = look(ws, login)
    with ws.db.read() as session:
        names = worker.names(session)
        cases = tuple(
            _handed(session, case_id, names.get(taker, taker))
            for case_id, taker in records.handed_on(session, login, _since(ws))
        )
        given = records.tasks_handed_on(session, login, _since(ws))
        to_do = tuple(
            (
                field_values.discreet(one.title, False),
                one.due_on or "",
                worker.shown(names, one.worker) if one.worker != login else "",
            )
            for one in (*given, *tasks.open_of(session, login))
        )  # a paper that colleagues sign: closed words are not for it, whoever prints
    return HandingMinute(facts.name, facts.title, ws.today().isoformat(), cases, to_do, facts)


def minute(ws: Workspace, login: str) -> bytes:
    """The minute of the hand-over as a PDF, to be signed by both. Raises Refused, FontMissing."""
    ws.demand("print")
    made = gather(ws, login)
    with ws.db.read() as session:
        ids = [one[0] for one in records.handed_on(session, login, _since(ws))]
        people = [session.get_one(CareCase, one).person_id for one in ids]
    access.seen_many(ws, people, "print", "handing")
    return paper.typeset(made, settings.letterhead(ws), translate)


def _since(ws: Workspace) -> str:
    """From when on cases that went to others belong to this leaving."""
    return instant_text(ws.clock() - timedelta(days=LEAVING_DAYS))


def _handed(session: Session, case_id: str, taker: str) -> HandedCase:
    case = session.get_one(CareCase, case_id)
    who = care_case.standing(session, session.get_one(Person, case.person_id))
    return HandedCase(
        case.case_number or "",
        who.name or "",
        units.full_name(who.commune).split(", ")[0] if who.commune else "",
        codes.label("case_status", case.case_status or ""),
        taker,
    )
