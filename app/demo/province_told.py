"""Makes a demonstration province and lets the reports say what they count in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from app import workspace
from app.actions import report
from app.demo import province, province_figures
from app.demo.office import PASSWORD
from app.demo.province_figures import Figures
from app.values.report import ReportAsk
from app.wording import translate
from app.workspace import Workspace

Say = Callable[[str], None]
SAID_EVERY = 4000


def made(home: Path, path: Path | None, say: Say) -> dict[str, object]:
    """Make the province of a file of figures in `home`; answers what the reports count at the
    cut-off beside what the file wants. Raises Refused (`figures_unreadable`, a home in use)."""
    started = time.monotonic()
    figures = province_figures.read(path)
    say(
        translate(
            "Lập {name}: {approved} người được duyệt, {needs} lượt nhu cầu.",
            name=figures.office_name,
            approved=figures.approved,
            needs=figures.need_items,
        )
    )
    done = province.make(home, figures, _progress(say))
    ws = workspace.open(home, "lan", PASSWORD)
    try:
        counted = _counted(ws, figures)
    finally:
        ws.db.close()
    seconds = round(time.monotonic() - started)
    written = translate(
        "Đã ghi {people} hồ sơ, {needs} lượt nhu cầu trong {seconds} giây; mật khẩu {password}.",
        people=done.people,
        needs=done.needs,
        seconds=seconds,
        password=PASSWORD,
    )
    for line in (written, *_lines(figures, counted)):
        say(line)
    wanted = {"approved": figures.approved, "target": figures.target, "items": figures.need_items}
    return {
        "home": str(done.home),
        "people": done.people,
        "needs": done.needs,
        "as_of": figures.cutoff_on.isoformat(),
        "period": str(figures.period["code"]),
        "wanted": wanted,
        "counted": counted,
        "recovery_code": done.recovery_code,
        "seconds": seconds,
    }


def _counted(ws: Workspace, figures: Figures) -> dict[str, dict[str, int | float | None]]:
    """The totals of the reports at the cut-off, by report."""
    day, code = figures.cutoff_on.isoformat(), str(figures.period["code"])
    since = str(figures.period["starts_on"])
    asked = (
        ReportAsk("R-01", as_of=day),
        ReportAsk("R-02", period=code),
        ReportAsk("R-03", as_of=day),
        ReportAsk("R-TH", as_of=day, since=since),
    )
    return {ask.name: dict(report.run(ws, ask).totals) for ask in asked}


def _lines(figures: Figures, counted: dict[str, dict[str, int | float | None]]) -> tuple[str, ...]:
    needs, plan, taught = counted["R-03"], counted["R-02"], counted["R-TH"]
    return (
        translate(
            "Số liệu tính đến {day}: {approved} người được duyệt; "
            "chỉ tiêu {target}, đạt {percent} %.",
            day=f"{figures.cutoff_on:%d/%m/%Y}",
            approved=counted["R-01"]["approved"],
            target=plan["target"],
            percent=plan["percent"],
        ),
        translate(
            "Nhu cầu: {items} lượt = y tế {medical} + giáo dục, việc làm {work} + xã hội {social} "
            "+ gia đình {family} + vào cơ sở {admission}; của {persons} người.",
            items=needs["items"],
            medical=needs["medical_items"],
            work=needs["education_work_items"],
            social=needs["social_items"],
            family=needs["family_items"],
            admission=needs["admission_items"],
            persons=needs["persons"],
        ),
        translate(
            "Tập huấn: {rounds} đợt, {classes} lớp; hội thảo: {workshops}; {seats} lượt đại biểu, "
            "{delegates} người.",
            rounds=taught["rounds"],
            classes=taught["classes"],
            workshops=taught["workshops"],
            seats=taught["seats"],
            delegates=taught["delegates"],
        ),
    )


def _progress(say: Say) -> province.Progress:
    """Says how far the long work is, now and then."""
    words = {
        "people": translate("hồ sơ"),
        "merged": translate("hồ sơ trùng đã gộp"),
        "lives": translate("người đã mất, chuyển đi"),
        "needs": translate("nhu cầu đã kết thúc"),
    }
    said = dict.fromkeys(words, 0)

    def tell(what: str, done: int, total: int) -> None:
        if done - said[what] >= SAID_EVERY or done < said[what]:
            said[what] = done
            say(f"{done}/{total} {words[what]}")

    return tell
