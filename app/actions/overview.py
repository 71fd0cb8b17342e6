"""The office in numbers: who counts, what is due, targets, what is to mend, and how it went; for a
province all offices that it may read, as the server last counted them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from weakref import WeakKeyDictionary

from app.actions import application_desk, coming, person, progress, quality, report
from app.reports import province, trend
from app.rules import dates
from app.values.coming import DuesFilter
from app.values.overview import Overview, Province
from app.values.report import ReportAsk
from app.wording import language, translate
from app.workspace import Workspace
from data.open_file import OpenFile
from data.records import office_grant

Past = tuple[tuple[str, ...], dict[str, tuple[int, ...]]]
_past: WeakKeyDictionary[OpenFile, Past] = WeakKeyDictionary()
"""Of each open store the days and the trends up to the month before."""


def of_office(ws: Workspace) -> Overview:
    """Everything at once, as of today. Raises Refused as reports do (`book_still_coming`)."""
    return with_past(ws, as_of_today(ws))


def as_of_today(ws: Workspace) -> Overview:
    """What stands today; of the trends today only. Raises Refused as reports do."""
    ws.demand("view")
    today = ws.today()
    needs = report.run(ws, ReportAsk("R-03")).totals
    days = (today.isoformat(),)
    with report.counting(ws) as over:
        trends = trend.on_days(over, trend.SHOWN, days)
    by_status = person.counts(ws)
    lines = quality.by_unit(ws)
    yesterday = (today - timedelta(days=1)).isoformat()
    return Overview(
        approved=trends["approved"][-1],
        need_items=int(needs["items"] or 0),
        need_persons=int(needs["persons"] or 0),
        cases=trends["closing_cases"][-1],
        waiting=by_status.get("waiting", 0),
        returned=by_status.get("returned", 0),
        late=coming.count(ws, DuesFilter(yesterday)),
        files_late=application_desk.counts(ws).late,
        mend=sum(one.lacking + one.new_year + one.odd_birth + one.same_phone for one in lines),
        progress=progress.current(ws),
        days=days,
        trends=trends,
    )


def with_past(ws: Workspace, seen: Overview) -> Overview:
    """With the ends of the months before. They are counted once a day: what is written today does
    not change them, and looking back costs the edits of a year."""
    ws.demand("view")
    today = date.fromisoformat(seen.days[-1])
    days = trend.month_ends(today)[:-1]
    known = _past.get(ws.db.store)
    if known is None or known[0] != days:
        with report.counting(ws) as over:
            known = _past[ws.db.store] = (days, trend.on_days(over, trend.SHOWN, days))
    trends = {name: (*known[1][name], numbers[-1]) for name, numbers in seen.trends.items()}
    return replace(seen, days=(*days, *seen.days[-1:]), trends=trends)


def of_province(ws: Workspace) -> Province | None:
    """What the offices that this PC may read come to, as the server last counted them.

    None before it was ever heard, and on a PC that reads no other office.
    """
    ws.demand("view")
    own = ws.own or ws
    with own.db.read() as session:
        kept = office_grant.figures(session)
        if kept is None or not kept.content:
            return None
        told = province.read(kept.content)
        return replace(told, counted_at=kept.counted_at, failing_since=kept.failing_since)


def nothing_words(ws: Workspace) -> str:
    """Why there is nothing to show of other offices."""
    if not reads_others(ws):
        return translate("Máy này chỉ đọc sổ của đơn vị mình.")
    own = ws.own or ws
    with own.db.read() as session:
        kept = office_grant.figures(session)
        if kept is not None and kept.failing_since:
            return failing_words(kept.failing_since)
    return translate("Chưa nghe máy chủ lần nào: có mạng thì bấm Đồng bộ, số liệu sẽ về theo.")


def doubts(seen: Province) -> tuple[str, ...]:
    """What there is to know of these numbers before they are believed."""
    found = [failing_words(seen.failing_since)] if seen.failing_since else []
    if seen.lacking:
        found.append(
            translate(
                "Máy chủ chưa gửi đủ số của: {names}. Chỗ ấy là dấu gạch, tổng cũng vậy.",
                names=", ".join(seen.lacking),
            )
        )
    return tuple(found)


def failing_words(since: str) -> str:
    """That the server cannot count, since when, and what to do about it."""
    day = datetime.fromisoformat(since).astimezone().date().isoformat()
    return translate(
        "Từ ngày {day} máy chủ bị lỗi khi đếm, chưa có số mới: báo người quản lý máy chủ "
        "xem nhật ký của máy chủ. Không mất hồ sơ nào.",
        day=dates.show(day, language()),
    )


def reads_others(ws: Workspace) -> bool:
    """Whether this PC may read the book of another office."""
    own = ws.own or ws
    with own.db.read() as session:
        return any(one.key is not None for one in office_grant.all_of(session))
