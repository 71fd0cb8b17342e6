"""The one search: people, cases and papers that have all the words; and what one opened last.

Every answer holds only what the user may read: no removed persons, no title that tells of HIV to
who does not hold the second key, and of printed files only one's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from sqlalchemy.orm import Session

from app.actions import case_cards, field_values, form_found, person_cards, worker
from app.values.care_case import CaseCard
from app.values.finding import Found, PaperCard, Recent
from app.values.person import PeopleFilter, PersonCard
from app.wording import translate
from app.workspace import Workspace
from data import codes
from data.records import finding as records
from data.records import merger, people
from data.records.care_case import CareCase
from data.records.person import Person
from data.text import fold, joined_numbers, nfc, other_tone_place, search_fold

FIRST_FEW = 5
WORDS_MAX = 6
RECENT_MAX = 8
NUMBER_SIGNS_MIN = 2
BEGINNING = re.compile(r"\w+")
Look = Callable[[Session, str], list[records.Titled]]
NUMBERED: dict[str, Look] = {
    "certificate": records.certificates,
    "receipt": records.receipts,
    "minutes": records.minutes,
}
"""Papers that are found by the beginning of their number."""
HANDOVERS = ("certificates", "cases", "allowances")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, its folded words, and whether they already name people."""

    typed: str
    words: tuple[str, ...]
    names_people: bool


def find(ws: Workspace, typed: str, limit: int = FIRST_FEW) -> Found:
    """The first few people, cases and papers that have every word, with or without marks."""
    who, others = find_people(ws, typed, limit), find_records(ws, typed, limit)
    return replace(who, cases=others.cases, papers=others.papers)


def find_people(ws: Workspace, typed: str, limit: int = FIRST_FEW) -> Found:
    """The people alone: what a search can show at once."""
    ws.demand("view")
    words = _words(typed)
    if not words:
        return Found()
    with ws.db.read() as session:
        who = _people(session, typed, words)
        first = sorted(who, key=lambda one: _rank(one, typed, words))[:limit]
        return Found(people=_cards(session, [one.id for one in first]), more=len(who) > limit)


def find_records(ws: Workspace, typed: str, limit: int = FIRST_FEW) -> Found:
    """The cases and papers alone, also those of people who are found."""
    ws.demand("view")
    words = _words(typed)
    if not words:
        return Found()
    with ws.db.read() as session:
        who = _people(session, typed, words)
        cases = tuple(_cases(session, words, who, limit))
        papers = tuple(_papers(ws, session, Asked(typed, words, bool(who)), limit))
    return Found(cases=cases, papers=(*form_found.papers(ws, typed), *papers))


def recent(ws: Workspace, limit: int = RECENT_MAX) -> tuple[Recent, ...]:
    """The people and cases this user opened last on this PC, newest first, each once.

    Who was merged into somebody is shown as who that is now; removed ones are left out.
    """
    ws.demand("view")
    with ws.db.read() as session:
        opened: dict[tuple[str, str], str] = {}
        for person_id, detail, at in records.pages_opened(session, ws.user.login):
            opened.setdefault((person_id, detail.partition(" ")[2]), at)
        lately = list(opened)[: limit * 3]
        cases = records.listed_cases(session, [case_id for _who, case_id in lately if case_id])
        now: dict[tuple[str, str], str] = {}
        for person_id, case_id in lately:
            at = opened[person_id, case_id]
            if case_id in cases:
                now.setdefault((cases[case_id][1].id, case_id), at)
            elif not case_id:
                now.setdefault((merger.survivor(session, person_id), ""), at)
        listed = {each.id for each in people.with_ids(session, [who for who, _case in now])}
        kept = [key for key in now if key[0] in listed][:limit]
        shown = {card.id: card for card in _cards(session, [who for who, _case in kept])}
        names = worker.names(session)
    return tuple(
        Recent(now[who, case_id], shown[who], _case_card(cases.get(case_id), names))
        for who, case_id in kept
    )


def printed(ws: Workspace, name: str) -> tuple[str, ...]:
    """Ids of the people in a file this user printed lately, to print them again."""
    ws.demand("print")
    with ws.db.read() as session:
        return tuple(records.printed(session, ws.user.login, name))


def _case_card(row: tuple[CareCase, Person] | None, names: Mapping[str, str]) -> CaseCard | None:
    return None if row is None else case_cards.card(*row, None, names)


def _cards(session: Session, ids: Sequence[str]) -> tuple[PersonCard, ...]:
    """Cards in the order of the ids."""
    shown = person_cards.cards_by_id(session, ids)
    return tuple(shown[one] for one in dict.fromkeys(ids))


def _words(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(search_fold(joined_numbers(nfc(typed))).split()))[:WORDS_MAX]


def _people(session: Session, typed: str, words: Sequence[str]) -> Sequence[records.Named]:
    named = _with_marks(typed, records.persons(session, words, nfc(typed)))
    return list({one.id: one for one in (*named, *_said(session, typed))}.values())


def _with_marks(typed: str, who: Sequence[records.Named]) -> Sequence[records.Named]:
    """Those who have the marked words as they were typed; all of them when nobody has."""
    marked = [word for word in nfc(typed).lower().split() if fold(word) != word]
    told = {one.id: f"{one.name} {one.hamlet}".lower() for one in who}
    exact = [
        one
        for one in who
        if all(word in told[one.id] or other_tone_place(word) in told[one.id] for word in marked)
    ]
    return exact or who


def _rank(one: records.Named, typed: str, words: Sequence[str]) -> int:
    """0 for who has just that name, then whose name ends so; hamlets and numbers come last."""
    name, asked = f" {_spelt(one.name or '')}", f" {_spelt(typed)}"
    plain, folded = f" {search_fold(one.name or '')}", f" {search_fold(typed)}"
    orders = (
        name == asked,
        plain == folded,
        name.endswith(asked),
        plain.endswith(folded),
        all(f" {word}" in plain for word in words),
    )
    return next((place for place, met in enumerate(orders) if met), len(orders))


def _spelt(words: str) -> str:
    """Small letters with their marks, the tones at one of the two usual places."""
    small = nfc(words).lower().split()
    return " ".join(min(word, other_tone_place(word)) for word in small)


def _said(session: Session, typed: str) -> Sequence[records.Named]:
    """Whom the words mean where some of them are a commune's name or a birth."""
    wanted = person_cards.wanted(PeopleFilter(query=typed))
    if not wanted.said:
        return ()
    rows, _last = people.page(session, wanted, None, records.PERSONS_LOOKED_AT)
    ids = [str(row[0]) for row in rows]
    found = {one.id: one for one in people.with_ids(session, ids)}
    there = [found[one] for one in ids if one in found]
    return [records.Named(one.id, one.name, one.hamlet or "") for one in there]


def _cases(
    session: Session, words: Sequence[str], who: Sequence[records.Named], limit: int
) -> Iterator[CaseCard]:
    """Cases of those people, cases with the words in number or worker, then by status."""
    named = [(word, _statuses(word)) for word in words]
    rest = [word for word, statuses in named if not statuses]
    found = records.cases_of(session, [one.id for one in who], (), limit)
    found += records.cases_with(session, words, (), limit)
    users = worker.logins_like(session, " ".join(words))
    found += records.cases_by(session, users, limit)
    if len(rest) < len(words):
        of_status = [set(statuses) for _word, statuses in named if statuses]
        wanted = sorted(set.intersection(*of_status))
        if wanted and rest:
            theirs = [one.id for one in records.persons(session, rest)]
            found += records.cases_of(session, theirs, wanted, limit)
        if wanted:
            found += records.cases_with(session, rest, wanted, limit)
    first = list({case.id: (case, who) for case, who in found}.values())[:limit]
    names = worker.names(session)
    return (case_cards.card(case, who, None, names) for case, who in first)


def _papers(ws: Workspace, session: Session, asked: Asked, limit: int) -> Iterator[PaperCard]:
    words = asked.words
    for kind, look in NUMBERED.items():
        for one in _numbered(session, look, asked.typed)[:limit]:
            yield _titled(one, kind)
    for one in _files(session, asked, limit):
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


def _numbered(session: Session, look: Look, typed: str) -> list[records.Titled]:
    """Papers whose number begins as typed, whatever stands between its parts."""
    number = fold(typed).replace(" ", "")
    begins = BEGINNING.match(typed.strip())
    if begins is None or len(number) < NUMBER_SIGNS_MIN or not re.search(r"\d", number):
        return []
    found = look(session, begins[0])
    return [one for one in found if fold(one.title).replace(" ", "").startswith(number)]


def _files(session: Session, asked: Asked, limit: int) -> list[records.Titled]:
    """Kept files by title; else by title and person together ("khai sinh hường")."""
    words = asked.words
    found = records.attachments(session, words, limit)
    if asked.names_people:
        return found
    for place in range(1, len(words)):
        for title, name in ((words[:place], words[place:]), (words[place:], words[:place])):
            if not found and records.any_file(session, title):
                who = [one.id for one in records.persons(session, name)]
                found = records.attachments(session, title, limit, who) if who else []
    return found


def _titled(one: records.Titled, kind: str) -> PaperCard:
    return PaperCard(kind, one.id, one.title or "", one.person_id, one.person_name, one.day or "")


def _may_read(ws: Workspace, title: str | None) -> bool:
    """Whether somebody may read a title: what tells of HIV only who holds the second key."""
    return field_values.discreet(title, ws.restricted is not None) != field_values.CLOSED


def _statuses(word: str) -> tuple[str, ...]:
    """The statuses of cases that a word names, in either language."""
    return tuple(
        item.code
        for item in codes.get("case_status").items
        if any(word in search_fold(name).split() for name in (item.vi, item.en))
    )


def kind(one: PaperCard) -> str:
    """What kind of paper was found, in words."""
    return {
        "attachment": translate("giấy tờ, ảnh"),
        "certificate": translate("giấy xác nhận khuyết tật"),
        "receipt": translate("giấy tiếp nhận hồ sơ"),
        "minutes": translate("biên bản họp Hội đồng"),
        "print": translate("tệp đã in"),
        "import": translate("danh sách đã nhập"),
        "handover": translate("biên bản bàn giao"),
        "form": translate("tờ mẫu in ra"),
    }[one.kind]
