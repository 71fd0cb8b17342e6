"""A report as JSON and as lines; the JSON is read by other programs and keeps its shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.rules import dates
from app.values.report import (
    WITHHELD,
    CellChange,
    EditionCard,
    EditionDiff,
    Moved,
    Number,
    ReportAsk,
    ReportColumn,
    ReportLine,
    ReportRow,
    ReportTable,
)
from app.wording import language, translate
from data import figures, units


def of(table: ReportTable) -> dict[str, Any]:
    """`{name, title, unit_of_count, as_of, columns, rows, totals, notes}` as promised."""
    return {
        "name": table.ask.name,
        "title": table.title,
        "unit_of_count": table.unit_of_count,
        "as_of": table.ask.as_of,
        "columns": [{"key": one.key, "label": one.label} for one in table.columns],
        "rows": [
            {"unit": _unit(row), "label": row.label, "values": dict(row.values)}
            for row in table.rows
        ],
        "totals": dict(table.totals),
        "notes": list(table.notes),
    }


def _unit(row: ReportRow) -> dict[str, str] | None:
    if not row.unit:
        return None
    unit = units.get(row.key)
    return {"system": unit.system, "code": unit.code, "name": unit.name}


def whole(table: ReportTable) -> dict[str, Any]:
    """Everything of a report, to be kept and read again with `read`."""
    return asdict(table)


def read(kept: dict[str, Any]) -> ReportTable:
    """A report from what `whole` kept."""
    ask = kept["ask"]
    return ReportTable(
        ReportAsk(**(ask | {"units": tuple(ask["units"])})),
        kept["title"],
        kept["unit_of_count"],
        tuple(ReportColumn(**one) for one in kept["columns"]),
        tuple(ReportRow(**one) for one in kept["rows"]),
        kept["totals"],
        tuple(kept["notes"]),
        kept["rows_head"],
        kept["period_words"],
    )


def shown(number: float | None, empty: str = WITHHELD) -> str:
    """A number as it is read: thousands apart, a comma before tenths; `empty` where there is
    none."""
    if number is None:
        return empty
    words = f"{number:,}"
    if language() == "vi":
        words = words.replace(",", "\0").replace(".", ",").replace("\0", ".")
    return words


def cells(table: ReportTable, values: Mapping[str, Number]) -> tuple[str, ...]:
    """The numbers of a row as they are read, column by column."""
    return tuple(shown(values[one.key], one.empty) for one in table.columns)


def lines(table: ReportTable) -> tuple[str, ...]:
    """A report in lines for a terminal."""
    found = [f"{table.ask.name} {table.title}. {table.period_words}."]
    for row in (*table.rows, ReportRow("", translate("Tổng cộng"), table.totals)):
        told = (f"{one.label} {shown(row.values[one.key], one.empty)}" for one in table.columns)
        found.append(f"{row.label}: {'; '.join(told)}")
    return (*found, *table.notes)


def of_line(line: ReportLine) -> dict[str, Any]:
    """A report of the list with the rules of its columns."""
    lang = language()
    columns = figures.reports()[line.name].columns
    told = [{"key": one.name, "label": one.label(lang), "rule": one.told(lang)} for one in columns]
    return asdict(line) | {"columns": told}


def of_card(card: EditionCard) -> dict[str, Any]:
    """What is told of an edition."""
    return asdict(card)


def edition_words(card: EditionCard) -> tuple[str, ...]:
    """What a frozen edition says of itself wherever it is shown: number, author, instant, hash."""
    words = translate(
        "Bản đã chốt số {id}, chốt lúc {at}, người chốt: {by}.",
        id=card.id,
        at=dates.moment(card.made_at),
        by=card.made_by,
    )
    found = (words, translate("Mã kiểm: {hash}.", hash=card.sha256))
    if not card.note:
        return found
    return (*found, translate("Ghi chú: {note}.", note=card.note.rstrip(".")))


def of_diff(found: EditionDiff) -> dict[str, Any]:
    """A comparison of two editions."""
    return {
        "first": of_card(found.first),
        "second": of_card(found.second),
        "totals": [asdict(one) for one in found.totals],
        "cells": [asdict(one) for one in found.cells],
        "notes": list(found.notes),
    }


def diff_lines(found: EditionDiff) -> tuple[str, ...]:
    """A comparison in lines."""
    lines = [_changed(one) for one in found.totals]
    for one in found.cells:
        lines.append(_changed(one))
        for moved in one.moved:
            sign = "+" if moved.came else "-"
            lines.append(f"  {sign} {moved.name or moved.key}: {reason_words(moved)}")
        lines += [f"  {words}" for words in beside_words(one)]
    return (*(lines or [translate("Hai bản giống nhau.")]), *found.notes)


def reason_words(moved: Moved) -> str:
    """Why a record came or went: when, who, what, change by change."""
    return "; ".join(
        ": ".join(part for part in (f"{each.at} {each.by}".strip(), each.words) if part)
        for each in moved.reasons
    )


def beside_words(change: CellChange) -> tuple[str, ...]:
    """How many of a difference are not named, and how many have no change to show for it."""
    found = []
    if change.more_came or change.more_gone:
        came, gone = shown(change.more_came), shown(change.more_gone)
        words = translate(
            "Không nêu tên ở đây: {came} hồ sơ vào, {gone} hồ sơ ra.", came=came, gone=gone
        )
        found.append(words)
    if change.untold > change.late:
        words = translate(
            "{count} hồ sơ khác mà lịch sử ở máy này không nêu thay đổi nào giữa hai lần chốt.",
            count=shown(change.untold - change.late),
        )
        found.append(words)
    if change.late:
        words = translate(
            "Đếm lại theo lịch sử ở máy này thì lệch {count} so với số đã chốt: có thể máy khác "
            "gửi về sau khi chốt, hoặc hồ sơ đã xóa hẳn khỏi máy này.",
            count=shown(change.late),
        )
        found.append(words)
    return tuple(found)


def _changed(one: CellChange) -> str:
    after = shown(one.after, one.empty)
    return f"{one.label} · {one.column_label}: {shown(one.before, one.empty)} → {after}"
