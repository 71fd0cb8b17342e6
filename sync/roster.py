"""What PCs of an office tell each other through the server: who is there, keys handed on."""

from __future__ import annotations

import msgspec


class KeyOffer(msgspec.Struct, frozen=True):
    """Restricted keys that one PC hands to another, sealed to its door: nothing the server opens.

    `sender` and `receiver` are devices; the sender's signature is over `words`.
    """

    sender: str
    receiver: str
    sealed: bytes
    signature: bytes

    @property
    def words(self) -> bytes:
        """What is signed."""
        return b"restricted keys\n" + f"{self.sender}\n{self.receiver}\n".encode() + self.sealed


class DeviceCard(msgspec.Struct, frozen=True):
    """One PC of the office as the server knows it; keys are hex text."""

    id: str
    name: str
    verify_key: str
    door: str
    enrolled_at: str
    revoked_at: str = ""


class DevicesRequest(msgspec.Struct, frozen=True):
    """A PC says where restricted keys can be handed to it, hands on its own, and asks who is
    there."""

    door: str = ""
    offers: list[KeyOffer] = []


class DevicesAnswer(msgspec.Struct, frozen=True):
    """The PCs of the office and what they hand to the one that asks; `roster` marks both."""

    roster: str
    devices: list[DeviceCard]
    offers: list[KeyOffer]
