"""Frozen values about photos and scans that cross the floors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["here", "fetching", "asked", "small", "waiting", "damaged"]
"""Where the original of a file stands: here; on its way; asked for; only its small picture is
here; nothing of it; or what came was not what its name says, and it is asked for again."""


@dataclass(frozen=True, slots=True)
class AttachmentDraft:
    """What is said about a file: kind of `attachment_kind`, basis of `legal_basis`.

    Kept by consent it needs the (partial) day of the consent, and may name the file of the same
    person that is the written consent. A copy shown with an application names it. A confidential
    one (a test for HIV) opens only for who may read restricted values, and its title too.
    """

    kind: str
    title: str = ""
    legal_basis: str = ""
    taken_on: str = ""
    case_id: str | None = None
    consent_on: str = ""
    consent_id: str | None = None
    confidential: bool = False
    application_id: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file made ready for keeping: shrunk, without hidden data, with a small picture of it."""

    content: bytes
    thumbnail: bytes
    mime: str
    width: int
    height: int
    sha256: str

    @property
    def size(self) -> int:
        """Bytes that will be kept."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class AttachmentCard:
    """A kept file; `here` is False while its bytes have not reached this PC, of which `arrived`
    are here. `sent`: the server has it. `hidden`: it is confidential, and not for this user."""

    id: str
    person_id: str
    case_id: str | None
    kind: str
    title: str
    legal_basis: str
    taken_on: str | None
    mime: str
    width: int
    height: int
    size: int
    sha256: str
    here: bool
    by: str
    at: str
    consent_on: str | None = None
    consent_id: str | None = None
    state: State = "here"
    arrived: int = 0
    sent: bool = False
    confidential: bool = False
    hidden: bool = False
    application_id: str | None = None
