"""The one search: people, cases and papers that have all the words; and what one opened last.

Every answer holds only what the user may read: no removed persons, no title that tells of HIV to
who does not hold the second key, and of printed files only one's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from sqlalchemy.orm import Session

from app.actions import case_cards, person_cards
from app.actions import person as people
from app.imports import discretion
from app.values.finding import Found, PaperCard, Recent
from app.values.person import PeopleFilter
from app.workspace import Workspace
from data import codes
from data.records import finding as records
from data.records import merger
from data.records import people as cards
from data.text import fold, joined_numbers, nfc, search_fold

FIRST_FEW = 5
WORDS_MAX = 6
RECENT_MAX = 8
NUMBER_SIGNS_MIN = 2
HANDOVERS = ("certificates", "cases", "allowances")


def find(ws: Workspace, typed: str, limit: int = FIRST_FEW) -> Found:
    """The first few people, cases and papers that have every word, with or without marks."""
    ws.demand("view")
    words = tuple(dict.fromkeys(search_fold(joined_numbers(nfc(typed))).split()))[:WORDS_MAX]
    if not words:
        return Found()
    page = people.listing(ws, PeopleFilter(query=typed), None, limit + 1)
    with ws.db.read() as session:
        rows = records.cases(session, {word: _statuses(word) for word in words}, limit)
        papers = tuple(_papers(ws, session, typed, words, limit))
    return Found(
        page.cards[:limit],
        len(page.cards) > limit,
        tuple(case_cards.card(case, who, None) for case, who in rows),
        papers,
    )


def recent(ws: Workspace, limit: int = RECENT_MAX) -> tuple[Recent, ...]:
    """The people and cases this user opened last on this PC, newest first, each once.

    Who was merged into somebody is shown as who that is now; removed ones are left out.
    """
    ws.demand("view")
    with ws.db.read() as session:
        opened = records.pages_opened(session, ws.user.login)
        case_ids = [detail.partition(" ")[2] for _who, detail, _at in opened if detail]
        cases = records.listed_cases(session, case_ids)
        now: dict[tuple[str, str], str] = {}
        for person_id, detail, at in opened:
            case_id = detail.partition(" ")[2]
            if case_id in cases:
                now.setdefault((cases[case_id][1].id, case_id), at)
            elif not case_id:
                now.setdefault((merger.survivor(session, person_id), ""), at)
        listed = {each.id for each in cards.with_ids(session, [who for who, _case in now])}
        kept = [key for key in now if key[0] in listed][:limit]
        rows = cards.cards(session, [who for who, _case in kept])
        shown = {card.id: card for card in person_cards.cards_of(session, rows)}
    return tuple(
        Recent(now[who, case_id], shown[who], _case_card(cases.get(case_id)))
        for who, case_id in kept
    )


def _case_card(row: tuple[records.CareCase, records.Person] | None) -> case_cards.CaseCard | None:
    return None if row is None else case_cards.card(*row, None)


def _papers(
    ws: Workspace, session: Session, typed: str, words: Sequence[str], limit: int
) -> Iterator[PaperCard]:
    number = fold(typed).replace(" ", "")
    if len(number) >= NUMBER_SIGNS_MIN and any(sign.isdigit() for sign in number):
        for one in records.certificates(session, number, limit):
            yield _titled(one, "certificate")
    for one in records.attachments(session, words, limit):
        if _may_read(ws, one.title):
            yield _titled(one, "attachment")
    if ws.can("import"):
        for run in records.import_runs(session, words, limit):
            if _may_read(ws, run.file_name):
                kind = "handover" if run.kind in HANDOVERS else "import"
                yield PaperCard(kind, run.id, run.file_name, day=run.started_at)
    if ws.can("print"):
        for file in records.prints(session, ws.user.login, words, limit):
            if PurePath(file.name).suffix and _may_read(ws, file.name):
                one_person = file.person_id if file.persons == 1 else ""
                yield PaperCard(
                    "print", file.name, file.name, one_person, "", file.at, file.persons
                )


def _titled(one: records.Titled, kind: str) -> PaperCard:
    return PaperCard(kind, one.id, one.title or "", one.person_id, one.person_name, one.day or "")


def _may_read(ws: Workspace, title: str | None) -> bool:
    """Whether somebody may read a title: what tells of HIV only who holds the second key."""
    return ws.restricted is not None or not discretion.says(title or "")


def _statuses(word: str) -> tuple[str, ...]:
    """The statuses of cases that a word names, in either language."""
    return tuple(
        item.code
        for item in codes.get("case_status").items
        if any(word in search_fold(name).split() for name in (item.vi, item.en))
    )
