"""The public notice of a session: approved by the head, hung up, taken down again (Đ.6 k.1).

It is printed and nothing else: there is no export, and the list has the legal columns alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from app import working_days
from app.actions import (
    access,
    application_moves,
    council_member,
    hearing_cards,
    kept_rows,
    number_series,
)
from app.actions.number_series import Series
from app.errors import Refused
from app.rules import application as steps
from app.rules import council as rules
from app.values.council import NoticeCard, NoticeLine
from app.workspace import Workspace
from data import codes, deadlines, history
from data.records import hearing as hearings
from data.records import notice as records
from data.records.application import Application
from data.records.council_session import CLOSED, CouncilSession
from data.records.hearing import Hearing
from data.records.notice import APPROVED, DRAFT, POSTED, TAKEN_DOWN, Notice
from data.records.person import Person

NOTICES_MAX = 500
PERIOD = "notice_posting"
SHOWN = (rules.DETERMINED, rules.NOT_DISABLED)
"""Conclusions that are posted; that "no conclusion" is not, is chưa kiểm chứng."""
FULL, INITIALS, LEFT_OUT = "full", "initials", "left_out"


def _taken(session: Session, number: str) -> bool:
    return records.with_number(session, number) is not None


SERIES = Series("notice_block", "notice_numbers:", _taken)


def write(ws: Workspace, session_id: str, place: str = "", number: str = "") -> NoticeCard:
    """Write the notice of a closed session, or correct its place and number before it is approved.

    Raises Refused: session_unknown, session_not_closed, notice_empty, notice_settled,
    notice_number_taken.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        meeting = _closed(session, session_id)
        row = records.of_session(session, session_id)
        if not _lines(session, row, meeting):
            raise Refused.one("notice_empty", "id", session_id)
        if row is not None and row.notice_state != DRAFT:
            raise Refused.one("notice_settled", "id", session_id)
        made = row or Notice(
            id=records.notice_id(session_id), office_id=ws.office.id, session_id=session_id
        )
        told = {"notice_place": place or made.notice_place, "notice_number": number}
        values = kept_rows.checked(ws, "notice", {k: v for k, v in told.items() if v})
        other = records.with_number(session, number) if number else None
        if other is not None and other.id != made.id:
            raise Refused.one("notice_number_taken", "notice_number", number)
        if not (number or made.notice_number):
            values["notice_number"] = number_series.take(ws, session, SERIES)
        kept_rows.put(session, made, values | {"notice_state": DRAFT})
        return _card(session, made, meeting)


def decide(ws: Workspace, session_id: str, shows: Mapping[str, str]) -> None:
    """How persons stand on the public list, by the id of their hearing: with the full name, with
    initials, not at all. The chair decides it for minors (chưa kiểm chứng).

    Raises Refused: notice_unknown, notice_settled, hearing_unknown, notice_shows.
    """
    ws.demand("approve")
    with ws.db.write(ws.author()) as session:
        row = _found(session, session_id)
        if row.notice_state not in (DRAFT, APPROVED):  # approved: a birth was corrected since
            raise Refused.one("notice_settled", "id", session_id)
        known = {one.id: one for one, _who in hearings.of_session(session, session_id)}
        for hearing_id, shown in shows.items():
            if hearing_id not in known:
                raise Refused.one("hearing_unknown", "id", hearing_id)
            if not codes.has("notice_shows", shown):
                listed = ", ".join(one.code for one in codes.get("notice_shows").items)
                raise Refused.one("notice_shows", "notice_shows", shown, known=listed)
            kept_rows.put(session, known[hearing_id], {"notice_shows": shown})


def approve(ws: Workspace, session_id: str) -> None:
    """The head lets the list be hung up; for each minor it was decided how.

    Raises Refused: not_allowed, notice_unknown, notice_settled, notice_own (somebody else wrote
    it), notice_minors (names them).
    """
    ws.demand("approve")
    with ws.db.write(ws.author()) as session:
        row = _found(session, session_id)
        if row.notice_state != DRAFT:
            raise Refused.one("notice_settled", "id", session_id)
        known = history.writers_of(session, "notice", [row.id]).get(row.id, frozenset())
        if ws.user.login in known | {row.created_by, row.updated_by}:
            raise Refused.one("notice_own", "id", session_id)
        _demand_decided(session, row, _closed(session, session_id))
        told = {"notice_state": APPROVED, "approved_by": ws.user.login}
        kept_rows.put(session, row, told | {"approved_on": ws.today().isoformat()})


def post(ws: Workspace, session_id: str, on: str = "", place: str = "") -> NoticeCard:
    """The notice hangs from a day on; the files go on, and the day to take it down is known.

    Who was to be heard again meanwhile does not hang: that is for the notice of the later session.
    Raises Refused: notice_unknown, notice_not_approved, notice_empty, notice_minors (a birth was
    corrected since the approval), notice_before_minutes, notice_before_approval, day_not_whole,
    date_in_future.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = _found(session, session_id)
        if row.notice_state != APPROVED:
            raise Refused.one("notice_not_approved", "id", session_id)
        meeting = _closed(session, session_id)
        if not _lines(session, row, meeting):
            raise Refused.one("notice_empty", "id", session_id)
        _demand_decided(session, row, meeting)
        told = {
            "posted_on": on or ws.today().isoformat(),
            "notice_place": place or row.notice_place,
        }
        values = kept_rows.checked(ws, "notice", told)
        council_member.whole_days("notice", values, ("posted_on",))
        day = str(values["posted_on"])
        if day < (meeting.session_on or ""):
            raise Refused.one("notice_before_minutes", "posted_on", day)
        if day < (row.approved_on or ""):
            raise Refused.one("notice_before_approval", "posted_on", day, day=row.approved_on)
        values |= {"notice_state": POSTED, "take_down_on": take_down(day)}
        for one, _who in _concluded(session, meeting):
            if not _stands(session, one):
                kept_rows.put(session, one, {"notice_shows": LEFT_OUT})
            elif one.notice_shows != LEFT_OUT:
                _post_file(ws, session, one.application_id, day)
        kept_rows.put(session, row, values)
        return _card(session, row, meeting)


def take_off(ws: Workspace, session_id: str, on: str = "") -> None:
    """The notice was taken down after its time. Raises Refused: notice_unknown, notice_not_posted,
    notice_too_early, day_not_whole."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = _found(session, session_id)
        if row.notice_state != POSTED:
            raise Refused.one("notice_not_posted", "id", session_id)
        values = kept_rows.checked(ws, "notice", {"taken_down_on": on or ws.today().isoformat()})
        council_member.whole_days("notice", values, ("taken_down_on",))
        if str(values["taken_down_on"]) < (row.take_down_on or ""):
            raise Refused.one("notice_too_early", "taken_down_on", values["taken_down_on"],
                              day=row.take_down_on)  # fmt: skip
        kept_rows.put(session, row, values | {"notice_state": TAKEN_DOWN})


def take_down(posted_on: str) -> str:
    """The last day on which a notice hangs (ISO): so many working days after it was hung up."""
    period = deadlines.working_days(PERIOD, posted_on).amount
    return working_days.due(date.fromisoformat(posted_on), period).due.isoformat()


def of_session(ws: Workspace, session_id: str) -> NoticeCard | None:
    """The notice of a session; None before it was written. The look at the persons is logged."""
    ws.demand("view")
    with ws.db.read() as session:
        meeting = kept_rows.found(session, CouncilSession, session_id, "session_unknown")
        row = records.of_session(session, session_id)
        found = _card(session, row, meeting) if row is not None else None
    if found is not None:
        access.looked(ws, [one.person_id for one in found.lines], "list")
    return found


def listing(ws: Workspace) -> tuple[NoticeCard, ...]:
    """All notices, the latest first, without their lists."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.all_of(session, NOTICES_MAX)
        return tuple(
            _card(session, row, session.get_one(CouncilSession, row.session_id), lines=False)
            for row in rows
        )


def shown_name(line: NoticeLine) -> str:
    """The name as it stands on the public list; of a minor nobody decided about yet, initials
    (chưa kiểm chứng)."""
    if line.shows == INITIALS or (line.minor and not line.shows):
        return " ".join(f"{part[0]}." for part in line.name.split())
    return line.name


def public(card: NoticeCard) -> tuple[NoticeLine, ...]:
    """The lines that are hung up."""
    return tuple(one for one in card.lines if one.shows != LEFT_OUT)


def _demand_decided(session: Session, row: Notice, meeting: CouncilSession) -> None:
    """Raise Refused (`notice_minors`) while the chair has not decided about each minor."""
    open_ones = [one.name for one in _lines(session, row, meeting) if one.minor and not one.shows]
    if open_ones:
        raise Refused.one("notice_minors", "notice_shows", len(open_ones),
                          names=", ".join(open_ones[:5]))  # fmt: skip


def _closed(session: Session, session_id: str) -> CouncilSession:
    row = kept_rows.found(session, CouncilSession, session_id, "session_unknown")
    if row.session_state != CLOSED:
        raise Refused.one("session_not_closed", "id", session_id)
    return row


def _found(session: Session, session_id: str) -> Notice:
    row = records.of_session(session, session_id)
    if row is None:
        raise Refused.one("notice_unknown", "id", session_id)
    return row


def _post_file(ws: Workspace, session: Session, file_id: str | None, day: str) -> None:
    """A file that went on meanwhile (a complaint, a certificate) stays where it is."""
    file = session.get(Application, file_id) if file_id else None
    if file is not None and not file.deleted_at and file.file_step == steps.CONCLUDED:
        application_moves.post(ws, session, file.id, day)


def _lines(session: Session, row: Notice | None, meeting: CouncilSession) -> tuple[NoticeLine, ...]:
    """Who stands on the list; once it hangs, it is what was hung up."""
    hung = row is not None and row.notice_state in (POSTED, TAKEN_DOWN)
    found = _concluded(session, meeting)
    return tuple(_line(one, who) for one, who in found if hung or _stands(session, one))


def _concluded(session: Session, meeting: CouncilSession) -> list[tuple[Hearing, Person]]:
    return [
        (one, who)
        for one, who in hearings.of_session(session, meeting.id)
        if one.hearing_state == hearings.CONCLUDED and one.conclusion in SHOWN
    ]


def _stands(session: Session, one: Hearing) -> bool:
    """Whether a conclusion is still the one of its file: nobody is to hear it again, nobody did."""
    file = session.get(Application, one.application_id) if one.application_id else None
    if file is None:
        return True
    heard = hearings.of_application(session, file.id)
    last = next((each for each in heard if each.hearing_state == hearings.CONCLUDED), None)
    return bool(file.concluded_on) and last is not None and last.id == one.id


def _line(one: Hearing, who: Person) -> NoticeLine:
    minor = hearing_cards.minor(one, who)
    return NoticeLine(
        hearing_id=one.id,
        person_id=who.id,
        name=who.name or "",
        birth=who.birth or "",
        hamlet=who.hamlet or "",
        types=hearing_cards.words(one.types),
        degree=one.degree or "",
        conclusion=one.conclusion or "",
        minor=minor,
        shows=one.notice_shows or ("" if minor else FULL),
    )


def _card(session: Session, row: Notice, meeting: CouncilSession, lines: bool = True) -> NoticeCard:
    return NoticeCard(
        id=row.id,
        session_id=row.session_id,
        session_on=meeting.session_on or "",
        number=row.notice_number or "",
        state=row.notice_state or DRAFT,
        place=row.notice_place or "",
        posted_on=row.posted_on or "",
        take_down_on=row.take_down_on or "",
        taken_down_on=row.taken_down_on or "",
        approved_on=row.approved_on or "",
        approved_by=row.approved_by or "",
        lines=_lines(session, row, meeting) if lines else (),
    )
