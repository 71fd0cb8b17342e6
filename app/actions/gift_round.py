"""Gift rounds: one gift for many persons, one list to sign, ticked afterwards; nobody twice."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.actions import access, field_values, kept_rows
from app.errors import Problem, Refused
from app.rules import dates
from app.values.support import Added, GiftLine, RoundCard, RoundDraft, RoundPage
from app.workspace import Workspace
from data.base import instant_text
from data.records import support as records
from data.records.person import Person
from data.records.support import GiftRound, Support

ROUNDS_MAX = 500
IDS_AT_ONCE = 500
REQUIRED = ("round_name", "support_kind", "support_what")
COPIED = ("donor", "support_kind", "support_what", "support_quantity", "support_unit",
          "support_value")  # fmt: skip
"""What every gift says for itself, so that it stays readable where the round is not."""
TICKS = ("planned", "received", "absent", "cancelled")


def save(ws: Workspace, draft: RoundDraft) -> str:
    """Begin a round or correct it; gifts nobody received yet follow. Answers its id.

    Raises Refused: round_unknown, round_closed, support_money, and what the fields refuse.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = _open(session, draft.id) if draft.id else None
        values = kept_rows.checked(ws, "gift_round", draft.fields, row, REQUIRED)
        made = row or GiftRound(office_id=ws.office.id, round_status="open")
        whole = {name: values.get(name, getattr(made, name)) for name in COPIED}
        if whole["support_kind"] == "money" and not whole["support_value"]:
            raise Refused([Problem.of("support_money", "support_value")])
        kept_rows.put(session, made, values)
        for gift, _who in records.gifts(session, made.id):
            if gift.support_status != "received":
                kept_rows.put(session, gift, _copied(made))
        return made.id


def add(ws: Workspace, round_id: str, person_ids: Sequence[str]) -> Added:
    """Put persons into a round; who is in it (also under a merged record) is not put in again.

    Answers also who got the same within a year: a person decides. Raises Refused: round_unknown,
    round_closed.
    """
    ws.demand("enter")
    added, already, refused = 0, [], []
    before: list[tuple[str, str]] = []
    with ws.db.write(ws.author()) as session:
        row = _open(session, round_id)
        inside = {who.id for gift, who in records.gifts(session, round_id)}
        for start in range(0, len(person_ids), IDS_AT_ONCE):
            some = list(dict.fromkeys(person_ids[start : start + IDS_AT_ONCE]))
            given = _given(session, row, some)
            for person_id in some:
                who = session.get(Person, person_id)
                if who is None or not kept_rows.can_receive(who):
                    refused.append((who.name or "") if who is not None else person_id)
                elif who.id in inside:
                    already.append(who.name or "")
                else:
                    _put_in(ws, session, row, who.id)
                    inside.add(who.id)
                    added += 1
                    if person_id in given:
                        before.append((who.name or "", given[person_id]))
    return Added(added, tuple(already), tuple(refused), tuple(before))


def take_out(ws: Workspace, round_id: str, person_ids: Sequence[str], reason: str) -> int:
    """Take persons out of a round who got nothing; answers how many. Raises Refused: round_closed,
    round_received (names who received already)."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        _open(session, round_id)
        gone = [(g, who) for g, who in records.gifts(session, round_id) if who.id in person_ids]
        for gift, who in gone:
            if gift.support_status == "received":
                raise Refused.one("round_received", "id", who.id, name=who.name)
        for gift, _who in gone:
            gift.deleted_at, gift.deleted_reason = instant_text(ws.clock()), why
        return len(gone)


def tick(ws: Workspace, round_id: str, person_ids: Sequence[str], status: str, by: str = "") -> int:
    """Write down from the signed list who received and who was absent; answers how many persons.

    `by` is who signed where somebody else did, for one person. Raises Refused: round_unknown,
    round_closed, round_tick, round_not_listed (then nobody is ticked).
    """
    ws.demand("enter")
    if status not in TICKS:
        raise Refused.one("round_tick", "support_status", status)
    with ws.db.write(ws.author()) as session:
        row = _open(session, round_id)
        today = ws.today().isoformat()
        day = min(row.round_on or today, today)  # ticked before its day: it came earlier
        told: dict[str, object] = {"support_status": status, "received_by": None}
        told["support_on"] = day if status == "received" else None
        if by and status == "received":
            told |= kept_rows.checked(ws, "support", {"received_by": by})
        found = records.gifts(session, round_id)
        standing = {key: who.id for gift, who in found for key in (gift.person_id, who.id)}
        strange = [one for one in dict.fromkeys(person_ids) if one not in standing]
        if strange:
            raise Refused([Problem.of("round_not_listed", "people", one) for one in strange])
        wanted = {standing[one] for one in person_ids}
        done = set()
        for gift, who in found:
            if who.id in wanted and who.id not in done:
                kept_rows.put(session, gift, told)
                done.add(who.id)
            elif who.id in wanted:  # two records that were merged stood in the list: one gift
                kept_rows.put(session, gift, {"support_status": "cancelled"})
        return len(done)


def close(ws: Workspace, round_id: str) -> None:
    """End a round: everybody is ticked as received or absent. Raises Refused (`round_waiting`)."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = _open(session, round_id)
        waiting = records.statuses(session, [round_id]).get(round_id, {}).get("planned", 0)
        if waiting:
            raise Refused.one("round_waiting", "round_status", count=waiting)
        row.round_status = "closed"


def reopen(ws: Workspace, round_id: str) -> None:
    """Go on with a round that was ended, to tick what came later."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = kept_rows.found(session, GiftRound, round_id, "round_unknown")
        row.round_status = "open"


def remove(ws: Workspace, round_id: str, reason: str) -> None:
    """Take a round made by mistake off, with nobody in it. Raises Refused (`round_not_empty`)."""
    ws.demand("enter")
    with ws.db.read() as session:
        inside = len(records.gifts(session, round_id))
    if inside:
        raise Refused.one("round_not_empty", "id", round_id, count=inside)
    kept_rows.withdraw(ws, GiftRound, round_id, reason, "round_unknown")


def listing(ws: Workspace) -> tuple[RoundCard, ...]:
    """All rounds, the newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        return tuple(_card(ws, *one) for one in records.rounds(session, ROUNDS_MAX))


def page(ws: Workspace, round_id: str) -> RoundPage:
    """A round with its list, by name; the look at each person is logged. Raises Refused."""
    ws.demand("view")
    with ws.db.read() as session:
        row = kept_rows.found(session, GiftRound, round_id, "round_unknown")
        found = records.gifts(session, round_id)
        counts = records.statuses(session, [round_id]).get(round_id, {})
        seen: dict[str, int] = {}
        for _gift, who in found:
            seen[who.id] = seen.get(who.id, 0) + 1
        lines = tuple(_line(gift, who, seen[who.id] > 1) for gift, who in found)
        answer = RoundPage(_card(ws, row, counts), lines)
    access.looked(ws, list(seen), "list")
    return answer


def _open(session: Session, round_id: str | None) -> GiftRound:
    row = kept_rows.found(session, GiftRound, round_id, "round_unknown")
    if row.round_status == "closed":
        raise Refused.one("round_closed", "id", round_id, name=row.round_name)
    return row


def _put_in(ws: Workspace, session: Session, row: GiftRound, person_id: str) -> None:
    """The person's gift of the round; one that was taken out comes back as it is."""
    gift_id = records.gift_id(row.id, person_id)
    gift = session.get(Support, gift_id)
    if gift is None:
        gift = Support(id=gift_id, office_id=ws.office.id, person_id=person_id)
        gift.gift_round_id = row.id
    gift.deleted_at = gift.deleted_reason = None
    kept_rows.put(session, gift, _copied(row) | {"support_status": "planned"})


def _copied(row: GiftRound) -> dict[str, object]:
    return {name: getattr(row, name) for name in COPIED}


def _given(session: Session, row: GiftRound, person_ids: Sequence[str]) -> dict[str, str]:
    """Who received the same within the year of the round, and on which day."""
    day = row.round_on or ""
    if not day or not row.support_what:
        return {}
    since = f"{int(day[:4]) - 1}{day[4:]}"
    found = records.given_since(session, person_ids, row.support_what, since)
    return {
        who: dates.show(gift.support_on or "")
        for who, gift in found.items()
        if gift.gift_round_id != row.id
    }


def _card(ws: Workspace, row: GiftRound, counts: dict[str, int]) -> RoundCard:
    told = kept_rows.shown(ws, "gift_round", row)
    return RoundCard(row.id, told, counts, row.updated_by, row.updated_at)


def _line(gift: Support, who: Person, twice: bool) -> GiftLine:
    status = gift.support_status or "planned"
    return GiftLine(
        id=gift.id,
        person_id=who.id,
        name=who.name or "",
        birth=who.birth,
        commune=who.commune,
        hamlet=who.hamlet or "",
        status=status,
        received_by=gift.received_by or "",
        support_on=gift.support_on or "",
        twice=twice,
        gone=status == "planned" and who.life_state == "dead",
    )
