"""Past days of two offices that handed somebody over: who and what was where on each of them,
whatever was merged, parted or untied afterwards."""

from __future__ import annotations

from sqlalchemy import update

from app.actions import accident, merge, report_edition, victim
from app.reports import shifts, table
from app.values.accident import AccidentDraft
from app.values.report import ReportAsk, ReportMember
from data import figures
from data.base import now_text
from data.database import Author
from data.records.transfer import Departed
from tests.sync.parts import Central, Pc
from tests.sync.test_transfer import hand_over, meet, minh, name, offices
from tests.sync.test_transfer_counted import lived, told

__all__ = ["offices"]
FIRST, THERE, LAST = "2026-01-01", "2026-01-02", "2026-01-04"
Instants = dict[str, str]


def test_who_and_what_went_along_is_asked_as_of_the_move(offices: tuple[Central, Pc, Pc]) -> None:
    """She goes with a record merged into her and with an accident; afterwards the new office finds
    its own record of her, parts the other one and unties her from the accident."""
    _server, old, new = offices
    her, stub, stays = (old.enter(each) for each in ("Lê Thị Ba", "Lê Thị Bà", "Trần Bình"))
    own = new.enter("Lê Thị Ba")
    hit = {"accident_on": "1975", "device": "bomb"}
    tied = accident.save(minh(old), AccidentDraft(her, {"consequence": "injured"}, hit)).victim_id
    merge.merge(minh(old, "hoa"), her, stub)
    meet(old, new)
    at = {"first": now_text()}
    before = report_edition.freeze(minh(old, "hoa"), ReportAsk("BC-10"))
    hand_over(old, new, her)
    at["there"] = now_text()
    after = report_edition.freeze(minh(old, "hoa"), ReportAsk("BC-10"))
    merge.merge(minh(new, "hoa"), her, own)
    merge.unmerge(minh(new, "hoa"), stub, "hai người")
    victim.unlink(minh(new), tied, "nhầm người")
    days = (FIRST, THERE, LAST)
    assert [numbers(old, at, "BC-10", day, "entered") for day in days] == [(2,), (1,), (1,)]
    assert [numbers(new, at, "BC-10", day, "entered") for day in days] == [(1,), (2,), (2,)]
    hurt = ("accidents", "hurt", "injured")
    assert [numbers(old, at, "BC-07", day, *hurt) for day in days] == [(1, 1, 1), *[(0, 0, 0)] * 2]
    assert [numbers(new, at, "BC-07", day, *hurt) for day in days] == [(0, 0, 0), *[(1, 1, 1)] * 2]
    who = members(old, at, "BC-10", "entered")
    assert {(one.person_id, one.name, one.what) for one in who} == {
        (her, "Lê Thị Ba", f"Đã chuyển đến {name(new)}"),
        (stays, "Trần Bình", ""),
    }
    (event,) = members(old, at, "BC-07", "accidents")
    assert event.what == "1975 · Bom phá · đi theo nạn nhân đã chuyển cơ quan"
    assert gone_by_name(old, at) == [("Lê Thị Ba", False)]
    (cell,) = report_edition.diff(minh(old), before.id, after.id, named=0).cells[:1]
    assert (cell.before, cell.after, cell.more_gone) == (2, 1, 1)
    with old.db.write(Author("lan")) as session:  # as it is when its time is over
        session.execute(update(Departed).values(content=None))
    wiped = told(old, at, ReportAsk("BC-10", FIRST, borders="63"))
    assert wiped.totals["entered"] == 1 and "Không đếm được 1 người" in " ".join(wiped.notes)
    assert [one.name for one in members(old, at, "BC-10", "entered")] == ["Trần Bình"]


def numbers(at: Pc, instants: Instants, report: str, day: str, *columns: str) -> tuple[object, ...]:
    totals = told(at, instants, ReportAsk(report, day, borders="63")).totals
    return tuple(totals[one] for one in columns)


def members(at: Pc, instants: Instants, report: str, column: str) -> tuple[ReportMember, ...]:
    """The list behind a number of the first day."""
    with lived(at, instants) as over:
        return table.cell(over, ReportAsk(report, FIRST, borders="63"), column, None)


def gone_by_name(at: Pc, instants: Instants) -> list[tuple[str, bool]]:
    """Who came and went between the first day and the day she was there, as a comparison says."""
    with lived(at, instants) as over:
        sides = [(over, ReportAsk("BC-10", day, borders="63")) for day in (FIRST, THERE)]
        found = shifts.between((sides[0], sides[1]), (figures.figures()["entered"],))
        (lines,) = shifts.named([*found.values()])
        return [(one.name, came) for one, came in lines]
