"""Frozen values about the people who work with the program."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class UserDraft:
    """A new user; `confidential` grants the reading of confidential notes.

    Somebody from outside has `valid_until`, the last day (ISO), and `basis`: whose decision, why.
    """

    login: str
    role: str
    full_name: str = ""
    title: str = ""
    confidential: bool = False
    password: str = field(default="", repr=False)
    valid_until: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class UserEdit:
    """A change of a user; None leaves a value as it is."""

    full_name: str | None = None
    title: str | None = None
    role: str | None = None
    confidential: bool | None = None
    valid_until: str | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class UserLine:
    """A user in the list; `has_password` is False for one who has not signed in on this PC yet."""

    login: str
    full_name: str
    title: str
    role: str
    active: bool
    confidential: bool
    has_password: bool
    last_seen_at: str | None
    valid_until: str = ""
    basis: str = ""
    expired: bool = False
