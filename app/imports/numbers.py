"""Citizen and telephone numbers as Excel leaves them: lost zeros, floats, dots and remarks."""

from __future__ import annotations

import re

from data import codes
from data.text import fold

NO_NUMBER = frozenset(
    "khong khong co chua co ko k chua cap mat that lac chua lam x 0 - none null".split()
) | {
    "khong co",
    "chua co",
    "chua cap",
    "chua lam",
    "bi mat",
    "that lac",
    "khong ro",
    "ko co",
    "k co",
    "k ro",
    "kr",
    "kc",
}


MASK = re.compile(r"[•*]{3}|x{3}", re.IGNORECASE)
"""A number that another list covered; its few open digits say nothing."""


def citizen_number(text: str, kind: str) -> tuple[str, str, str]:
    """The digits of a number, a code, and the remark beside it.

    Codes: "" (fine), number_restored (a leading zero was put back), number_odd_length,
    number_rounded (Excel kept only its first digits), formula_without_value.
    """
    if kind in ("formula", "error"):
        return "", "formula_without_value", text
    bare = re.sub(r"(?<=\d)\.0$", "", text.strip().lstrip("'’`").strip())
    if fold(bare) in NO_NUMBER or not bare or MASK.search(bare):
        return "", "", ""
    if re.fullmatch(r"\d+(?:[.,]\d+)?[eE]\+?\d+", bare):
        return _from_scientific(bare)
    digits = _all_digits(bare)
    fitting = sorted((number for number in digits if len(number) in (9, 12)), key=len)
    chosen = fitting[-1] if fitting else (digits[0] if digits else "")
    if not chosen:
        return "", "", bare
    if len(chosen) in (9, 12):
        return chosen, "", ""
    restored = with_zeros(chosen)
    if restored:
        return restored, "number_restored", ""
    return chosen, "number_odd_length", ""


def _all_digits(text: str) -> list[str]:
    """The numbers in a cell without dots and spaces; two numbers with only a space between."""
    if text.isascii() and text.isdigit():
        return [text]  # as nearly all are
    found: list[str] = []
    for number in re.findall(r"\d[\d\s.\-]*\d", text) or re.findall(r"\d", text):
        digits = re.sub(r"\D", "", number)
        parts = [re.sub(r"\D", "", part) for part in number.split()]
        apart = len(digits) > 12 and all(len(part) in (9, 12) for part in parts)
        found += parts if apart else [digits]
    return found


def old_number_beside(text: str) -> str:
    """The old number of 9 digits beside a new one: `052169967399 (cũ 211234567)`."""
    digits = _all_digits(text)
    old = [number for number in digits if len(number) == 9]
    return old[0] if len(old) == 1 and any(len(number) == 12 for number in digits) else ""


def with_zeros(digits: str) -> str:
    """The number with its leading zeros back, or "" when that gives no number that can be.

    11 and 10 digits are citizen numbers of the provinces 0xx and 00x, 8 digits an old CMND.
    """
    if len(digits) in (10, 11):
        whole = digits.zfill(12)
        return whole if whole[:3] in codes.identity_places() else ""
    return "0" + digits if len(digits) == 8 else ""


def _from_scientific(text: str) -> tuple[str, str, str]:
    number = int(float(text.replace(",", ".")))
    exact = len(re.sub(r"[eE].*|\D", "", text)) >= 9
    if not exact:
        return "", "number_rounded", text
    digits = str(number)
    whole = digits if len(digits) in (9, 12) else with_zeros(digits)
    return (whole, "", "") if whole else (digits, "number_odd_length", "")


PHONE = re.compile(r"\+?\d(?:[\s.\-]?\d){7,}")
PHONE_LABEL = re.compile(r"(?:so|dien thoai|dt|sdt|di dong|dd|tel|phone|mobile|zalo| )*")


def beside_phone(text: str) -> bool:
    """Whether more than the first telephone number stands there: a second one, whose it is."""
    return not PHONE_LABEL.fullmatch(fold(PHONE.sub(" ", text, count=1)))


def phone_number(text: str, kind: str) -> str:
    """The digits of the first telephone number; a lost leading zero comes back."""
    found = PHONE.findall(text)
    digits = re.sub(r"\D", "", found[0]) if found else ""
    if digits.startswith("84") and len(digits) in (11, 12):
        return "0" + digits[2:]
    if len(digits) == 9 and digits[0] in "35789":
        return "0" + digits
    return digits
