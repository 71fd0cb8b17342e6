"""The verb `overview`: the office in numbers, or all offices beside one another."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.actions import overview, progress
from app.cli_context import Answer, Context
from app.reports import trend
from app.rules import dates
from app.values.overview import Measured, OfficeFigures, Overview, Province
from app.values.period import Progress
from app.wording import language, translate


def register(verbs: Any) -> None:
    """Add the verb to the command line."""
    words = translate("đơn vị trong một trang: số liệu, chỉ tiêu, quá hạn, cần sửa, mười hai tháng")
    verb = verbs.add_parser("overview", help=words)
    every = translate("mọi đơn vị máy này được xem, như máy chủ đếm lần cuối")
    verb.add_argument("--offices", action="store_true", help=every)
    verb.set_defaults(run=show)


def show(args: argparse.Namespace, context: Context) -> Answer:
    """The office's numbers; with `--offices` and at a server's home those of every office."""
    if context.census is not None and context.census.is_server(context.home):
        return _of_province(context.census.figures(context.home))
    ws = context.workspace()
    if not args.offices:
        return _of_office(overview.of_office(ws))
    found = overview.of_province(ws)
    if found is None:
        return Answer({"offices": []}, (overview.nothing_words(ws),))
    return _of_province(found)


def _of_office(seen: Overview) -> Answer:
    document = asdict(seen)
    document["trends"] = [
        {"name": name, "label": trend.label(name, language()), "values": list(numbers)}
        for name, numbers in seen.trends.items()
    ]
    parts = {
        translate("người được duyệt"): seen.approved,
        translate("lượt nhu cầu"): seen.need_items,
        translate("người có nhu cầu"): seen.need_persons,
        translate("ca đang mở"): seen.cases,
        translate("hồ sơ chờ duyệt"): seen.waiting,
        translate("hồ sơ bị trả lại"): seen.returned,
        translate("việc quá hạn"): seen.late,
        translate("hồ sơ quá hạn ở Hội đồng"): seen.files_late,
        translate("chỗ cần bổ sung, xem lại"): seen.mend,
    }
    told = [f"{number}\t{words}" for words, number in parts.items()]
    return Answer(document, (*told, *map(_whole, seen.progress)))


def _whole(one: Progress) -> str:
    """A figure of the whole office beside its target."""
    line = one.lines[0]
    percent = "-" if line.percent is None else f"{line.percent:g} %"
    said = progress.standing_words(line.standing)
    what = progress.title(one.figure, one.period.name)
    return "\t".join((what, _number(line.number), _number(line.done), percent, said))


def _of_province(seen: Province) -> Answer:
    names = sorted({name for one in seen.offices for name in one.numbers})
    trends = [
        {"name": name, "label": trend.label(name, language()), "values": list(seen.trend(name))}
        for name in trend.SHOWN
    ]
    document = {
        "as_of": seen.as_of,
        "counted_at": seen.counted_at,
        "measured": [asdict(one) for one in seen.measured],
        "failing_since": seen.failing_since,
        "days": list(seen.days),
        "totals": {name: seen.total(name) for name in names},
        "trends": trends,
        "offices": [_office(one) for one in seen.offices],
    }
    day = translate("Số liệu tính đến ngày {day}", day=dates.show(seen.as_of, language()))
    every = translate("Mọi đơn vị")
    told = [day, *overview.doubts(seen), *_measured(every, seen.measured)]
    for each in seen.measured:
        late = ", ".join(seen.behind(each.key))
        what = progress.title(each.figure, each.name)
        words = translate("Chậm, chưa có gì: {names}.", names=late)
        told += [f"{what}\t{words}"] if late else []
    for one in seen.offices:
        told += [_line(one), *_measured(one.name, one.measured)]
    return Answer(document, tuple(told))


def _measured(whose: str, found: Sequence[Measured]) -> list[str]:
    """Each figure beside its target, in the columns of `target list`."""
    return [
        "\t".join(
            (
                whose,
                progress.title(one.figure, one.name),
                _number(one.number),
                _number(one.done),
                "-" if one.percent is None else f"{one.percent:g} %",
                progress.standing_words(one.standing),
            )
        )
        for one in found
    ]


def _office(one: OfficeFigures) -> dict[str, Any]:
    document = {name: getattr(one, name) for name in OfficeFigures.__slots__}
    trends = {name: list(numbers) for name, numbers in one.trends.items()}
    document |= {"measured": [asdict(each) for each in one.measured]}
    return document | {"mend": one.mend, "numbers": dict(one.numbers), "trends": trends}


def _line(one: OfficeFigures) -> str:
    said = translate(
        "{approved} người được duyệt, {cases} ca đang mở, {late} hồ sơ quá hạn, {mend} chỗ cần xem",
        approved=_number(one.numbers.get("approved")),
        cases=_number(one.numbers.get("cases")),
        late=_number(one.numbers.get("files_late")),
        mend=_number(one.mend),
    )
    batch = dates.show(one.batch_at[:10], language()) if one.batch_at else "-"
    sent = translate("lô cuối {day}", day=batch)
    return "\t".join((one.name, said, sent))


def _number(known: int | None) -> str:
    return "-" if known is None else str(known)
