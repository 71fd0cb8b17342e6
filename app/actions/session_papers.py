"""All papers of one session of the council: which there are, in which order, as one print job.

Each paper stands alone when it is handed out: pages carry no number of the volume.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.actions.case_file import file_number
from app.actions.council_paper import PRINT, CouncilGathering
from app.actions.council_paper_names import (
    BY_PAPER,
    BY_PERSON,
    FILE,
    HEARING,
    OF,
    OF_SESSION,
    REFERRAL,
    SESSION,
    names,
)
from app.actions.print_job import Done
from app.errors import Refused
from app.papers import letter, paper_form
from app.papers.fonts import Family
from app.papers.page import Page
from app.papers.pdf_file import About
from app.values.council_request import CouncilRequest, CouncilSheet, SessionPaper
from app.values.letter import Letter
from app.values.papers import Words
from app.values.sharing import Leave
from app.workspace import Workspace
from data.records import hearing as hearings
from data.records import medical_referral as referrals
from data.records import merger
from data.records.application import Application
from data.records.council_session import PLANNED, CouncilSession
from data.records.hearing import ADJOURNED, Hearing
from data.records.medical_referral import MedicalReferral
from data.records.notice import DRAFT
from data.records.notice import of_session as notice_of
from data.records.person import Person

APART = ":"
RECORDS: dict[str, type[Any]] = {
    FILE: Application,
    HEARING: Hearing,
    SESSION: CouncilSession,
    REFERRAL: MedicalReferral,
}
KEPT = "Bản lưu trong hồ sơ phiên họp; danh sách chỉ niêm yết trên giấy, không đưa lên mạng."
"""On the public list where it is kept among the papers of its session."""
CONCLUDED = ("determined", "not_disabled", "inconclusive")


@dataclass(frozen=True, slots=True)
class There:
    """What a session has papers of: its hearings in order, and what goes with some of them."""

    session_id: str
    heard: tuple[Hearing, ...]
    pupils: frozenset[str]
    sent: Mapping[str, str]
    """By hearing the latest referral to the medical board out of its file."""

    posted: bool
    ahead: bool
    """Whether it is still to be held: invitations go out before it."""

    def whole(self, paper: str) -> str:
        """The key of a paper that all share; empty when there is none."""
        there = self.posted if paper == "notice" else self.ahead
        return _key(paper, self.session_id) if there else ""

    def of(self, paper: str, one: Hearing) -> str:
        """The key of a paper of one person; empty when it cannot be made now."""
        if paper == "conclusion":
            return _key(paper, one.id) if one.conclusion in CONCLUDED else ""
        if paper == "council-04":
            return _key(paper, one.application_id or "") if one.id in self.pupils else ""
        if paper == "referral":
            return _key(paper, self.sent[one.id]) if one.id in self.sent else ""
        if paper == "sheet" and one.hearing_state == ADJOURNED:
            return ""
        if paper == "invitation" and not self.ahead:
            return ""
        return _key(paper, one.id)


def chosen(
    ws: Workspace, session_id: str, papers: Sequence[str] = (), order: str = BY_PERSON
) -> tuple[str, ...]:
    """What is printed of a session: those papers (all when none is named) that can be made now.

    By person: what all share, then everything of one person after the other, last what hangs
    outside; by paper: one kind after the other. Raises Refused: not_allowed, council_paper_record,
    council_paper_unknown, council_paper_order, nobody_to_print, notice_no_file.
    """
    ws.demand("print")
    wanted = tuple(papers) or OF_SESSION
    if set(wanted) == {"notice"}:
        raise Refused.one("notice_no_file", "paper", "notice")
    strange = [paper for paper in wanted if paper not in OF_SESSION]
    if strange:
        raise Refused.one("council_paper_unknown", "paper", strange[0])
    if order not in (BY_PERSON, BY_PAPER):
        raise Refused.one("council_paper_order", "order", order)
    with ws.paper().db.read() as session:
        there = _there(session, session_id)
    ordered = [paper for paper in OF_SESSION if paper in wanted]
    found = (_by_paper if order == BY_PAPER else _by_person)(there, ordered)
    keys = tuple(key for key in found if key) if there.heard else ()
    if not keys:
        raise Refused.one("nobody_to_print", "id", session_id)
    return keys


def _there(session: Session, session_id: str) -> There:
    row = session.get(CouncilSession, session_id)
    if row is None or row.deleted_at:
        raise Refused.one("council_paper_record", "id", session_id)
    heard = tuple(one for one, _who in hearings.of_session(session, session_id))
    files = {
        one.id: session.get(Application, one.application_id) for one in heard if one.application_id
    }
    sent = {
        one.id: found[0].id
        for one in heard
        if one.application_id and (found := referrals.of_application(session, one.application_id))
    }
    pupils = frozenset(key for key, file in files.items() if file is not None and file.is_pupil)
    hung = notice_of(session, session_id)
    posted = hung is not None and hung.notice_state != DRAFT
    return There(session_id, heard, pupils, sent, posted, row.session_state == PLANNED)


def _by_paper(there: There, papers: Sequence[str]) -> Iterator[str]:
    for paper in papers:
        if OF[paper] == SESSION:
            yield there.whole(paper)
        else:
            yield from (there.of(paper, one) for one in there.heard)


def _by_person(there: There, papers: Sequence[str]) -> Iterator[str]:
    if "members" in papers:
        yield there.whole("members")
    for one in there.heard:
        yield from (there.of(paper, one) for paper in papers if OF[paper] != SESSION)
    if "notice" in papers:
        yield there.whole("notice")


class SessionPapers:
    """A kind of print job (`print_kinds.Kind`): each id is a paper and its record."""

    numbered = False

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self.gathering = CouncilGathering(ws, PRINT)
        self.translate = self.gathering.translate
        self._titles = names()
        self._persons: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, str] = {}

    def covered(self, count: int) -> bool:
        """Never: see `cover`."""
        return False

    def expect(self, ids: Sequence[str]) -> None:
        """Each record is read alone: a session has tens of them."""

    def go_outside(self, _leave: Mapping[str, Leave]) -> None:
        """Whom these papers are for, the law says: nobody else is asked."""

    def of(self, id_: str) -> SessionPaper:
        """One paper of the session."""
        paper, _, record = id_.partition(APART)
        sheets = self.gathering.sheets(CouncilRequest(paper, record))
        if paper == "notice":
            sheets = tuple(replace(one, remark=KEPT) for one in sheets if isinstance(one, Letter))
        made = SessionPaper(self.names((id_,))[id_], file_number(record), sheets)
        self._persons[id_] = made.persons
        return made

    def pages(self, paper: object, family: Family) -> list[Page]:
        """The pages of all its sheets."""
        assert isinstance(paper, SessionPaper)
        return [page for one in paper.sheets for page in sheet_pages(one, family, self.translate)]

    def about(self, paper: object) -> About:
        """What the PDF of one says about itself: which paper, never a name."""
        assert isinstance(paper, SessionPaper)
        first = paper.sheets[0]
        if isinstance(first, Letter):
            return letter.about(first)
        return paper_form.about(first, self.translate)

    def volume(self, count: int) -> About:
        """What the PDF of all says about itself."""
        office = self.gathering.office.letterhead
        return About(self.translate("{count} giấy tờ của phiên họp", count=count),
                     office.issuing_body)  # fmt: skip

    def cover(
        self, ids: Sequence[str], done: Mapping[str, Done], separate: bool, family: Family
    ) -> list[Page]:
        """None: these papers are handed out, and a list of them would lie on top of every heap."""
        return []

    def names(self, ids: Sequence[str]) -> dict[str, str]:
        """Which paper, and whose where it is somebody's."""
        unknown = [one for one in ids if one not in self._names]
        if unknown:
            with self.ws.paper().db.read() as session:
                for one in unknown:
                    paper, _, record = one.partition(APART)
                    row = session.get(RECORDS[OF[paper]], record)
                    about = getattr(row, "person_id", None)
                    who = session.get(Person, merger.survivor(session, about)) if about else None
                    said = (self._titles[paper], (who.name or "") if who is not None else "")
                    self._names[one] = " - ".join(words for words in said if words)
        return {one: self._names[one] for one in ids}

    def persons(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Whom these papers name, for the log."""
        return tuple(dict.fromkeys(who for one in ids for who in self._persons.get(one, ())))


def persons_in(ws: Workspace, ids: Sequence[str]) -> tuple[str, ...]:
    """Whom printed papers of a session name: of a list of all everybody on it."""
    found: list[str] = []
    with ws.paper().db.read() as session:
        for one in ids:
            paper, _, record = one.partition(APART)
            if OF[paper] == SESSION:
                listed = hearings.of_session(session, record) if paper == "notice" else []
                found += [who.id for _row, who in listed]
                continue
            row = session.get(RECORDS[OF[paper]], record)
            if row is not None:
                found.append(merger.survivor(session, row.person_id))
    return tuple(dict.fromkeys(found))


def sheet_pages(one: CouncilSheet, family: Family, translate: Words) -> list[Page]:
    """The pages of a form or of a letter."""
    if isinstance(one, Letter):
        return letter.pages(one, family, translate)
    return paper_form.pages(one, family, translate)


def _key(paper: str, record: str) -> str:
    return f"{paper}{APART}{record}"
