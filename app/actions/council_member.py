"""Who sits on the council: set by a decision of the head, with roles and a period."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import field_values, kept_rows
from app.errors import Problem, Refused
from app.rules import council as rules
from app.values.council import Council, MemberCard, MemberDraft
from app.workspace import Workspace
from data import council_rules, fields
from data.records import council_member as records
from data.records import office
from data.records.council_member import CouncilMember

REQUIRED = ("full_name", "position", "council_role", "decision_number", "valid_from")
WHOLE_DAY = 10
CHAIR, SECRETARY = "chair", "labour"


def save(ws: Workspace, draft: MemberDraft) -> str:
    """Set a member or correct one; answers the id.

    Raises Refused: member_unknown, day_not_whole, days_reversed, council_two_chairs,
    member_login_unknown, and what the fields refuse.
    """
    ws.demand("approve")
    with ws.db.write(ws.author()) as session:
        row = (
            kept_rows.found(session, CouncilMember, draft.id, "member_unknown")
            if draft.id
            else None
        )
        values = kept_rows.checked(ws, "council_member", draft.fields, row, REQUIRED)
        whole_days("council_member", values, ("valid_from", "valid_to"))
        kept_rows.refuse_reversed("council_member", values, row, "valid_from", "valid_to")
        _demand_login(session, values)
        made = row or CouncilMember(office_id=ws.office.id)
        kept_rows.put(session, made, values)
        _demand_one_chair(session, made)
        return made.id


def retire(ws: Workspace, member_id: str, until: str, decision_number: str = "") -> None:
    """A member leaves: the last day counts. Who left stays in the minutes of that time.

    Raises Refused: member_unknown, day_not_whole, days_reversed.
    """
    told: dict[str, object] = {"valid_to": until}
    save(ws, MemberDraft(told | ({"decision_number": decision_number} if decision_number else {}),
                         member_id))  # fmt: skip


def remove(ws: Workspace, member_id: str, reason: str) -> None:
    """Take off a member written by mistake, who never sat."""
    ws.demand("approve")
    kept_rows.withdraw(ws, CouncilMember, member_id, reason, "member_unknown")


def council(ws: Workspace, day: str = "", everybody: bool = False) -> Council:
    """The council of a day (today when empty); with `everybody` also who sat or will sit."""
    ws.demand("view")
    with ws.db.read() as session:
        return of_day(ws, session, day or ws.today().isoformat(), everybody)


def of_day(ws: Workspace, session: Session, day: str, everybody: bool = False) -> Council:
    """As `council`, within somebody's look."""
    cards = [card(ws, one, day) for one in records.all_of(session)]
    sitting = [one for one in cards if one.sits]
    held = {role for one in sitting for role in one.roles}
    lacking = rules.lacking_roles(council_rules.roles(day), held)
    quorum = rules.needed(len(sitting), council_rules.quorum(day))
    shown = cards if everybody else sitting
    return Council(day, tuple(sorted(shown, key=_rank)), lacking, quorum)


def card(ws: Workspace, row: CouncilMember, day: str) -> MemberCard:
    """A member as a frozen value."""
    return MemberCard(
        id=row.id,
        name=row.full_name or "",
        position=row.position or "",
        roles=tuple((row.council_role or "").split()),
        signs_as=row.signs_as or CHAIR,
        decision_number=row.decision_number or "",
        decision_on=row.decision_on or "",
        valid_from=row.valid_from or "",
        valid_to=row.valid_to or "",
        login=row.login or "",
        sits=records.sits(row, day),
        fields=kept_rows.shown(ws, "council_member", row),
    )


def with_role(council_of_day: Council, role: str) -> MemberCard | None:
    """Who holds a role."""
    return next((one for one in council_of_day.members if one.sits and role in one.roles), None)


def whole_days(record: str, values: dict[str, object], names: tuple[str, ...]) -> None:
    """Raise Refused (`day_not_whole`) for a month or year where a day is needed."""
    wrong = [
        Problem.of("day_not_whole", name, values[name], label=fields.get(record, name).vi)
        for name in names
        if values.get(name) and len(str(values[name])) != WHOLE_DAY
    ]
    if wrong:
        raise Refused(wrong)


def shown_day(ws: Workspace, day: str) -> str:
    """A day as typed (7/8/2026, 2026-08-07) as an ISO day. Raises Refused."""
    found = field_values.clean(ws, "council_session", {"session_on": day})
    if found.problems:
        raise Refused(found.problems)
    whole_days("council_session", found.values, ("session_on",))
    return str(found.values["session_on"] or "")


def _rank(one: MemberCard) -> tuple[int, str]:
    order = list(council_rules.roles(one.valid_from or "2019-03-15"))
    return min((order.index(role) for role in one.roles if role in order), default=99), one.id


def _demand_login(session: Session, values: dict[str, object]) -> None:
    login = values.get("login")
    if login and office.user_of(session, str(login)) is None:
        raise Refused.one("member_login_unknown", "login", login)


def _demand_one_chair(session: Session, row: CouncilMember) -> None:
    """No day has two chairs: each new one begins when the former has left."""
    if CHAIR not in (row.council_role or "").split():
        return
    for other in records.all_of(session):
        both = other.id != row.id and CHAIR in (other.council_role or "").split()
        if both and _meet(row, other):
            raise Refused.one("council_two_chairs", "council_role", row.full_name,
                              name=other.full_name)  # fmt: skip


def _meet(one: CouncilMember, other: CouncilMember) -> bool:
    until = (one.valid_to or "9999", other.valid_to or "9999")
    return (one.valid_from or "") <= until[1] and (other.valid_from or "") <= until[0]
