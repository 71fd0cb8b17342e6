"""Frozen editions: what a later one says changed and why, to whom, and what their papers say."""

from __future__ import annotations

import csv
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app import workspace
from app.actions import access, approval, period, person, report, report_edition, report_out, user
from app.errors import Refused
from app.reports import document
from app.values.period import PeriodDraft
from app.values.person import PersonDraft
from app.values.report import CellChange, EditionCard, EditionDiff, ReportAsk
from app.values.user import UserDraft
from data.database import Author
from data.records.certificate import Certificate
from data.records.hearing import Hearing
from data.records.person import Person
from data.records.training import Delegate, TrainingClass
from tests import cost, desk
from tests.desk import CAT_TUONG, PASSWORD, Desk, typed
from tests.line import Line
from tests.papers.reading import read

WAIT_S = 30
PHONE, NUMBER = "0912345678", "052150001234"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    cost.make_quick()
    made = desk.at(tmp_path_factory.mktemp("editions") / "office")
    user.add(made.lan, UserDraft("vi", "viewer", "Người Xem", "", password=PASSWORD))
    yield made
    made.close()


def frozen(office: Desk, name: str, note: str = "", **how: object) -> EditionCard:
    return report_edition.freeze(office.hoa, ReportAsk(name, **how), note)  # type: ignore[arg-type]


def approved(office: Desk, **more: object) -> str:
    who = person.save(office.minh, typed(types="mobility", sex="female", **more)).id
    person.submit(office.minh, [who])
    approval.approve(office.hoa, [who])
    return who


def compared(office: Desk, one: EditionCard, other: EditionCard) -> EditionDiff:
    return report_edition.diff(office.hoa, one.id, other.id)


def told(change: CellChange, found: EditionDiff) -> str:
    """A cell that differs as a terminal tells it."""
    return " ".join(document.diff_lines(replace(found, totals=(), cells=(change,), notes=())))


def test_who_reads_why_a_number_changed_sees_what_his_role_sees_and_is_in_the_log(
    office: Desk,
) -> None:
    """Numbers are masked and words on HIV blotted; who is named was looked at."""
    whole = {"sex": "female", "birth": "1950", "types": "mobility"}
    who = person.save(office.minh, typed(**whole)).id
    before = frozen(office, "BC-10")
    open_words = {"phone": PHONE, "id_number": NUMBER, "email": "nhiem HIV"}
    person.save(office.minh, PersonDraft(who, open_words))
    after = frozen(office, "BC-10")
    looks = {}
    for name, numbers, words in (
        ("vi", False, False), ("hoa", True, False), ("lan", True, True)
    ):  # fmt: skip
        reader = workspace.attach(office.lan.db, name)
        found = report_edition.diff(reader, before.id, after.id)
        why = str(document.of_diff(found))
        assert (PHONE in why, NUMBER in why, "HIV" in why) == (numbers, numbers, words), name
        assert "••••1234" in why or numbers
        assert any(one.person_id == who for cell in found.cells for one in cell.moved)
        looks[name] = [one for one in access.of_person(office.lan, who) if one.by == name]
    assert [(one.kind, one.detail) for one in looks["vi"]] == [("view", "editions")]
    assert all(looks.values())


def test_editions_answer_by_the_days_they_hold_and_their_papers_by_their_names(
    office: Desk,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A period that is taken off later leaves its editions comparable, and its name on them."""
    days = {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    made = period.save(office.hoa, PeriodDraft({"code": "K", "name": "Đợt rà soát"} | days))
    one = frozen(office, "R-01", period="K")
    named = approved(office, name="Nguyễn Thị Rà Soát")
    other = frozen(office, "R-01", "Nộp lại lần hai.", period="K")
    plain = report.run(office.hoa, ReportAsk("R-01", period="K"))
    period.remove(office.hoa, made, "nhầm")
    cells = [cell for cell in compared(office, one, other).cells if cell.column == "approved"]
    assert [[moved.person_id for moved in cell.moved] for cell in cells] == [[named]]
    name = "Kỳ: Đợt rà soát (K). Số liệu tính đến ngày"
    marks = (f"Bản đã chốt số {other.id}", "người chốt: hoa", other.sha256, "Nộp lại lần hai")
    monkeypatch.setenv("SOANSINH_PASSWORD", PASSWORD)
    line = Line(office.home, capsys)
    for suffix in ("pdf", "xlsx", "csv", "json"):
        for what, marked in (("edition", True), ("plain", False)):
            file = tmp_path / f"{what}.{suffix}"
            if marked:
                line("report", "show", other.id, "--out", str(file), "--user", "hoa")
            else:
                report_out.write(office.hoa, plain, file)
            words = words_of(file)
            parts = marks if suffix != "json" else (other.id, other.sha256, other.note)
            assert [part for part in parts if part in words] == list(parts) * marked, file
            assert suffix not in ("pdf", "xlsx") or name in words
    shown = json.loads((tmp_path / "edition.json").read_text("utf-8"))
    assert shown["edition"]["id"] == other.id and shown["totals"] == dict(plain.totals)


def words_of(file: Path) -> str:
    """All that a file says, lines that were broken put together."""
    if file.suffix == ".pdf":
        return " ".join(read(file.read_bytes()).text.split())
    if file.suffix == ".xlsx":
        rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
        return " ".join(str(cell) for row in rows for cell in row if cell is not None)
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as source:
            return " ".join(cell for row in csv.reader(source) for cell in row)
    return file.read_text("utf-8")


def test_editions_of_two_questions_say_in_words_in_what_they_differ(office: Desk) -> None:
    whole = frozen(office, "BC-04")
    for how, what, there, here in (
        ({"units": (CAT_TUONG,)}, "Đơn vị", "Huyện Phù Cát", "Xã Cát Tường"),
        ({"borders": "34"}, "Địa giới", "trước 01/7/2025", "từ 01/7/2025"),
        ({"level": "district"}, "Dòng theo cấp", "Xã", "Huyện"),
        ({"where": "sex=male"}, "Điều kiện", "mọi người", "Giới tính: Nam"),
        ({"name": "BC-01"}, "Báo cáo", "BC-04 ", "BC-01 "),
    ):
        card = frozen(office, **{"name": "BC-04"} | how)  # type: ignore[arg-type]
        with pytest.raises(Refused) as refused:
            compared(office, whole, card)
        words = refused.value.problems[0].message
        assert f"{what}: bản trước là “{there}" in words and f"bản sau là “{here}" in words
        assert "units" not in words and "('63" not in words


def test_reports_by_days_on_papers_name_the_paper_that_was_written_since(office: Desk) -> None:
    """They know the book up to when it was recorded, not up to the last day they count."""
    who = approved(office, name="Trần Thị Phiếu")
    today = date.today().isoformat()
    halves = {"as_of": "2026-06-14", "since": "2025-12-15", "recorded": today}
    heard = {"conclusion": "not_disabled"}
    given = {"certificate_state": "valid", "types": "mobility", "degree": "severe"}
    for name, how, kind, told_of, day in (
        ("M07", halves, Hearing, heard, "minutes_on"),
        ("M08", halves, Hearing, heard, "minutes_on"),
        ("M07D", halves, Certificate, given, "issued_on"),
        ("BC-03", {"period": "2026-1"}, Hearing, heard, "minutes_on"),
    ):
        before = frozen(office, name, **how)
        with office.lan.db.write(Author("lan")) as session:
            owned = {"office_id": office.lan.office.id, "person_id": who}
            session.add(kind(**owned, **told_of, **{day: "2026-03-01"}))
        found = compared(office, before, frozen(office, name, **how))
        column = "issued" if kind is Certificate else "concluded_not_disabled"
        (cell,) = [one for one in found.cells if one.column == column]
        assert [one.name for one in cell.moved] == ["Trần Thị Phiếu"] and not cell.untold, name
        written = "Ghi giấy xác nhận" if kind is Certificate else "Đưa vào phiên họp"
        assert written in told(cell, found)
    wider = frozen(office, "M07", **halves | {"since": "2026-03-01"})
    narrower = frozen(office, "M07", **halves | {"since": "2026-03-02"})
    found = compared(office, wider, narrower)
    (cell,) = [one for one in found.cells if one.column == "heard"]
    assert "hai bản tính theo ngày khác nhau" in told(cell, found) and "máy khác" not in told(
        cell, found
    )
    assert any("02/03/2026" in note for note in found.notes)


def test_what_is_nobodys_record_tells_its_own_history_and_blames_no_other_pc(
    office: Desk,
) -> None:
    with office.lan.db.write(Author("lan")) as session:
        lesson = TrainingClass(office_id=office.lan.office.id, name="Lớp 1", round_id="r",
                               starts_on="2026-03-02", days=3)  # fmt: skip
        session.add(lesson)
        session.flush()
        event = lesson.id
    before = frozen(office, "R-TH")
    with office.lan.db.write(Author("lan")) as session:
        session.add(Delegate(office_id=office.lan.office.id, event_id=event, full_name="Trần B",
                             sex="male", level="commune"))  # fmt: skip
        session.get_one(TrainingClass, event).days = 5
    found = compared(office, before, frozen(office, "R-TH"))
    (seats,) = [one for one in found.cells if one.column == "seats"]
    assert "Ghi đại biểu" in told(seats, found) and not seats.untold
    assert "máy khác" not in " ".join(document.diff_lines(found))


def test_a_set_is_one_picture_and_an_edition_knows_what_it_counted(
    office: Desk, tmp_path: Path
) -> None:
    """Somebody enters a person after each report of a set, and while an edition waits."""
    entered: list[str] = []
    report_out.write_set(
        office.hoa, ReportAsk(""), tmp_path, ("json",),
        lambda _done, _steps: entered.append(approved(office)) if len(entered) < 20 else None,
    )  # fmt: skip
    sums = [json.loads(file.read_text("utf-8"))["totals"] for file in tmp_path.glob("*.json")]
    counted = [one[key] for one in sums for key in ("approved", "entry_approved") if key in one]
    assert len(counted) > 2 and len(set(counted)) == 1, counted
    first = frozen_while_somebody_writes(office)
    assert not compared(office, first, frozen(office, "R-01")).cells  # it waited for the writer
    late = approved(office)
    found = compared(office, first, frozen(office, "R-01"))
    cells = [one for one in found.cells if one.column == "approved"]
    assert [[one.person_id for one in cell.moved] for cell in cells] == [[late]]
    assert not any(cell.untold for cell in found.cells)


def frozen_while_somebody_writes(office: Desk) -> EditionCard:
    """An edition that is asked for when an approval is written and not yet committed."""
    who = person.save(office.minh, typed(types="mobility")).id
    cards: list[EditionCard] = []
    other = threading.Thread(target=lambda: cards.append(frozen(office, "R-01")))
    with office.lan.db.write(Author("lan")) as session:
        session.get_one(Person, who).status = "approved"
        session.flush()
        other.start()
        until(lambda: office.lan.db.store.queue.length == 1)
    other.join()
    return cards[0]


def until(met: Callable[[], bool]) -> None:
    last = time.monotonic() + WAIT_S
    while not met():
        assert time.monotonic() < last, "it never came"
        threading.Event().wait(0.005)


def test_a_list_of_some_says_of_whom_it_is(office: Desk, tmp_path: Path) -> None:
    """Thirteen women on a paper headed as everybody would be a wrong answer."""
    approved(office, name="Lê Thị Nở")
    ask = ReportAsk("BC-01", where="sex=female", units=(CAT_TUONG, desk.CAT_HANH))
    for name in ("nu.pdf", "nu.xlsx"):
        report_out.write_cell(office.hoa, ask, ("approved", None), tmp_path / name)
    told = "Chỉ đếm theo điều kiện: Giới tính: Nữ."
    assert told in read((tmp_path / "nu.pdf").read_bytes()).text
    rows = openpyxl.load_workbook(tmp_path / "nu.xlsx").worksheets[0].iter_rows(values_only=True)
    head = " ".join(str(row[0]) for row, _ in zip(rows, range(2), strict=False))
    assert told in head and "Số liệu tính đến ngày" in head and "Chỉ đếm người ở" in head
