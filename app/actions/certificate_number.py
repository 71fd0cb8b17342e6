"""Numbers of certificates: the office's pattern, and of the running numbers those of this PC.

Every PC has blocks of running numbers of its own (`app.rules.certificate.owner`), so that two
without a line never give the same. Where they begin, the paper book says: `certificate_opening`.
"""

from __future__ import annotations

import json

from sqlalchemy.orm import Session

from app.errors import Refused
from app.rules import certificate as rules
from app.workspace import Workspace
from data.records import certificate as records
from data.records import certificate_clash, device, transfer
from data.records import office as settings
from data.records.office import Setting
from data.records.person import Person

PATTERN = "certificate_pattern"
COUNTER = "certificate_numbers:"
BY_HAND = "0"


def take(ws: Workspace, session: Session, who: Person, year: int) -> str:
    """The next number of this PC that nobody has.

    Raises Refused: certificate_no_start, certificate_start_unsent, certificate_no_place.
    """
    first, place = _first(session), _place(session)
    row, last = _counter(ws, session)
    running = max(first, last + 1)
    pattern, unit = _pattern(ws, session), _unit(who)
    while True:
        running = rules.next_of(place, running)
        made = rules.number(pattern, running, unit, year)
        if not records.with_number(session, made):
            row.value = json.dumps({"last": running})
            return made
        running += 1


def free(session: Session, number: str, issued_by: str, but: str = "") -> None:
    """Raise Refused (`certificate_number_taken`) when a certificate of this issuer has it, or one
    from paper, whoever that names (one office is written in many ways); also one whose holder went
    to another office."""
    for other in records.with_number(session, number):
        said = (other.origin or "", other.issued_by or "")
        if other.id != but and _is_rival(*said, issued_by):
            raise _taken(number, other.holder_name)
    for line in transfer.departed_rows(session, "certificate", number):
        if line.values.get("certificate_number") != number:
            continue
        said = (line.values.get("origin") or "", line.values.get("issued_by") or "")
        if _is_rival(*said, issued_by):
            raise _taken(number, line.values.get("holder_name"))


def _is_rival(origin: str, issuer: str, own: str) -> bool:
    return origin == records.PAPER or certificate_clash.same_issuer(issuer, own)


def _taken(number: str, holder: object) -> Refused:
    name = str(holder or "")
    return Refused.one("certificate_number_taken", "certificate_number", number, name=name)


def _first(session: Session) -> int:
    """Where numbers begin. On a PC with a server only once the server has it: two PCs may have
    said two numbers, and the first that arrived counts."""
    opening = records.opening(session)
    if opening is None or not opening.first_number:
        raise Refused.one("certificate_no_start", "first_number")
    if device.own_id(session) and not opening.server_version:
        raise Refused.one("certificate_start_unsent", "first_number", opening.first_number)
    return opening.first_number


def _place(session: Session) -> int:
    """This PC's place among the enrolled ones, stopped ones too; 0 where there is no server."""
    own = device.own_id(session)
    if not own:
        return 0
    known = [one.id for one in device.known(session)]
    if own not in known:
        raise Refused.one("certificate_no_place", "certificate_number")
    return known.index(own) + 1


def _pattern(ws: Workspace, session: Session) -> str:
    value = settings.settings_on(session, ws.today().isoformat()).get(PATTERN)
    return str(json.loads(value)) if value and json.loads(value) else rules.PATTERN


def _unit(who: Person) -> str:
    """The code of the commune as it is now, without its system."""
    place = who.current_commune or who.commune or ""
    return place.partition(":")[2]


def _counter(ws: Workspace, session: Session) -> tuple[Setting, int]:
    """What this PC gave last. It travels, so that a number is not given again where the
    certificate that bears it went to another office."""
    key = f"{COUNTER}{device.own_id(session) or BY_HAND}"
    row = next(iter(settings.settings_named(session, key)), None)
    if row is None:
        day = ws.today().isoformat()
        row = Setting(office_id=ws.office.id, key=key, valid_from=day, value="{}")
        session.add(row)
    return row, int(json.loads(row.value).get("last", 0))


def given(session: Session) -> bool:
    """Whether any PC of the office gave a number."""
    return bool(settings.settings_named(session, COUNTER))
