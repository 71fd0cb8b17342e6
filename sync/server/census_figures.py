"""The door of the offices' numbers: what each office that a PC may read comes to, by its census."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import FastAPI, Request, Response
from sqlalchemy import Connection, func, select

from app.reports import placing, progress, province, trend
from app.reports.over import Over
from app.reports.province import Key, OfficeFigures, Ruling
from data import units
from sync.figures import FiguresAnswer, FiguresRequest
from sync.server import accounts, census_report, intake, log, routes, store
from sync.server.census_report import Reading
from sync.server.log import Refusal, Sender
from sync.server.places import RETRY_AFTER_S
from sync.server.routes import Desk
from sync.server.store import StoreTrouble

MARK_CHARS = 32
TURN_S = 1.0


@dataclass
class Kept:
    """What was counted of each office, until its log grows or the day ends.

    The past months of a trend are counted once a day, however much is sent meanwhile.
    """

    now: dict[tuple[str, str], tuple[object, OfficeFigures]] = field(default_factory=dict)
    past: dict[str, tuple[str, Mapping[str, tuple[int, ...]]]] = field(default_factory=dict)
    turn: threading.Lock = field(default_factory=threading.Lock)
    """Two PCs that ask at once do not count the same twice."""


def add(api: FastAPI, desk: Desk) -> FastAPI:
    """Add the door to the server's others."""
    kept = Kept()

    def figures(at: Desk, content: bytes) -> bytes:
        return _figures(at, content, kept)

    @api.post("/v1/figures")
    async def figures_door(request: Request) -> Response:
        return await routes.answered(desk, request, figures)

    return api


def _figures(desk: Desk, content: bytes, kept: Kept) -> bytes:
    header, frame = intake.request_header(content)
    device = accounts.find(desk.book.store, header.device)
    asked = intake.open_request(device, header, frame, "figures", FiguresRequest)
    told = _told(desk, kept, device.sender)
    text = province.as_text(replace(told, counted_at=""))
    mark = hashlib.sha256(text.encode()).hexdigest()[:MARK_CHARS]
    answer = FiguresAnswer(mark, told.counted_at, "" if mark == asked.known else text)
    return desk.signer.answer("figures", answer, header.nonce, device)


def _told(desk: Desk, kept: Kept, sender: Sender) -> province.Province:
    """Nobody waits long here, for all doors share their threads: who comes meanwhile asks again."""
    if not kept.turn.acquire(timeout=TURN_S):
        raise Refusal("busy", retry_after_s=RETRY_AFTER_S)
    try:
        with census_report.reading(desk.home, desk.book.store, TURN_S) as at:
            return of_offices(at, readable(at.log, sender), kept, sender)
    except StoreTrouble as trouble:
        if trouble.code == "columnar_busy":
            raise Refusal("busy", retry_after_s=RETRY_AFTER_S) from trouble
        raise
    finally:
        kept.turn.release()


def readable(connection: Connection, sender: Sender) -> list[str]:
    """The offices that a PC reads: its own and those it was granted."""
    return [sender.office_id, *log.granted(connection, sender)]


def of_offices(
    at: Reading,
    scopes: Collection[str] | None = None,
    kept: Kept | None = None,
    reader: Sender | None = None,
) -> province.Province:
    """The offices side by side, by name; all of them without `scopes`.

    They are measured by the targets of the reader's office, at the server of the one whose units
    hold all others; by their own in a figure for which that one set none.
    """
    kept = kept or Kept()
    whole = census_report.over(at, scopes)
    today = whole.today.isoformat()
    standing = _standing(at.log, scopes)
    ruling = _ruling(at, standing, reader)
    lines = [_office(at, line, kept, ruling) for line in standing]
    return province.Province(
        today,
        log.now_text(),
        tuple(lines),
        trend.month_ends(whole.today),
        province.together(lines, ruling, today),
    )


def _ruling(at: Reading, standing: Sequence[Any], reader: Sender | None) -> Ruling:
    held = {line.id: tuple(json.loads(line.units)) for line in standing}
    around = {one: [other for other in held if _holds(held[one], held[other])] for one in held}
    holding = frozenset(one for one, others in around.items() if others)
    widest = [one for one, others in around.items() if others and len(others) == len(held) - 1]
    office_id = reader.office_id if reader is not None else next(iter(widest), "")
    if not office_id:
        return Ruling(around=holding)
    over = census_report.over(at, [office_id])
    plans = progress.current(over)
    wanted: dict[Key, int] = {}
    missing: dict[Key, tuple[str, ...]] = {}
    others = [held[one] for one in held if one not in holding]
    for plan in plans if office_id in holding else ():
        numbers = progress.targets(over, plan)
        own = [number for key, number in numbers.items() if key in held[office_id]]
        wanted |= {(plan.figure, plan.period): sum(own)} if own else {}
        below = sorted(numbers.keys() - set(held[office_id]))
        alone = tuple(placing.label(key) for key in below if not _there(key, others))
        missing[plan.figure, plan.period] = alone
    return Ruling(office_id, plans, wanted, missing, holding)


def _there(key: str, offices: Sequence[Sequence[str]]) -> bool:
    """Whether a unit lies in those of an office, or holds some of them."""
    return any(
        units.inside(key, held) or any(units.inside(one, [key]) for one in held) for held in offices
    )


def _holds(wide: Sequence[str], narrow: Sequence[str]) -> bool:
    """Whether all units of another office lie in these, and are less than these."""
    within = [units.inside(one, wide) for one in narrow]
    return all(within) and not all(units.inside(one, narrow) for one in wide)


def _office(at: Reading, line: Any, kept: Kept, ruling: Ruling) -> OfficeFigures:
    """One office, counted again only when something about it changed."""
    over = census_report.over(at, [line.id])
    around = line.id in ruling.around
    seen_on = (line.seen_at or "")[:10]
    stands = (
        over.today, line.head, seen_on, line.name, line.units, around,
        _head(at.log, ruling.office_id),
    )  # fmt: skip
    key = (line.id, ruling.office_id)
    known = kept.now.get(key)
    if known is not None and known[0] == stands:
        return known[1]
    ruled = census_report.over(at, [line.id], [ruling.office_id])
    figures = {plan.figure for plan in ruling.plans}
    own = [plan for plan in progress.current(over) if plan.figure not in figures]
    plans = (*((plan, ruled) for plan in ruling.plans), *((plan, over) for plan in own))
    asked = province.Asked(line.id, line.name, line.batch_at or "", seen_on, plans, around)
    found = province.of_office(over, asked, _past(over, line.id, kept))
    kept.now[key] = (stands, found)
    return found


def _past(over: Over, office_id: str, kept: Kept) -> Mapping[str, tuple[int, ...]]:
    day = over.today.isoformat()
    known = kept.past.get(office_id)
    if known is None or known[0] != day:
        known = kept.past[office_id] = (day, province.past_of(over))
    return known[1]


def _standing(connection: Connection, scopes: Collection[str] | None) -> list[Any]:
    """The offices with the end of their log, their last batch, and when they were last heard of."""
    office, scope = store.office.c, store.scope.c
    ledger, device = store.ledger.c, store.device.c
    batch = select(func.max(ledger.received_at)).where(ledger.office_id == office.id)
    seen = select(func.max(device.seen_at)).where(device.office_id == office.id)
    query = (
        select(
            office.id,
            office.name,
            office.units,
            func.coalesce(scope.seq, 0).label("head"),
            batch.scalar_subquery().label("batch_at"),
            seen.scalar_subquery().label("seen_at"),
        )
        .select_from(store.office.outerjoin(store.scope, scope.id == office.id))
        .order_by(office.name)
    )
    if scopes is not None:
        query = query.where(office.id.in_(sorted(scopes)))
    return list(connection.execute(query))


def _head(connection: Connection, office_id: str) -> int:
    scope = store.scope.c
    return connection.scalar(select(scope.seq).where(scope.id == office_id)) or 0
