"""What leaves the office about a person: two approvals first, and a line for each time it left.

TT 02/2020/TT-BLĐTBXH Đ.9: the person (or who stands for her) agrees, and the head agrees. Whoever
lets a file out calls `demand` before, and `record` beside the log before anybody can see the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from app.actions import consent, field_values, person
from app.actions.paper_sections import in_vietnamese
from app.errors import Problem, Refused
from app.rules import consent as rules
from app.rules import dates
from app.values.sharing import Leave, SharingCard, SharingDraft
from app.wording import translate
from app.workspace import Workspace
from data import codes, history, text
from data.base import instant_text
from data.records import merger, office
from data.records import sharing as records
from data.records.consent import Consent
from data.records.person import Person
from data.records.sharing import Sharing

SLICE_ROWS_MAX = 500
SHOWN_MAX = 500
DAY = len("2026-11-23")


def demand(ws: Workspace, person_id: str, purpose: str, recipient: str) -> Leave:
    """Both approvals for this person, purpose and recipient, as they stand now.

    Raises Refused: recipient_needed, person_unknown, sharing_not_asked, sharing_waiting, or what
    the person's basis has come to lack (`app.rules.consent`).
    """
    found, problems = leaves(ws, (person_id,), purpose, recipient)
    if problems:
        raise Refused(problems)
    return found[person_id]


def leaves(
    ws: Workspace, person_ids: Sequence[str], purpose: str, recipient: str
) -> tuple[dict[str, Leave], tuple[Problem, ...]]:
    """As `demand` for many persons: who may be shared, and a problem for everybody else."""
    ws.demand("view")
    where = _recipient(recipient)
    found: dict[str, Leave] = {}
    problems: list[Problem] = []
    with ws.db.whole.read() as session:  # whom it goes to is compared as it was written
        for one in dict.fromkeys(person_ids):
            try:
                found[one] = _leave(ws, session, one, purpose, where)
            except Refused as refused:
                problems += refused.problems
    return found, tuple(problems)


def record(ws: Workspace, leave: Iterable[Leave], what: str) -> tuple[str, ...]:
    """Write down that something left the office: what, to whom, by whom, when and on what basis.

    Answers the ids of the lines, in the order of the leaves.
    """
    ws.demand("enter")
    made: list[str] = []
    every, now = list(leave), instant_text(ws.clock())
    for start in range(0, len(every), SLICE_ROWS_MAX):
        with ws.db.write(ws.author()) as session:
            for one in every[start : start + SLICE_ROWS_MAX]:
                row = Sharing(
                    office_id=ws.office.id,
                    person_id=one.person_id,
                    consent_id=one.consent_id,
                    approval_id=one.approval_id,
                    shared_by=ws.user.login,
                    shared_at=now,
                )
                row.sharing_purpose, row.recipient = one.purpose, one.recipient
                row.shared_what, row.sharing_state = text.tidy(what) or None, records.SHARED
                session.add(row)
                session.flush()
                made.append(row.id)
    return tuple(made)


def request(ws: Workspace, draft: SharingDraft) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Ask the head that data of persons may go to a recipient: (ids, problems of the others).

    The person's own basis comes first; whom it lacks for is named and not asked for. Raises
    Refused: recipient_needed, reason_needed, sharing_purpose_needed.
    """
    ws.demand("enter")
    where, why = _recipient(draft.recipient), field_values.reason(draft.reason)
    if draft.purpose not in {item.code for item in codes.get("sharing_purpose").items}:
        raise Refused.one("sharing_purpose_needed", "sharing_purpose", draft.purpose)
    made: list[str] = []
    problems: list[Problem] = []
    ids = list(dict.fromkeys(draft.person_ids))
    for start in range(0, len(ids), SLICE_ROWS_MAX):
        with ws.db.write(ws.author()) as session:
            for one in ids[start : start + SLICE_ROWS_MAX]:
                try:
                    made.append(_ask(ws, session, one, (draft.purpose, where, why, draft.what)))
                except Refused as refused:
                    problems += refused.problems
    return tuple(made), tuple(problems)


def approve(ws: Workspace, ids: Sequence[str]) -> tuple[Problem, ...]:
    """The head agrees; never who asked (`own_sharing`). Answers those that could not be decided."""
    return _decide(ws, ids, records.APPROVED, None)


def refuse(ws: Workspace, ids: Sequence[str], why: str) -> tuple[Problem, ...]:
    """The head does not agree, with a reason. Raises Refused (`reason_needed`)."""
    return _decide(ws, ids, records.REFUSED, field_values.reason(why))


def end(ws: Workspace, sharing_id: str, why: str) -> None:
    """Nothing more goes to this recipient, or a request is taken back; with a reason.

    Raises Refused (sharing_unknown, sharing_decided, reason_needed).
    """
    ws.demand("enter")
    words = field_values.reason(why)
    with ws.db.write(ws.author()) as session:
        row = _found(session, sharing_id)
        if row.sharing_state not in records.STANDING:
            raise Refused.one("sharing_decided", "id", sharing_id)
        row.sharing_state, row.sharing_answer = records.ENDED, words


def told(ws: Workspace, sharing_id: str, on: str = "") -> None:
    """The recipient was told that the consent is withdrawn, on a day (today when none is named).

    Raises Refused (sharing_unknown, date problems).
    """
    ws.demand("enter")
    typed = {"told_on": on or ws.today().isoformat()}
    cleaned = field_values.clean(ws, "sharing", typed)
    if cleaned.problems:
        raise Refused(cleaned.problems)
    with ws.db.write(ws.author()) as session:
        row = _found(session, sharing_id)
        if row.sharing_state != records.SHARED:
            raise Refused.one("sharing_unknown", "id", sharing_id)
        row.told_on = str(cleaned.values["told_on"])


def queue(ws: Workspace) -> tuple[SharingCard, ...]:
    """What waits for the head, oldest first (at most 500)."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.waiting(session, SHOWN_MAX)
        return tuple(_card(ws, session, row, who) for row, who in rows)


def waiting(ws: Workspace) -> int:
    """How many requests wait for the head."""
    ws.demand("view")
    with ws.db.read() as session:
        return records.count_waiting(session)


def of_person(ws: Workspace, person_id: str) -> tuple[SharingCard, ...]:
    """Requests and what was shared about a person, newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        who = person.found(session, person_id)
        rows = records.of_person(session, person_id)
        return tuple(_card(ws, session, row, who) for row in rows)


def _leave(ws: Workspace, session: Session, person_id: str, purpose: str, recipient: str) -> Leave:
    who = person.found(session, person_id)
    asked = [
        one
        for one in records.of_person(session, person_id)
        if one.sharing_purpose == purpose and _same(one.recipient or "", recipient)
    ]
    decided = [one for one in asked if one.sharing_state == records.APPROVED]
    approved = next((one for one in decided if records.decided_here(one)), None)
    consent_id, lacking = _basis(ws, session, who, purpose, recipient)
    problems = [_lack(code, who, purpose, recipient) for code in lacking]
    if approved is None:
        waits = any(one.sharing_state == records.WAITING for one in asked)
        code = "sharing_elsewhere" if decided else "sharing_not_asked"
        code = "sharing_waiting" if waits else code
        problems.append(_lack(code, who, purpose, recipient))
    if approved is None or problems:
        raise Refused(problems)
    row = session.get_one(Consent, consent_id)
    latest = history.latest(session, who.id, besides="sharing")
    changed_on = latest[:DAY] if latest > (approved.decided_at or "") else ""
    said = _stands_on(session, approved, changed_on)
    basis = row.consent_basis or ""
    return Leave(who.id, purpose, recipient, approved.id, consent_id, basis, said, changed_on)


def unseen(leave: Iterable[Leave]) -> tuple[str, ...]:
    """What whoever lets something out is told: an approval covers a recipient and a purpose as
    long as it stands, but is never silent about a file that changed since."""
    days = [one.changed_on for one in leave if one.changed_on]
    if not days:
        return ()
    words = "Hồ sơ có thay đổi sau ngày duyệt chia sẻ, mới nhất {day}; tờ gửi đi cũng ghi điều này."
    return (translate(words, day=max(days)),)


def _stands_on(session: Session, approved: Sharing, changed_on: str) -> str:
    """Which approval a paper for outside stands on and what it was given for, as papers say it."""
    decider = office.user_of(session, approved.decided_by or "")
    words = [
        "Gửi {recipient} theo duyệt chia sẻ của {name} ngày {day}, cho việc: {purpose}.",
        "Đã duyệt để gửi: {what}.",
    ]
    if changed_on:
        words.append("Hồ sơ có thay đổi sau ngày duyệt, mới nhất ngày {changed}.")
    return in_vietnamese(
        " ".join(words),
        recipient=approved.recipient,
        name=decider.full_name if decider is not None else approved.decided_by,
        day=dates.show((approved.decided_at or "")[:DAY]),
        purpose=codes.label("sharing_purpose", approved.sharing_purpose or ""),
        what=(approved.shared_what or approved.sharing_reason or "").rstrip("."),
        changed=dates.show(changed_on) if changed_on else "",
    )


def _basis(
    ws: Workspace, session: Session, who: Person, purpose: str, recipient: str
) -> tuple[str, tuple[str, ...]]:
    known = consent.bases(session, who.id)
    return rules.best(known, purpose, consent.subject(who), recipient, ws.today())


def _ask(ws: Workspace, session: Session, person_id: str, wish: tuple[str, str, str, str]) -> str:
    purpose, recipient, why, what = wish
    who = person.found(session, person_id)
    consent_id, lacking = _basis(ws, session, who, purpose, recipient)
    problems = [_lack(code, who, purpose, recipient) for code in lacking]
    for one in records.of_person(session, person_id):
        same = one.sharing_purpose == purpose and _same(one.recipient or "", recipient)
        if same and records.holds(one):
            problems.append(_lack("sharing_asked_already", who, purpose, recipient))
            break
    if problems:
        raise Refused(problems)
    row = Sharing(office_id=ws.office.id, person_id=person_id, consent_id=consent_id)
    row.sharing_purpose, row.recipient, row.sharing_reason = purpose, recipient, why
    row.shared_what, row.sharing_state = text.tidy(what) or None, records.WAITING
    session.add(row)
    session.flush()
    return row.id


def _decide(
    ws: Workspace, ids: Sequence[str], state: str, answer: str | None
) -> tuple[Problem, ...]:
    ws.demand("approve")
    problems: list[Problem] = []
    for start in range(0, len(ids), SLICE_ROWS_MAX):
        with ws.db.write(ws.author()) as session:
            for one in ids[start : start + SLICE_ROWS_MAX]:
                try:
                    _put(ws, session, one, (state, answer))
                except Refused as refused:
                    problems += refused.problems
    return tuple(problems)


def _put(ws: Workspace, session: Session, sharing_id: str, said: tuple[str, str | None]) -> None:
    """Decide one request; its basis must still hold when the head agrees."""
    state, answer = said
    row = _found(session, sharing_id)
    if row.sharing_state != records.WAITING:
        raise Refused.one("sharing_decided", "id", sharing_id)
    if state == records.APPROVED:
        if ws.user.login in _hands(session, row):
            raise Refused.one("own_sharing", "id", sharing_id)
        who = person.found(session, merger.survivor(session, row.person_id))
        purpose, recipient = row.sharing_purpose or "", row.recipient or ""
        _, lacking = _basis(ws, session, who, purpose, recipient)
        if lacking:
            raise Refused([_lack(code, who, purpose, recipient) for code in lacking])
    row.sharing_state, row.sharing_answer = state, answer
    row.decided_by, row.decided_at = ws.user.login, instant_text(ws.clock())


def _hands(session: Session, row: Sharing) -> frozenset[str]:
    return history.writers_of(session, "sharing", [row.id]).get(row.id, frozenset())


def _lack(code: str, who: Person, purpose: str, recipient: str) -> Problem:
    """A problem that names the person, the purpose and the recipient."""
    words = codes.label("sharing_purpose", purpose)
    return Problem.of(code, "id", who.id, name=who.name or "", purpose=words, recipient=recipient)


def _card(ws: Workspace, session: Session, row: Sharing, who: Person) -> SharingCard:
    given = session.get(Consent, row.consent_id) if row.consent_id else None
    lacking = _lost(ws, session, row, who) if given is not None else ()
    return SharingCard(
        id=row.id,
        person_id=who.id,
        person_name=who.name or "",
        purpose=row.sharing_purpose or "",
        recipient=row.recipient or "",
        reason=row.sharing_reason or "",
        what=row.shared_what or "",
        state=row.sharing_state or records.WAITING,
        answer=row.sharing_answer or "",
        basis=(given.consent_basis or "") if given is not None else "",
        basis_lacks=lacking,
        asked_by=row.created_by,
        asked_at=row.created_at,
        decided_by=row.decided_by or "",
        decided_at=row.decided_at or "",
        shared_by=row.shared_by or "",
        shared_at=row.shared_at or "",
        told_on=row.told_on or "",
        own=row.created_by == ws.user.login,
    )


def _lost(ws: Workspace, session: Session, row: Sharing, who: Person) -> tuple[str, ...]:
    """Codes of what a request, or what was shared, has come to lack since."""
    seen = consent.basis(session.get_one(Consent, row.consent_id), ())
    if row.sharing_state == records.SHARED:
        every = [one for _key, one in consent.bases(session, who.id)]
        fell = seen.withdrawn_on or rules.taken_back(seen, every, row.recipient or "")
        return ("consent_withdrawn",) if fell else ()
    if row.sharing_state not in records.STANDING:
        return ()
    elsewhere = () if records.holds(row) else ("sharing_elsewhere",)
    return (*elsewhere, *rules.lacks(seen, consent.subject(who), ws.today()))


def _found(session: Session, sharing_id: str) -> Sharing:
    row = session.get(Sharing, sharing_id)
    if row is None or row.deleted_at:
        raise Refused.one("sharing_unknown", "id", sharing_id)
    return row


def _recipient(typed: str) -> str:
    words = text.tidy(typed)
    if not words:
        raise Refused.one("recipient_needed", "recipient")
    return words


def _same(one: str, other: str) -> bool:
    return text.fold(one) == text.fold(other)
