"""Frozen values that papers are made from: everything a page says, nothing to look up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import Problem
from app.values.paper_blocks import FormPart
from app.values.settings import Signatory

Words = Callable[..., str]
"""Makes a sentence from a Vietnamese one with named places: `translate("Trang {n}", n=2)`."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head and foot of an official document (NĐ 30/2020/NĐ-CP Đ.8); `day` is an ISO day.

    The number stays blank: the clerk gives it after signature (Đ.15).
    """

    issuing_body: str
    superior_body: str = ""
    place: str = ""
    day: str = ""
    symbol: str = ""
    signatory: Signatory | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG with its size in pixels; `gray` when it has one channel."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int
    gray: bool = False


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One filled field: its label and its value in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class PaperSection:
    """Filled fields under one title; an empty section is never made, it is named as missing."""

    title: str
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """A consent form: who, the purposes with whether each is ticked, its terms; empty values are
    dots to write on. `guardian` asks for one more signature."""

    who: tuple[tuple[str, str], ...]
    purposes: tuple[tuple[str, bool], ...]
    terms: tuple[tuple[str, str], ...]
    officer: str = ""
    guardian: bool = True


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """One need in words; `priority` and `quantity` are empty when nobody said."""

    need: str
    priority: str
    quantity: str
    declared: str
    status: str


@dataclass(frozen=True, slots=True)
class PaperNote:
    """One note of a case in words; `day` as people read it."""

    day: str
    kind: str
    by: str
    text: str
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class PaperStep:
    """One decision: when, what, by whom, why."""

    day: str
    step: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PaperCase:
    """A case: its facts, its notes and the steps of its life, oldest first.

    `parts` are what was found, planned and reviewed, those with content only.
    """

    title: str
    rows: tuple[PaperRow, ...]
    notes: tuple[PaperNote, ...] = ()
    steps: tuple[PaperStep, ...] = ()
    parts: tuple[FormPart, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperChange:
    """One line of the history summary."""

    at: str
    by: str
    what: str


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A kept photo or scan; `pictures` are its pages, `remark` why there are none."""

    title: str
    kind: str
    day: str
    basis: str
    pictures: tuple[Picture, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The complete file of one person as it stood when it was gathered.

    `head` are the rows of the identity block beside the photo. `missing` names the sections that
    nobody has filled. `changes` are the newest and the first of all, `changes_between` counts the
    others. `demo` marks an invented office, `draft` a layout nobody has compared with the official
    one, `confidential` that restricted content is printed. `certificate_code` is the signed code of
    the certificate in force.
    """

    letterhead: Letterhead
    title: str
    name: str
    file_number: str
    head: tuple[PaperRow, ...]
    printed_by: str
    printed_at: str
    photo: Picture | None = None
    sections: tuple[PaperSection, ...] = ()
    disability: tuple[PaperSection, ...] = ()
    accidents: tuple[PaperSection, ...] = ()
    needs: tuple[PaperNeed, ...] = ()
    cases: tuple[PaperCase, ...] = ()
    help: tuple[FormPart, ...] = ()
    approvals: tuple[PaperStep, ...] = ()
    changes: tuple[PaperChange, ...] = ()
    changes_between: int = 0
    attachments: tuple[PaperFile, ...] = ()
    missing: tuple[str, ...] = ()
    demo: bool = False
    draft: bool = True
    confidential: bool = False
    certificate_code: str = ""


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A person in the index of printed files; `page` 0 when the file could not be printed."""

    name: str
    birth: str
    commune: str
    page: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class CoverIndex:
    """The index of a volume of case files, or of a folder of them."""

    letterhead: Letterhead
    lines: tuple[IndexLine, ...]
    printed_by: str
    printed_at: str
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Roll:
    """A list of persons to sign or to hand over: columns as (head, share), rows of words.

    `tall` leaves room for signatures; `signers` sign below, from left to right.
    """

    letterhead: Letterhead
    title: str
    subject: str
    opening: tuple[str, ...]
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    closing: str
    signers: tuple[str, ...]
    printed_by: str
    printed_at: str
    tall: bool = True
    demo: bool = False


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A report to print: heads, rows of words (the last one the totals), bars of its chart.

    `marks` say which frozen edition it is, with its hash; none for one that was just counted.
    """

    letterhead: Letterhead
    title: str
    period: str
    unit_of_count: str
    rows_head: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    bars_title: str
    bars: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    printed_by: str
    printed_at: str
    marks: tuple[str, ...] = ()
    demo: bool = False


@dataclass(frozen=True, slots=True)
class ReferralLetter:
    """A letter that sends a person on, with the slip on which the other side answers."""

    letterhead: Letterhead
    to: str
    about: str
    person: tuple[PaperRow, ...]
    service: str
    reason: str
    due: str
    file_number: str
    name: str
    printed_by: str
    printed_at: str
    leave: str = ""
    """The approval that the letter stands on, in words."""
    secret: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The one printed copy of an office's recovery code; `made_at` as people read it."""

    office: str
    code: str = field(repr=False)
    made_at: str
    made_by: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """Whose files, and where to: one PDF, or with `separate` a folder with one file each.

    With `case_ids` the files of these cases, for a supervisor to look through. `confidential`
    False leaves restricted content out also for who may read it. With a `recipient` the files leave
    the office: both approvals are asked for, and each is written down. With `session_papers` the
    papers of a council's session (`app/actions/session_papers.py` names them, in their order).
    """

    person_ids: tuple[str, ...]
    out: Path
    separate: bool = False
    confidential: bool = True
    case_ids: tuple[str, ...] = ()
    recipient: str = ""
    session_papers: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """What is printed, in order."""
        return self.session_papers or self.case_ids or self.person_ids


@dataclass(frozen=True, slots=True)
class PrintResult:
    """What a run of printing wrote: files in order, pages in all, and who failed and why.

    `printed` are the ids asked for (of persons or cases) in the order of the files (or of the one
    volume).
    `resumed_from` counts the persons that an interrupted run had already printed; `stopped` says
    that this run was interrupted too: the same request goes on from there.
    """

    files: tuple[Path, ...]
    pages: int
    persons: int
    printed: tuple[str, ...] = ()
    failed: tuple[Problem, ...] = ()
    resumed_from: int = 0
    stopped: bool = False
    index: Path | None = None
    told: tuple[str, ...] = ()
    """What an approval of sharing did not see."""
