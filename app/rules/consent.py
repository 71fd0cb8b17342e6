"""What a basis for sharing still lacks, by purpose, recipient and day; pure functions.

Luật 91/2025/QH15 Đ.9-11; children and the dead by NĐ 13/2023/NĐ-CP Đ.19-20, whose successor
nobody compared yet (chưa kiểm chứng).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.rules import dates

LAW, CONSENT, EMERGENCY = "law", "consent", "emergency"
SELF, GUARDIAN, FAMILY = "self", "guardian", "family"
SPOKEN, SIGNED = "spoken", "signed"
ADULT_YEARS, CHILD_YEARS = 18, 7


@dataclass(frozen=True, slots=True)
class Basis:
    """One recorded basis as the rule sees it; days are (partial) ISO text."""

    purpose: str
    basis: str
    source: str = ""
    on: str = ""
    by: str = ""
    by_name: str = ""
    not_own: str = ""
    """Why the person did not consent herself, where an adult could have."""
    child_agreed: bool = False
    form: str = ""
    witness: str = ""
    recipient: str = ""
    until: str = ""
    withdrawn_on: str = ""
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom the data are about: birth as partial ISO text, and whether the person is dead."""

    birth: str = ""
    dead: bool = False


def lacks(basis: Basis, who: Subject, day: date) -> tuple[str, ...]:
    """Codes of what keeps this basis from holding on a day; empty when it holds."""
    ended = [code for code, so in (
        ("consent_withdrawn", bool(basis.withdrawn_on)),
        ("consent_expired", bool(basis.until) and dates.bounds(basis.until)[1] < day),
        ("consent_day_needed_lack", not basis.on),
    ) if so]  # fmt: skip
    return (*ended, *_grounds(basis), *(_people(basis, who) if basis.basis == CONSENT else ()))


def not_own(basis: Basis, who: Subject) -> tuple[str, ...]:
    """The code of why the person cannot have given this consent herself: known to be a child on
    that day (Đ.20). An unknown age is asked about when it is used."""
    if basis.basis != CONSENT or basis.by != SELF:
        return ()
    return tuple(code for code in _people(basis, who) if code == "consent_guardian_needed")


def taken_back(basis: Basis, others: Iterable[Basis], recipient: str) -> bool:
    """Whether a consent fell with the withdrawal of another one of its purpose, for a recipient.

    Who says no means every time she agreed before: two PCs may have written down one consent each,
    and one may come in late. What she agreed to on or after that day is a consent anew.
    """
    if basis.basis != CONSENT or not basis.on:
        return False
    given = dates.bounds(basis.on)[0]
    return any(
        one.basis == CONSENT
        and one.purpose == basis.purpose
        and bool(one.withdrawn_on)
        and covers(one, recipient)
        and given < dates.bounds(one.withdrawn_on)[1]
        for one in others
    )


def lacks_beside(
    basis: Basis, others: Iterable[Basis], who: Subject, when: tuple[str, date]
) -> tuple[str, ...]:
    """As `lacks`, for a (recipient, day), among everything else that is recorded of her."""
    recipient, day = when
    own = lacks(basis, who, day)
    fell = not basis.withdrawn_on and taken_back(basis, others, recipient)
    if fell:
        return ("consent_withdrawn", *own)
    return (*own, "consent_person_said_no") if _against_her(basis, others, recipient, who) else own


def _against_her(basis: Basis, others: Iterable[Basis], recipient: str, who: Subject) -> bool:
    """Whether somebody else consented after the person herself took hers back, and she has not
    consented anew: TT 02/2020 Đ.9 lets the family consent instead of her, not against her."""
    if who.dead or basis.basis != CONSENT or basis.by == SELF or not basis.on:
        return False
    own = [
        one
        for one in others
        if (one.basis, one.purpose, one.by) == (CONSENT, basis.purpose, SELF)
        and covers(one, recipient)
    ]
    last = max((one.withdrawn_on for one in own if one.withdrawn_on), default="")
    anew = any(not one.withdrawn_on and one.on >= last for one in own)
    return bool(last) and not anew and dates.bounds(basis.on)[1] >= dates.bounds(last)[0]


def remarks(basis: Basis) -> tuple[str, ...]:
    """Codes of what should still be done about a basis that holds: the signed paper's scan."""
    unseen = basis.basis == CONSENT and basis.form == SIGNED and not basis.scanned
    return ("consent_scan_missing",) if unseen else ()


def covers(basis: Basis, recipient: str) -> bool:
    """Whether a basis reaches this recipient; one that names none is for all of its purpose."""
    return not basis.recipient or _same(basis.recipient, recipient)


def best(
    bases: Iterable[tuple[str, Basis]], purpose: str, who: Subject, recipient: str, day: date
) -> tuple[str, tuple[str, ...]]:
    """(id, codes of what it lacks) of the basis to share on; ids with their bases, newest first.

    Without any for the purpose: ("", ("consent_missing",)); for other recipients only:
    ("", ("consent_other_recipient",)).
    """
    about = [(key, one) for key, one in bases if one.purpose == purpose]
    every = [one for _key, one in about]
    fitting = [
        (key, lacks_beside(one, every, who, (recipient, day)))
        for key, one in about
        if covers(one, recipient)
    ]
    if not fitting:
        return "", ("consent_other_recipient" if about else "consent_missing",)
    return next((pair for pair in fitting if not pair[1]), fitting[0])


def _grounds(basis: Basis) -> tuple[str, ...]:
    """A law is named, an emergency told; a spoken consent was heard by somebody."""
    if basis.basis == LAW:
        return () if basis.source else ("consent_law_unnamed",)
    if basis.basis == EMERGENCY:
        return () if basis.source else ("consent_emergency_untold",)
    if basis.basis != CONSENT:
        return ("consent_basis_missing",)
    if not basis.form:
        return ("consent_form_needed",)
    return ("consent_witness_needed",) if basis.form == SPOKEN and not basis.witness else ()


def _people(basis: Basis, who: Subject) -> tuple[str, ...]:
    """Who may consent: the person; of a minor the guardian, and from 7 the child too (Đ.20);
    of the dead the family (Đ.19). Of an adult the family or a guardian may (TT 02/2020 Đ.9), and
    it is written down why she did not herself."""
    if not basis.by:
        return ("consent_by_needed",)
    found = [] if basis.by == SELF or basis.by_name else ["consent_guardian_unnamed"]
    if who.dead:
        return (*found, *(["consent_family_needed"] if basis.by == SELF else ()))
    on = dates.bounds(basis.on)[1] if basis.on else None
    if on is None:
        return tuple(found)
    adult = dates.reached(who.birth, ADULT_YEARS, on) if who.birth else None
    if adult is None and basis.by == SELF:
        return (*found, "consent_age_unclear")
    if adult is False:
        if basis.by != GUARDIAN:
            return (*found, "consent_guardian_needed")
        if dates.reached(who.birth, CHILD_YEARS, on) is not False and not basis.child_agreed:
            return (*found, "consent_child_needed")
    if adult and basis.by != SELF and not basis.not_own:
        found.append("consent_not_own_why")
    return tuple(found)


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
