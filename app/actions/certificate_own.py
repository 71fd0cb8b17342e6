"""What becomes of a person's own type and degree when her certificate is taken back or void.

A person decides, never the program; of an approved person the change waits for somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.actions import amendment, field_values, kept_rows
from app.actions.paper_sections import in_vietnamese
from app.errors import Refused
from app.workspace import Workspace
from data.records import certificate as records
from data.records import merger
from data.records.certificate import Certificate
from data.records.person import Person

OWN = ("types", "degree")
KEEP, CLEAR, STANDING = "keep", "clear", "standing"
CLEARED = {"has_certificate": "no", "certificate_number": None, "certificate_on": None}
"""What the person's record says once she has no certificate any more."""


def ways(session: Session, row: Certificate, who: Person) -> tuple[str, ...]:
    """What can be decided; nothing where the person's own record says neither type nor degree, or
    the same as the certificate that stands."""
    stands = standing(session, row, who)
    if not who.types and not who.degree:
        return ()
    if stands is None:
        return KEEP, CLEAR
    same = all(getattr(who, name) == getattr(stands, name) for name in OWN)
    return () if same else (KEEP, CLEAR, STANDING)


def open_ways(ws: Workspace, certificate_id: str) -> tuple[str, ...]:
    """`ways` for a screen. Raises Refused (`certificate_unknown`)."""
    ws.demand("view")
    with ws.db.read() as session:
        row = kept_rows.found(session, Certificate, certificate_id, "certificate_unknown")
        return ways(session, row, session.get_one(Person, merger.survivor(session, row.person_id)))


def standing(session: Session, row: Certificate, who: Person) -> Certificate | None:
    """The certificate that is in force beside this one."""
    others = records.of_person(session, who.id)
    return next(
        (one for one in others if one.certificate_state == records.VALID and one.id != row.id), None
    )


def decide(
    ws: Workspace, session: Session, row: Certificate, who: Person, told: tuple[str, str]
) -> None:
    """Carry out what was decided of the person's own values, and note it with the certificate.

    `told` is the way and its reason. Raises Refused: certificate_own_needed, certificate_own_way,
    certificate_own_reason.
    """
    (way, typed), open_ways = told, ways(session, row, who)
    if not open_ways:
        return
    if not way:
        raise Refused.one("certificate_own_needed", "own", name=who.name)
    if way not in open_ways:
        raise Refused.one("certificate_own_way", "own", way, name=who.name)
    why = field_values.reason(typed) if typed.strip() else ""
    if way == KEEP and not why:
        raise Refused.one("certificate_own_reason", "own_reason", name=who.name)
    if way != KEEP:
        stands = standing(session, row, who) if way == STANDING else None
        _ask(ws, session, who, {name: getattr(stands, name, None) for name in OWN})
    note(row, _noted(way), why)


def follow(session: Session, row: Certificate, who: Person) -> None:
    """The person's record names the certificate that stands, or none."""
    if who.certificate_number != row.certificate_number:
        return
    stands = standing(session, row, who)
    said: Mapping[str, object] = CLEARED
    if stands is not None:
        said = {
            "has_certificate": "yes",
            "certificate_number": stands.certificate_number,
            "certificate_on": stands.issued_on,
            "certificate_by": stands.issued_by,
        }
    for name, value in said.items():
        who.put(name, value)


def note(row: Certificate, what: str, why: str = "") -> None:
    """Add a line to what is noted of a certificate."""
    said = f"{what}: {why}" if why else what
    row.certificate_note = "\n".join(one for one in (row.certificate_note, said) if one)


def _ask(ws: Workspace, session: Session, who: Person, values: Mapping[str, object]) -> None:
    """Of an approved person it waits for the approval of somebody else, like every such change."""
    if who.status == "approved":
        amendment.ask(ws, session, who, values)
        return
    for name, value in values.items():
        who.put(name, value)


def _noted(way: str) -> str:
    return {
        KEEP: in_vietnamese("Giữ dạng tật, mức độ trong hồ sơ"),
        CLEAR: in_vietnamese("Đề nghị xóa dạng tật, mức độ trong hồ sơ"),
        STANDING: in_vietnamese("Đề nghị ghi dạng tật, mức độ theo giấy còn hiệu lực"),
    }[way]
