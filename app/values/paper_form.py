"""Frozen values of forms that are printed to be read, signed and filled in by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.values.paper_blocks import FormPart, Signer
from app.values.papers import Letterhead

OFFICE, COUNCIL, CITIZEN = "office", "council", "citizen"
"""Whose head a form has."""


@dataclass(frozen=True, slots=True)
class PaperForm:
    """One form as it is printed.

    `number` is the form's in the circular ("" for a sheet of our own), `source` what stands above
    the title, `about` below it. `code` is what the QR holds ("" on a preview of a blank form).
    `demo`, `draft` and `confidential` mean what they mean on a case file. `person_id` and
    `case_id` say whose it is, for the log; they are not printed. `head` is who speaks: the office,
    the council, or a citizen who writes; `dated` is place and day above the signatures.
    """

    letterhead: Letterhead
    title: str
    parts: tuple[FormPart, ...]
    number: str = ""
    source: str = ""
    about: str = ""
    code: str = ""
    signers: tuple[Signer, ...] = ()
    printed_by: str = ""
    printed_at: str = ""
    demo: bool = False
    draft: bool = True
    confidential: bool = False
    person_id: str = ""
    case_id: str = ""
    head: str = OFFICE
    dated: str = ""


@dataclass(frozen=True, slots=True)
class FormRequest:
    """Which form and whose: of a case, of a person, or of nobody yet.

    `blank` leaves everything empty that is written by hand; `count` makes so many blank ones for
    nobody, each with a code of its own. `confidential` False leaves confidential notes out also
    for who may read them. With a `recipient` the paper leaves the office: both approvals must
    stand (TT 02/2020 Đ.9), nothing confidential is in it, and it is written down.
    """

    form: str
    case_id: str = ""
    person_id: str = ""
    blank: bool = False
    count: int = 1
    confidential: bool = False
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class FormResult:
    """What was written: the file, its pages, the forms in it and their codes."""

    path: Path
    pages: int
    forms: tuple[str, ...]
    codes: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    """Forms of the case that have nothing in them yet and were left out."""

    persons: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """What whoever prints is to know: what was left out, what an approval did not see."""


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that went out to be filled in: its code, which it is, whose it is as far as known."""

    code: str
    form: str
    printed_by: str
    printed_at: str
    person_id: str = ""
    person_name: str = ""
    case_id: str = ""
    mine: bool = False
    """Whether the signed-in user printed it."""


@dataclass(frozen=True, slots=True)
class CaseFolder:
    """The whole file of one case: its inventory, then its forms in order.

    `empty` are the forms that nothing was written in yet; `file_number` is the case's.
    """

    name: str
    file_number: str
    case_id: str
    person_id: str
    forms: tuple[PaperForm, ...]
    empty: tuple[str, ...] = ()
