"""Sessions of the council: planned, held by a quorum, closed when everybody was heard."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from sqlalchemy.orm import Session

from app.actions import council_member, council_seats, field_values, hearing_cards, kept_rows
from app.errors import Problem, Refused
from app.rules import clock_time, dates, words
from app.values.council import Council, MemberCard, SessionCard, SessionDraft, SessionPage
from app.wording import language
from app.workspace import Workspace
from data import codes, fields
from data.records import council_session as records
from data.records import hearing as hearings
from data.records.application import Application
from data.records.council_session import CANCELLED, CLOSED, HELD, PLANNED, CouncilSession
from data.records.person import Person

SESSIONS_MAX = 500
REQUIRED = ("session_on", "place_kind")
TIMES = ("session_starts", "session_ends")
BOUND = ("session_on", "place_kind", "session_place")
"""What minutes tell: not changed any more once somebody's are written."""


def save(ws: Workspace, draft: SessionDraft) -> str:
    """Plan a session or correct it; answers its id. Who is heard in it follows its day and place.

    One that is under way neither moves to a day to come nor to a chair who is not there. Raises
    Refused: session_unknown, session_over, session_bound, session_before_files, session_ahead,
    session_chair_absent, day_not_whole, time_unreadable, unknown_field, what the fields refuse.
    """
    ws.demand("enter")
    if "session_state" in draft.fields:  # follows from hold, close and cancel, which look at quorum
        raise Refused.one("unknown_field", "session_state")
    with ws.db.write(ws.author()) as session:
        row = opened(session, draft.id) if draft.id else None
        values = kept_rows.checked(ws, "council_session", draft.fields, row, REQUIRED)
        council_member.whole_days("council_session", values, ("session_on",))
        _read_times(values)
        if row is not None:
            _demand_unbound(session, row, values)
        made = row or CouncilSession(office_id=ws.office.id, session_state=PLANNED)
        kept_rows.put(session, made, values)
        _lead(ws, session, made, draft)
        for one, _who in hearings.of_session(session, made.id):
            if one.hearing_state == hearings.SCHEDULED:
                kept_rows.put(session, one, copied(made))
        demand_received(made.session_on or "", _filed(session, made.id))
        if made.session_state == HELD:
            demand_day(ws, made)
            noted = records.attendance(session, made.id)
            demand_chair(made, {who for who, one in noted.items() if one.present})
        return made.id


def hold(
    ws: Workspace,
    session_id: str,
    present: Mapping[str, str],
    starts: str = "",
    without_roles: str = "",
) -> None:
    """Begin a session, or note who came or left since: `present` are ids of members with whom
    they stand for ("" for themselves). A council that lacks a role the law asks for sits only where
    somebody says why (`without_roles`); the reason stays in the session's note.

    Raises Refused: session_unknown, session_over, member_unknown, session_no_quorum,
    session_chair_absent, session_nobody, session_ahead, session_before_files, council_lacking.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = opened(session, session_id)
        if not hearings.of_session(session, row.id):
            raise Refused.one("session_nobody", "id", row.id)
        council = council_member.of_day(ws, session, row.session_on or "")
        demand_day(ws, row)
        demand_received(row.session_on or "", _filed(session, row.id))
        _demand_quorum(council, row, present)
        _demand_roles(session, council, row, without_roles)
        council_seats.write(ws, session, row.id, council, present)
        row.session_state = HELD
        if starts or not row.session_starts:
            typed: dict[str, object] = {
                "session_starts": starts or f"{ws.clock().astimezone():%H:%M}"
            }
            _read_times(typed)
            kept_rows.put(session, row, typed)


def close(ws: Workspace, session_id: str, ends: str = "") -> None:
    """End a session: everybody in it was heard or put off. Raises Refused: session_unknown,
    session_over, session_not_held, session_waiting (names who waits)."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = opened(session, session_id)
        if row.session_state != HELD:
            raise Refused.one("session_not_held", "id", session_id)
        waiting = [
            who.name or ""
            for one, who in hearings.of_session(session, session_id)
            if one.hearing_state == hearings.SCHEDULED
        ]
        if waiting:
            raise Refused.one("session_waiting", "id", session_id, count=len(waiting),
                              names=", ".join(waiting[:5]))  # fmt: skip
        typed: dict[str, object] = {"session_ends": ends or f"{ws.clock().astimezone():%H:%M}"}
        _read_times(typed)
        kept_rows.put(session, row, typed | {"session_state": CLOSED})


def listing(ws: Workspace) -> tuple[SessionCard, ...]:
    """All sessions, the newest day first."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.all_of(session, SESSIONS_MAX)
        counts = hearings.states(session, [row.id for row in rows])
        members = council_seats.everybody(ws, session)
        return tuple(card(ws, row, counts.get(row.id, {}), members) for row in rows)


def page(ws: Workspace, session_id: str) -> SessionPage:
    """A session with its council and its persons. Raises Refused (`session_unknown`)."""
    ws.demand("view")
    with ws.db.read() as session:
        row = kept_rows.found(session, CouncilSession, session_id, "session_unknown")
        found = hearings.of_session(session, session_id)
        counts = hearings.states(session, [session_id]).get(session_id, {})
        council = council_member.of_day(ws, session, row.session_on or "", everybody=True)
        lines = tuple(hearing_cards.line(session, one, who) for one, who in found)
        members = {one.id: one for one in council.members}
        seats = council_seats.seats(session, row.id, council)
        found_card = card(ws, row, counts, members)
        return SessionPage(found_card, seats, council.quorum, lines, council.lacking)


def opened(session: Session, session_id: str | None) -> CouncilSession:
    """A session that is not over. Raises Refused: session_unknown, session_over."""
    row = kept_rows.found(session, CouncilSession, session_id, "session_unknown")
    if row.session_state in (CLOSED, CANCELLED):
        raise Refused.one("session_over", "id", session_id)
    return row


def copied(row: CouncilSession) -> dict[str, object]:
    """What a hearing says for itself, so that it stays readable where the session is not."""
    return {"heard_on": row.session_on, "heard_place": _place(row, "vi") or None}


def card(
    ws: Workspace, row: CouncilSession, counts: Mapping[str, int], members: Mapping[str, MemberCard]
) -> SessionCard:
    """A session as a frozen value."""
    return SessionCard(
        id=row.id,
        on=row.session_on or "",
        starts=row.session_starts or "",
        ends=row.session_ends or "",
        place_kind=row.place_kind or "",
        place=_place(row, language()),
        state=row.session_state or PLANNED,
        note=row.session_note or "",
        chair=members.get(row.chair_id or ""),
        secretary=members.get(row.secretary_id or ""),
        counts=counts,
        fields=kept_rows.shown(ws, "council_session", row),
    )


def _place(row: CouncilSession, lang: str) -> str:
    kind = fields.get("council_session", "place_kind")
    return row.session_place or field_values.readable(kind, row.place_kind, lang)


def _lead(ws: Workspace, session: Session, row: CouncilSession, draft: SessionDraft) -> None:
    """Who leads and who writes: as typed, as it was while they sit, else by their roles."""
    council = council_member.of_day(ws, session, row.session_on or "")
    sitting = {one.id for one in council.members}
    for name, typed, role in (
        ("chair_id", draft.chair_id, council_member.CHAIR),
        ("secretary_id", draft.secretary_id, council_member.SECRETARY),
    ):
        if typed and typed not in sitting:
            raise Refused.one("member_unknown", name, typed)
        kept = getattr(row, name) if getattr(row, name) in sitting else None
        by_role = council_member.with_role(council, role)
        setattr(row, name, typed or kept or (by_role.id if by_role is not None else None))
    session.flush()


def _read_times(values: dict[str, object]) -> None:
    for name in TIMES:
        if values.get(name):
            read = clock_time.parse(str(values[name]))
            if read is None:
                label = fields.get("council_session", name).vi
                raise Refused.one("time_unreadable", name, values[name], label=label)
            values[name] = read


def _demand_unbound(session: Session, row: CouncilSession, values: Mapping[str, object]) -> None:
    moved = [name for name in BOUND if name in values and values[name] != getattr(row, name)]
    written = any(hearings.settled(one) for one, _ in hearings.of_session(session, row.id))
    if moved and written:
        label = fields.get("council_session", moved[0]).vi
        raise Refused.one("session_bound", moved[0], values[moved[0]], label=label)


def demand_received(day: str, files: Sequence[tuple[Application, Person]]) -> None:
    """Raise Refused (`session_before_files`): nobody is heard before applying."""
    early = [(one, who) for one, who in files if day and day < (one.received_on or "")]
    if early:
        latest = max(one.received_on or "" for one, _who in early)
        names = ", ".join(who.name or "" for _one, who in early[:5])
        raise Refused.one("session_before_files", "session_on", day, names=names,
                          day=dates.show(latest))  # fmt: skip


def _filed(session: Session, session_id: str) -> list[tuple[Application, Person]]:
    """The files of those who still wait in a session."""
    found = []
    for one, who in hearings.of_session(session, session_id):
        file = session.get(Application, one.application_id) if one.application_id else None
        if file is not None and one.hearing_state == hearings.SCHEDULED:
            found.append((file, who))
    return found


def demand_chair(row: CouncilSession, present: Container[str]) -> None:
    """Raise Refused (`session_chair_absent`): who leads the session is there."""
    if row.chair_id not in present:
        raise Refused.one("session_chair_absent", "present", row.chair_id)


def demand_day(ws: Workspace, row: CouncilSession) -> None:
    """Raise Refused (`session_ahead`): nothing is heard on a day that has not come."""
    if (row.session_on or "") > ws.today().isoformat():
        raise Refused.one("session_ahead", "session_on", row.session_on,
                          day=dates.show(row.session_on or ""))  # fmt: skip


def _demand_roles(
    session: Session, council: Council, row: CouncilSession, without_roles: str
) -> None:
    """A person decides that the council sits without a role, and that stays written down."""
    if not council.lacking or row.session_state == HELD:
        return
    named = ", ".join(codes.label("council_role", one, language()) for one in council.lacking)
    if not words.sentence(without_roles):
        raise Refused.one("council_lacking", "without_roles", named, roles=named)
    kept = [one for one in (row.session_note, " ".join(without_roles.split())) if one]
    row.session_note = "\n".join(kept)
    session.flush()


def _demand_quorum(council: Council, row: CouncilSession, present: Mapping[str, str]) -> None:
    sitting = {one.id for one in council.members}
    strange = [one for one in present if one not in sitting]
    if strange:
        raise Refused.one("member_unknown", "present", strange[0])
    problems = []
    if len(present) < council.quorum or not sitting:
        problems.append(Problem.of("session_no_quorum", "present", len(present),
                                   members=len(sitting), needed=council.quorum))  # fmt: skip
    if row.chair_id not in present:
        problems.append(Problem.of("session_chair_absent", "present", row.chair_id))
    if problems:
        raise Refused(problems)
