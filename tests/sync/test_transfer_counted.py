"""Who moved between offices and came back is counted where she was on each day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.actions import (
    care_case,
    national_answer,
    national_file,
    national_out,
    national_pending,
    need,
    person,
    register_then,
    report,
    transfer,
)
from app.errors import Refused
from app.imports.writing import Page, write_xlsx
from app.reports import table
from app.reports.over import Over
from app.values.care_case import CaseDraft
from app.values.national import Answers, OutRequest
from app.values.need import NeedDraft
from app.values.report import ReportAsk, ReportTable
from data.base import now_text
from tests.sync.parts import Central, Pc
from tests.sync.test_transfer import agree, hand_over, listed, meet, minh, name, offices

__all__ = ["offices"]
DAYS = ("first", "there", "back", "last")


def test_she_comes_back_with_everything_that_was_written_there(
    offices: tuple[Central, Pc, Pc], tmp_path: Path
) -> None:
    server, old, new = offices
    who = old.enter(phone="0905123456", status="waiting")
    old.decide(who, "hoa")
    asked = need.save(minh(old), NeedDraft(who, {"item": "medical.wheelchair"}))
    care_case.open(minh(old), who, CaseDraft("Cần chăm sóc"))
    file = OutRequest(tmp_path / "nop.xlsx", lacking=True)
    made = national_out.make(minh(old, "hoa"), file).id
    national_answer.submit(minh(old, "hoa"), made, f"{minh(old).today()}")
    meet(old)
    at = {"first": now_text()}
    hand_over(old, new, who)
    refused_where_she_is(old, new, made, tmp_path / "tra-ve.xlsx")
    at["there"] = now_text()
    new.edit(who, phone="0905999999")
    hand_over(new, old, who)
    at["back"] = now_text()
    assert listed(old) == [who] and listed(new) == []
    assert old.see(who, "phone") == "0905999999"
    assert [one.id for one in need.of_person(minh(old), who)] == [asked]
    by = [line.by for line in person.past(minh(old), who) if line.field == "phone"]
    assert f"minh ({name(new)})" in by
    assert {"minh"} <= {line.by for line in person.past(minh(old), who)}
    assert transfer.desk(minh(old)).departed == ()
    old.edit(who, hamlet="Tân Lệ")
    hand_over(old, new, who)
    assert new.see(who, "hamlet") == "Tân Lệ"
    agree(server, old)
    agree(server, new)
    assert [counted(old, at, day) for day in DAYS] == [1, 0, 1, 0]
    assert [counted(new, at, day) for day in DAYS] == [0, 1, 0, 1]
    for name_of in ("persons", "cases"):  # registers and reports of one day agree
        assert [registered(old, at, name_of, day) for day in DAYS] == [1, 0, 1, 0]
        assert [registered(new, at, name_of, day) for day in DAYS] == [0, 1, 0, 1]
    assert flow(old, at, "first", "there") == (1, 0, 1, 0)
    assert flow(old, at, "there", "last") == (0, 0, 0, 0)
    assert flow(old, at, "back", "last") == flow(old, at, "first", "last") == (1, 0, 1, 0)
    assert flow(new, at, "first", "there") == (0, 1, 0, 1)
    assert flow(new, at, "there", "back") == (1, 0, 1, 0)


def refused_where_she_is(old: Pc, new: Pc, made: str, back: Path) -> None:
    """The national system's answer comes to the old office; the new one writes it and she waits
    again there."""
    heads = ("Họ và tên", "Kết quả", "Lý do")
    rows = [heads, ("Nguyễn Thị Hường", "Từ chối", "Sai ngày sinh"), ("Ai Khác", "Đã nhận", "")]
    write_xlsx(back, [Page("Kết quả", rows, 1)])
    there, here = minh(old, "hoa"), minh(new, "hoa")
    answers = national_answer.read(there, made, back)
    assert [one.code for one in answers.problems] == ["national_row_moved", "national_row_nobody"]
    assert f"chuyển sang {name(new)}" in answers.problems[0].message
    (card,) = national_file.listing(here)
    assert (card.id, card.brought, card.answers) == (made, True, {"waiting": 1})
    assert national_pending.pending(here) == ()
    for move in (national_answer.submit, national_file.withdraw):
        with pytest.raises(Refused, match="cơ quan cũ"):
            move(here, made, f"{here.today()}")
    assert national_answer.read(here, made, back) == Answers(0, 1, ())
    assert [one.move for one in national_pending.pending(here)] == ["new"]


def told(at: Pc, instants: dict[str, str], ask: ReportAsk) -> ReportTable:
    """A report whose days are instants by their names."""
    with lived(at, instants) as over:
        return table.run(over, ask)


@contextmanager
def lived(at: Pc, instants: dict[str, str]) -> Iterator[Over]:
    """The book of an office whose days are instants by their names."""
    days = {f"2026-01-0{n}": instants.get(name, now_text()) for n, name in enumerate(DAYS, 1)}
    with report.counting(minh(at)) as over:
        yield replace(over, today=date.max, end_of_day=days.__getitem__, units=("63:52",))


def registered(at: Pc, instants: dict[str, str], register: str, day: str) -> int:
    """Rows of a register at an instant, as its head tells them and as they are listed."""
    on = f"2026-01-0{DAYS.index(day) + 1}"
    with lived(at, instants) as over:
        then = register_then.then(over, register, on)
        assert then.count == len(list(register_then.lines(over, register, on)))
    assert any("chuyển sang cơ quan khác" in note for note in then.notes) == (day != "last")
    return then.count


def counted(at: Pc, instants: dict[str, str], day: str) -> int:
    """Persons entered at an instant."""
    ask = ReportAsk("BC-10", f"2026-01-0{DAYS.index(day) + 1}", borders="63")
    return int(told(at, instants, ask).totals["entered"] or 0)


def flow(at: Pc, instants: dict[str, str], first: str, last: str) -> tuple[int, ...]:
    """Cases: opening, increase, decrease, closing between two instants."""
    since = f"2026-01-0{DAYS.index(first) + 2}"
    ask = ReportAsk("BC-05", f"2026-01-0{DAYS.index(last) + 1}", since, borders="63")
    names = ("opening_cases", "entered_cases", "ended_cases", "closing_cases")
    found = told(at, instants, ask)
    assert any("chuyển sang cơ quan khác" in note for note in found.notes)
    return tuple(int(found.totals[name] or 0) for name in names)
