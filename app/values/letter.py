"""Frozen values of official documents: letters, notices, decisions, receipts, registers."""

from __future__ import annotations

from dataclasses import dataclass

from app.values.paper_blocks import Grid, Signer
from app.values.papers import Letterhead, PaperRow


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `face` regular, bold or italic."""

    words: str
    face: str = "regular"


@dataclass(frozen=True, slots=True)
class Centred:
    """A line of its own in bold: "QUYẾT ĐỊNH:"."""

    words: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values, an empty value as dots to write on."""

    rows: tuple[PaperRow, ...]


LetterBlock = Para | Centred | Facts | Grid


@dataclass(frozen=True, slots=True)
class Letter:
    """One official document (NĐ 30/2020/NĐ-CP).

    `title` is its kind, empty for an official letter, whose `about` stands below the number. `to`
    are those it is addressed to, `grounds` what it rests on. `wide` lays the sheet on its side.
    `bare` has no head: it follows another document. `signers` sign side by side instead of the
    signatory of the letterhead, `dated` is place and day above them. `qr` is what the QR code
    holds, `photo` draws the frame of a photo beside the title. `remark` is said above the content,
    `mark` in the foot of every page. `persons` are whom it names, for the log alone.
    """

    letterhead: Letterhead
    title: str
    parts: tuple[LetterBlock, ...]
    about: str = ""
    number: str = ""
    to: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    wide: bool = False
    bare: bool = False
    signers: tuple[Signer, ...] = ()
    dated: str = ""
    qr: str = ""
    photo: bool = False
    remark: str = ""
    mark: str = ""
    printed_by: str = ""
    printed_at: str = ""
    demo: bool = False
    annex: tuple[Letter, ...] = ()
    persons: tuple[str, ...] = ()
