"""What a login and a password must be, and who must stay."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.resources import files
from itertools import pairwise

from app.rules import dates

ROLES = ("surveyor", "approver", "admin", "viewer", "inspector")

LOGIN_LETTERS_MAX = 40
LOGIN_SIGNS = frozenset("._- ")
PASSWORD_LETTERS_MIN = 8
PASSWORD_LETTERS_MAX = 200


def login_refusal(login: str) -> str | None:
    """The code of why a login cannot be used; None when it can.

    Letters (with marks too), digits, dot, hyphen, underline and single spaces; it begins with a
    letter or a digit.
    """
    if not login:
        return "login_needed"
    fits = all(sign.isalnum() or sign in LOGIN_SIGNS for sign in login)
    if not fits or not login[0].isalnum() or len(login) > LOGIN_LETTERS_MAX:
        return "login_strange"
    return None


def password_refusal(password: str, login: str) -> str | None:
    """The code of why a password is too weak; None when it will do."""
    if not password:
        return "password_needed"
    if len(password) < PASSWORD_LETTERS_MIN or len(set(password)) == 1:
        return "password_short"
    if len(password) > PASSWORD_LETTERS_MAX:
        return "password_long"
    if password.casefold() == login.casefold():
        return "password_is_login"
    return "password_common" if _is_common(password.casefold()) else None


def _is_common(password: str) -> bool:
    """Whether it is among those that are tried first, or signs in a row (12345678, hgfedcba)."""
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return steps in ({1}, {-1}) or password in common_passwords()


@cache
def common_passwords() -> frozenset[str]:
    """The commonest passwords of the world and of Vietnamese offices, in small letters."""
    table = files("app").joinpath("rules", "common_passwords.txt")
    return frozenset(table.read_text(encoding="utf-8").split("\n")) - {""}


VISITORS = ("inspector", "viewer")
"""Roles of people from outside, whose accounts end by themselves."""


def visit_refusal(role: str, until: str, basis: str, today: str) -> tuple[str, str] | None:
    """The code and field of why an account that ends by itself cannot be; None when it can."""
    if not until:
        return ("visit_day_needed", "valid_until") if basis else None
    if role not in VISITORS:
        return "visit_role", "role"
    if not dates.valid(until) or dates.precision(until) != "day":
        return "visit_day_strange", "valid_until"
    if until < today:
        return "visit_day_past", "valid_until"
    return None if basis else ("visit_basis_needed", "basis")


def is_over(until: str, today: str) -> bool:
    """Whether an account ended: its last day is still a whole day."""
    return bool(until) and until < today


def is_last_admin(login: str, active_admins: Collection[str]) -> bool:
    """Whether nobody could manage users any more without this one."""
    return login in active_admins and len(active_admins) == 1
