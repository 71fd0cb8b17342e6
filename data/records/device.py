"""The PCs of an office as this one knows them, and the restricted keys that they handed on."""

from __future__ import annotations

import hashlib

from sqlalchemy import Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base
from data.records.sync import SyncState

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PRINT_LETTERS, PRINT_PART = 16, 4


class Device(Base):
    """One PC of the office, this one too, as the server last told; keys are hex text.

    `door` is the public key to which restricted keys are handed, empty until somebody with the
    right has worked there. `trusted_print` is the fingerprint that a person decided for; `knows`
    lists the ids of the restricted keys that the PC has from here or told us of, `answered_at` is
    when its own keys came, which a person there decides.
    """

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    verify_key: Mapped[str] = mapped_column(String(64))
    door: Mapped[str] = mapped_column(String(64), default="")
    enrolled_at: Mapped[str] = mapped_column(String(24))
    revoked_at: Mapped[str | None] = mapped_column(String(24))
    trusted_print: Mapped[str] = mapped_column(String(24), default="")
    trusted_by: Mapped[str] = mapped_column(Text, default="")
    trusted_at: Mapped[str | None] = mapped_column(String(24))
    knows: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[str | None] = mapped_column(String(24))

    @property
    def fingerprint(self) -> str:
        """What two people compare by telephone; empty while the PC has no door."""
        return fingerprint(self.verify_key, self.door) if self.door else ""

    @property
    def trusted(self) -> bool:
        """Whether a person decided for just this PC with just these keys."""
        return bool(self.door) and self.trusted_print == self.fingerprint and not self.revoked_at


class RestrictedKey(Base):
    """A restricted key of the office, sealed under another one (`under`): a ring of keys.

    Values are sealed under the key of the highest `term`; the others only open. Two rows that
    seal the old and the new key under each other make a change of keys whole at any instant.
    """

    __tablename__ = "restricted_key"

    key_id: Mapped[str] = mapped_column(String(8), primary_key=True)
    under: Mapped[str] = mapped_column(String(8), primary_key=True)
    term: Mapped[int] = mapped_column(Integer)
    sealed: Mapped[str] = mapped_column(Text)


def fingerprint(verify_key: str, door: str) -> str:
    """Sixteen letters that stand for a PC's signing key and the door for restricted keys."""
    digest = hashlib.sha256(f"device {verify_key} {door}".encode()).digest()
    number = int.from_bytes(digest[:10], "big")
    letters = "".join(LETTERS[number >> 5 * place & 31] for place in range(PRINT_LETTERS))
    return "-".join(letters[at : at + PRINT_PART] for at in range(0, PRINT_LETTERS, PRINT_PART))


def own_id(session: Session) -> str:
    """The id of this PC on its server; empty before enrolment."""
    return session.scalar(select(SyncState.device_id)) or ""


def known(session: Session) -> list[Device]:
    """The PCs of the office, longest enrolled first."""
    return list(session.scalars(select(Device).order_by(Device.enrolled_at, Device.id)))


def ring_rows(session: Session) -> list[RestrictedKey]:
    """The rows of the ring."""
    return list(session.scalars(select(RestrictedKey)))


def trust(one: Device, by: str, at: str) -> None:
    """A person decided to exchange restricted keys with this PC, with just these keys."""
    one.knows, one.answered_at = "", None
    one.trusted_print, one.trusted_by, one.trusted_at = one.fingerprint, by, at
