"""Forms of case management: filled from a case, or blank with a code that finds it again.

Mẫu 01-06 of TT 02/2020/TT-BLĐTBXH, the sheet that goes along on a visit, the whole file of a case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.actions import case_facts, form_case, form_file, form_person, form_visit, settings
from app.actions.case_facts import CaseFacts
from app.actions.case_file import Gathering, file_number
from app.actions.form_names import OFFICIAL, VISIT, WHOLE
from app.errors import Refused
from app.rules import paper_code
from app.values.paper_blocks import FormPart, Said, Signer
from app.values.paper_form import CaseFolder, FormRequest, PaperForm
from app.values.papers import Letterhead
from app.workspace import Workspace
from data.base import new_id
from data.records.case_plan import CasePlan

SOURCE = "Mẫu số {number}, ban hành kèm theo Thông tư số 02/2020/TT-BLĐTBXH"
SHEETS, PRINT = "sheets", "print"
COUNT_MAX = 200
"""Blank forms of one call: two packs of paper."""

TITLES = {
    "01": "Thu thập thông tin đối tượng",
    "02": "Đánh giá nhu cầu chăm sóc, trợ giúp",
    "03": "Tiêu chí xác định đối tượng",
    "04": "Kế hoạch chăm sóc, trợ giúp",
    "05": "Ghi chép tiến độ, theo dõi, đánh giá",
    "06": "Biên bản kết thúc quản lý trường hợp",
    VISIT: "Phiếu mang theo khi thăm",
    WHOLE: "Hồ sơ quản lý trường hợp",
}
"""As they stand on paper, where they are always Vietnamese."""

WORKER = Signer("Người quản lý trường hợp")
SUBJECT = Signer("Đối tượng, gia đình hoặc người giám hộ")
HEAD = Signer("Chủ tịch UBND cấp xã hoặc người đứng đầu cơ sở", "(ký, ghi rõ họ tên, đóng dấu)")
SIGNERS = {
    "01": (Signer("Người cung cấp thông tin"), Signer("Người thu thập thông tin")),
    "02": (SUBJECT, Signer("Người đánh giá")),
    "03": (WORKER, HEAD),
    "04": (WORKER, SUBJECT, HEAD),
    "05": (WORKER,),
    "06": (WORKER, SUBJECT, HEAD),
    VISIT: (SUBJECT, Signer("Người đi thăm")),
    WHOLE: (WORKER, HEAD),
}

Parts = Callable[[CaseFacts, form_case.Named], tuple[FormPart, ...]]
OF_CASE: dict[str, Parts] = {
    "02": form_case.assessment,
    "03": form_case.criteria,
    "04": form_case.plan,
    "05": form_case.progress,
    "06": form_case.closing,
    VISIT: form_visit.parts,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One form to be made: which, from what, under which code."""

    form: str
    facts: CaseFacts
    code: str = ""
    blank: bool = False
    edition: CasePlan | None = None


class FormGathering:
    """What all forms of one run share: letterhead, names of users, the moment, what may be read.

    `confidential` False leaves confidential notes out also for who may read them. `right` is what
    the paper asks for: whoever follows cases takes single forms along, whole files are for those
    who may print.
    """

    def __init__(self, ws: Workspace, confidential: bool, right: str = SHEETS) -> None:
        self.office = Gathering(ws, None if confidential else False, right=right)
        self.ws = self.office.ws
        self.translate = self.office.translate
        self.stands_on = ""
        """The approval that a file for outside stands on, in words."""
        self.compared = settings.current(ws).compared_papers

    def named(self, login: str) -> str:
        """A user's full name; other words as they are."""
        return self.office.full_name(login)

    def forms(self, request: FormRequest) -> tuple[PaperForm, ...]:
        """The forms of a request, blank ones for nobody each with a new code.

        Raises Refused: form_unknown, form_needs_case, case_unknown, person_unknown.
        """
        _check(request)
        facts = self.facts(request.case_id, request.person_id)
        if request.blank:
            owner = request.case_id or (facts.person.id if facts.person is not None else "")
            owners = [owner] if owner else [new_id() for _ in range(request.count)]
            codes = [paper_code.made(request.form, one) for one in owners]
            empty = facts.emptied()
            return tuple(self.form(Asked(request.form, empty, code, True)) for code in codes)
        return (self.form(Asked(request.form, facts, self._code(request.form, facts))),)

    def facts(self, case_id: str = "", person_id: str = "") -> CaseFacts:
        """What is known of a case, or of a person, or nothing."""
        with self.ws.db.read() as session:
            if case_id:
                return case_facts.of_case(self.ws, session, case_id, self.office.allowed)
            if person_id:
                return case_facts.of_person(session, person_id, self.office.allowed)
            return CaseFacts()

    def form(self, asked: Asked) -> PaperForm:
        """One form with its head, code and signatures."""
        official = asked.form in OFFICIAL
        known, case = asked.facts.person, asked.facts.case
        return PaperForm(
            letterhead=self._letterhead(asked.blank),
            title=TITLES[asked.form].upper(),
            parts=self._parts(asked),
            number=asked.form if official else "",
            source=SOURCE.format(number=asked.form) if official else "",
            about=(known.name or "") if known is not None else "",
            code=asked.code,
            signers=self._signers(asked),
            printed_by=self.office.printed_by,
            printed_at=self.office.printed_at,
            demo=self.ws.office.demo,
            draft=f"form_{asked.form}" not in self.compared,
            confidential=asked.form in ("05", VISIT) and asked.facts.confidential,
            person_id=known.id if known is not None else "",
            case_id=case.id if case is not None else "",
        )

    def folder(self, case_id: str) -> CaseFolder:
        """The whole file of a case: its inventory is made when the pages are known.

        Raises Refused (`case_unknown`).
        """
        facts = self.facts(case_id)
        assert facts.person is not None and facts.case is not None
        there, empty = [], []
        for form in OFFICIAL:
            made = list(self._filled(form, facts))
            there += made
            if not made:
                empty.append(form)
        return CaseFolder(
            facts.person.name or "",
            file_number(case_id),
            case_id,
            facts.person.id,
            tuple(there),
            tuple(empty),
        )

    def inventory(self, case_id: str, counts: Sequence[tuple[str, int]]) -> PaperForm:
        """The first sheet of a case's file: `counts` are the forms in it with their pages."""
        facts = self.facts(case_id)
        listed = [
            (f"Mẫu {form}: {TITLES[form]}", str(pages) if pages else form_file.NOTHING_YET)
            for form, pages in counts
        ]
        paper = self.form(Asked(WHOLE, facts, self._code(WHOLE, facts)))
        leave = (FormPart("", (Said(self.stands_on),)),) if self.stands_on else ()
        return replace(
            paper,
            parts=(*leave, *form_file.parts(facts, listed, self.named, self.office.outside)),
            confidential=facts.confidential,
        )

    def _filled(self, form: str, facts: CaseFacts) -> list[PaperForm]:
        """A form of the case's file, the plan in every edition; nothing when nobody wrote any."""
        code = self._code(form, facts)
        if form == "04":
            plans = facts.plans or ((None,) if facts.of_plan(None) else ())
            return [self.form(Asked(form, facts, code, edition=one)) for one in plans]
        case = facts.case
        there = {
            "01": True,
            "02": bool(facts.findings),
            "03": case is not None and bool(case.criteria or case.criteria_note),
            "05": bool(facts.notes or facts.reviews),
            "06": case is not None and bool(case.close_reason or case.meeting_on),
        }[form]
        return [self.form(Asked(form, facts, code))] if there else []

    def _parts(self, asked: Asked) -> tuple[FormPart, ...]:
        facts = asked.facts
        if asked.form == "01":
            return form_person.parts(facts.person, facts.needs, asked.blank)
        if asked.form == "04" and asked.edition is not None:
            return form_case.plan(facts, self.named, asked.edition)
        return OF_CASE[asked.form](facts, self.named) if asked.form in OF_CASE else ()

    def _code(self, form: str, facts: CaseFacts) -> str:
        owner = facts.case or facts.person
        return paper_code.made(form, owner.id) if owner is not None else ""

    def _letterhead(self, blank: bool) -> Letterhead:
        head = self.office.letterhead
        return replace(head, day="") if blank else head

    def _signers(self, asked: Asked) -> tuple[Signer, ...]:
        """Who signs; the worker by name where one is noted and the form is filled in."""
        case = asked.facts.case
        worker = self.named(case.worker) if case is not None and case.worker else ""
        return tuple(
            replace(one, name=worker) if one is WORKER and not asked.blank else one
            for one in SIGNERS[asked.form]
        )


def _check(request: FormRequest) -> None:
    if request.form not in TITLES or request.form == WHOLE:
        raise Refused.one("form_unknown", "form", request.form)
    if not request.blank and request.form != "01" and not request.case_id:
        raise Refused.one("form_needs_case", "case", request.form)
    if not request.blank and request.form == "01" and not (request.case_id or request.person_id):
        raise Refused.one("form_needs_person", "person", request.form)
    if not 1 <= request.count <= COUNT_MAX:
        raise Refused.one("form_count", "count", request.count, limit=COUNT_MAX)
