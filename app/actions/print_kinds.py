"""What a run of printing prints for each id: persons' complete files, or the files of cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from app.actions import case_folder, form_review, person
from app.actions.case_facts import CaseFacts
from app.actions.case_file import Gathering, file_number
from app.actions.case_form import PRINT, Asked, FormGathering
from app.actions.form_names import WHOLE
from app.actions.print_job import Done
from app.errors import Refused
from app.papers import case_file, cover_index, paper_form
from app.papers.fonts import Family
from app.papers.page import Page
from app.papers.pdf_file import About
from app.rules import dates
from app.values.council_request import SessionPaper
from app.values.paper_blocks import Signer
from app.values.paper_form import CaseFolder
from app.values.papers import CaseFile, CoverIndex, IndexLine, PaperRow, PaperSection, Words
from app.values.person import PeopleFilter
from app.values.sharing import Leave
from app.workspace import Workspace
from data import units
from data.records import finding as records

CARDS_AT_ONCE = 500
Paper = CaseFile | CaseFolder | SessionPaper


class Kind(Protocol):
    """How one kind of file is read, laid out, listed and named."""

    numbered: bool
    """Whether pages carry their place in the volume: they stay together."""

    @property
    def translate(self) -> Words:
        """The language of the papers."""

    def covered(self, count: int) -> bool:
        """Whether so many begin with their list."""

    def expect(self, ids: Sequence[str]) -> None:
        """Read at once what the next few need."""

    def go_outside(self, leave: Mapping[str, Leave]) -> None:
        """These files leave the office: pictures that are kept on no basis stay in it."""

    def of(self, id_: str) -> Paper:
        """One file. Raises Refused."""

    def pages(self, paper: Paper, family: Family) -> list[Page]:
        """Its pages."""

    def about(self, paper: Paper) -> About:
        """What its PDF says about itself."""

    def volume(self, count: int) -> About:
        """What the PDF of many says about itself."""

    def cover(
        self, ids: Sequence[str], done: Mapping[str, Done], separate: bool, family: Family
    ) -> list[Page]:
        """The list of all, with the pages or files known so far."""

    def names(self, ids: Sequence[str]) -> dict[str, str]:
        """Whose they are; who is gone from the store has the number of the file."""

    def persons(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The persons in these files, for the log."""


class PersonFiles:
    """Complete files of persons, with an index before several."""

    numbered = True

    def __init__(self, ws: Workspace, confidential: bool) -> None:
        self.ws = ws
        self.gathering = Gathering(ws, None if confidential else False)
        self.translate = self.gathering.translate
        self.leave: Mapping[str, Leave] = {}

    def covered(self, count: int) -> bool:
        return count > 1

    def expect(self, ids: Sequence[str]) -> None:
        self.gathering.expect(ids)

    def go_outside(self, leave: Mapping[str, Leave]) -> None:
        self.gathering.outside = True
        self.leave = leave

    def of(self, id_: str) -> Paper:
        paper, leave = self.gathering.of(id_), self.leave.get(id_)
        if leave is None:
            return paper
        said = PaperSection(self.translate("Gửi ra ngoài"), (PaperRow("", leave.stands_on),))
        return replace(paper, sections=(said, *paper.sections))

    def pages(self, paper: Paper, family: Family) -> list[Page]:
        assert isinstance(paper, CaseFile)
        return case_file.pages(paper, family, self.translate)

    def about(self, paper: Paper) -> About:
        assert isinstance(paper, CaseFile)
        return case_file.about(paper, self.translate)

    def volume(self, count: int) -> About:
        title = self.translate("Hồ sơ của {count} người", count=count)
        return About(title, self.gathering.letterhead.issuing_body)

    def cover(
        self, ids: Sequence[str], done: Mapping[str, Done], separate: bool, family: Family
    ) -> list[Page]:
        told = self.gathering
        lines = tuple(self._lines(ids, done, separate))
        paper = CoverIndex(
            told.letterhead, lines, told.printed_by, told.printed_at, self.ws.office.demo
        )
        return cover_index.pages(paper, family, self.translate)

    def names(self, ids: Sequence[str]) -> dict[str, str]:
        names = {one: file_number(one) for one in ids}
        for start in range(0, len(ids), CARDS_AT_ONCE):
            which = PeopleFilter(ids=tuple(ids[start : start + CARDS_AT_ONCE]))
            cards = person.listing(self.ws, which, limit=CARDS_AT_ONCE).cards
            names |= {card.id: card.name for card in cards}
        return names

    def persons(self, ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(ids)

    def _lines(
        self, ids: Sequence[str], done: Mapping[str, Done], separate: bool
    ) -> Iterator[IndexLine]:
        for start in range(0, len(ids), CARDS_AT_ONCE):
            some = ids[start : start + CARDS_AT_ONCE]
            page = person.listing(self.ws, PeopleFilter(ids=tuple(some)), limit=CARDS_AT_ONCE)
            cards = {card.id: card for card in page.cards}
            for person_id in some:
                card = cards.get(person_id)
                printed = done.get(person_id)
                commune = units.full_name(card.commune) if card and card.commune else ""
                yield IndexLine(
                    name=card.name if card else file_number(person_id),
                    birth=dates.show(card.birth) if card and card.birth else "",
                    commune=commune,
                    page=printed.page if printed else 0,
                    file=printed.file if printed and separate else "",
                )


class CaseFolders:
    """Whole files of cases for a supervisor, who ticks a list on the first sheet."""

    numbered = True

    def __init__(self, ws: Workspace, confidential: bool) -> None:
        self.ws = ws
        self.gathering = FormGathering(ws, confidential, PRINT)
        self.translate = self.gathering.translate
        self._persons: dict[str, str] = {}
        self._looks: dict[str, tuple[str, str]] = {}

    def covered(self, count: int) -> bool:
        """Even one case has the list to tick before it."""
        return count > 0

    def expect(self, ids: Sequence[str]) -> None:
        """Every case is read alone: there are few, and much of each."""

    def go_outside(self, _leave: Mapping[str, Leave]) -> None:
        """Pictures that are kept on no basis stay in the office."""
        self.gathering.office.outside = True

    def of(self, id_: str) -> Paper:
        folder = self.gathering.folder(id_)
        self._persons[id_] = folder.person_id
        return folder

    def pages(self, paper: Paper, family: Family) -> list[Page]:
        assert isinstance(paper, CaseFolder)
        return case_folder.pages(self.gathering, paper, family)

    def about(self, paper: Paper) -> About:
        assert isinstance(paper, CaseFolder)
        return paper_form.about(paper.forms[0], self.translate)

    def volume(self, count: int) -> About:
        title = self.translate("Hồ sơ {count} ca để xem xét", count=count)
        return About(title, self.gathering.office.letterhead.issuing_body)

    def cover(
        self, ids: Sequence[str], done: Mapping[str, Done], separate: bool, family: Family
    ) -> list[Page]:
        lines = []
        for one in ids:
            who, look = self._look(one)
            lines.append((who, look, str(done[one].page) if one in done else "-"))
        told = self.gathering.office
        paper = replace(
            self.gathering.form(Asked(WHOLE, CaseFacts())),
            title="DANH SÁCH CA TRÌNH XEM XÉT",
            about=f"Gồm {len(ids)} ca",
            parts=(form_review.part(lines),),
            signers=(Signer("Người trình", name=told.full_name(self.ws.user.login)),
                     Signer("Người xem xét")),
        )  # fmt: skip
        return paper_form.pages(paper, family, self.translate)

    def names(self, ids: Sequence[str]) -> dict[str, str]:
        names = {one: file_number(one) for one in ids}
        with self.ws.db.read() as session:
            for start in range(0, len(ids), CARDS_AT_ONCE):
                found = records.listed_cases(session, ids[start : start + CARDS_AT_ONCE])
                names |= {one: who.name or names[one] for one, (_case, who) in found.items()}
        return names

    def persons(self, ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._persons[one] for one in ids))

    def _look(self, case_id: str) -> tuple[str, str]:
        """Who a case is about and what to look at; of one that is gone only its number."""
        if case_id not in self._looks:
            try:
                facts = self.gathering.facts(case_id)
                look = form_review.look_at(facts, self.ws.today())
                self._looks[case_id] = form_review.who(facts), look
            except Refused as refused:
                said = "; ".join(one.message for one in refused.problems)
                self._looks[case_id] = file_number(case_id), said
        return self._looks[case_id]
