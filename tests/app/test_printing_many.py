"""Printing many: volumes and folders, and going on where it was interrupted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions import person, print_job, printing
from app.actions.case_file import file_number
from app.actions.printing import PrintRequest
from app.errors import Refused
from app.values.person import PeopleFilter
from data.records.draft import Draft, of_record
from data.records.person import Person
from tests import desk
from tests.desk import Desk
from tests.papers import reading
from tests.papers.people import full_person, prints_of, several

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    at = desk.at(home)
    yield at
    at.lan.db.close()


def test_a_volume_begins_with_an_index_that_leads_to_the_right_pages(
    office: Desk, tmp_path: Path
) -> None:
    ids = (full_person(office), *several(office, 45))
    steps: list[tuple[int, int]] = []
    done = printing.case_files(
        office.hoa, PrintRequest(ids, tmp_path / "xa" / "tap.pdf"), lambda *at: steps.append(at)
    )
    assert steps[-1] == (46, 46) and len(steps) == 46
    read = reading.read((tmp_path / "xa" / "tap.pdf").read_bytes())
    assert len(read.pages) == done.pages
    index = " ".join(read.pages[:3])
    cards = person.listing(office.hoa, PeopleFilter(ids=ids), limit=100).cards
    names = {card.id: card.name for card in cards}
    for number, who in enumerate(ids, 1):
        line = index.partition(f" {number} {names[who]} ")[2]
        page = next(word for word in line.split() if word.isdigit() and "/" not in word)
        assert f"Mã hồ sơ: {file_number(who)}" in read.pages[int(page) - 1]
        assert names[who].upper() in read.pages[int(page) - 1]
        assert f"Tờ {page} của tập" in read.pages[int(page) - 1]
    assert read.outline == tuple(f"{file_number(who)} · {names[who]}" for who in ids)
    assert all(prints_of(office, who) == ["hoa"] for who in ids)


def test_one_file_each_with_the_index_in_a_folder_of_its_own(office: Desk, tmp_path: Path) -> None:
    ids = several(office, 23)
    done = printing.case_files(office.hoa, PrintRequest(ids, tmp_path / "xa", separate=True))
    assert sorted((tmp_path / "xa").glob("*.pdf")) == list(done.files)
    assert done.files[0].name == f"0001_nguyen-van-aa_{file_number(ids[0])}.pdf"
    for path, who in zip(done.files, ids, strict=True):
        assert f"Mã hồ sơ: {file_number(who)}" in reading.read(path.read_bytes()).text
    assert done.index is not None
    listed = reading.read(done.index.read_bytes()).text.replace(" ", "")
    assert all(path.name in listed for path in done.files)


@pytest.mark.parametrize("one_each", [False, True])
def test_cancelled_work_goes_on_where_it_stopped(
    office: Desk, tmp_path: Path, one_each: bool
) -> None:
    ids = several(office, 50)
    out = tmp_path / ("xa" if one_each else "tap.pdf")
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 31

    stopped = printing.case_files(office.hoa, PrintRequest(ids, out, one_each), None, cancelled)
    assert stopped.stopped and stopped.persons == 31
    assert len(stopped.files) == (31 if one_each else 0)
    assert [len(prints_of(office, who)) for who in ids] == [1] * 31 + [0] * 19
    done = printing.case_files(office.hoa, PrintRequest(ids, out, one_each))
    assert (done.resumed_from, done.persons, done.stopped) == (31, 50, False)
    assert [len(prints_of(office, who)) for who in ids] == [1] * 50
    if one_each:
        assert len(list(out.glob("*.pdf"))) == 50
    else:
        read = reading.read(out.read_bytes())
        places = [read.text.find(f"Mã hồ sơ: {file_number(who)}") for who in ids]
        assert -1 not in places and places == sorted(places)
    assert not begun(office)
    assert not list(tmp_path.rglob("*.part"))


def test_a_power_cut_between_two_journals_loses_only_what_nobody_saw(
    office: Desk, tmp_path: Path
) -> None:
    ids = several(office, 50)
    request = PrintRequest(ids, tmp_path / "tap.pdf")

    class PowerCut(BaseException):
        pass

    def progress(done: int, _total: int) -> None:
        if done == 45:
            raise PowerCut

    with pytest.raises(PowerCut):
        printing.case_files(office.hoa, request, progress)
    (tmp_path / "tap.pdf.part" / "0004.pdf").write_bytes(b"torn off in the middle of a page")
    assert not (tmp_path / "tap.pdf").exists()
    done = printing.case_files(office.hoa, request)
    assert done.resumed_from == 45 and done.persons == 50
    assert len(reading.read((tmp_path / "tap.pdf").read_bytes()).pages) == done.pages


def test_a_lost_half_volume_is_printed_from_the_beginning(office: Desk, tmp_path: Path) -> None:
    ids = several(office, 25)
    request = PrintRequest(ids, tmp_path / "tap.pdf")
    left = iter([False] * 22)
    printing.case_files(office.hoa, request, None, lambda: next(left, True))
    shutil.rmtree(tmp_path / "tap.pdf.part")
    done = printing.case_files(office.hoa, request)
    assert (done.resumed_from, done.persons) == (0, 25)
    assert (
        reading.read((tmp_path / "tap.pdf").read_bytes())
        .outline[0]
        .startswith(f"{file_number(ids[0])} · Nguyễn Văn")
    )


def test_who_cannot_be_printed_is_named_and_hinders_nobody(office: Desk, tmp_path: Path) -> None:
    ids = several(office, 3)
    person.remove(office.lan, ids[1], "nhập nhầm")
    done = printing.case_files(office.hoa, PrintRequest(ids, tmp_path / "tap.pdf"))
    assert [one.value for one in done.failed] == [ids[1]]
    assert done.persons == 2
    read = reading.read((tmp_path / "tap.pdf").read_bytes())
    assert "chưa in" in read.pages[0]
    none = printing.case_files(office.hoa, PrintRequest((ids[1],), tmp_path / "khong.pdf"))
    assert none.files == () and none.failed
    assert not (tmp_path / "khong.pdf").exists()
    assert not list(tmp_path.glob("*.part"))


def test_a_place_that_cannot_be_written_is_said_in_words(office: Desk, tmp_path: Path) -> None:
    ids = several(office, 2)
    (tmp_path / "tep").write_text("đã có")
    for separate in (True, False):
        with pytest.raises(Refused) as refused:
            printing.case_files(office.hoa, PrintRequest(ids, tmp_path / "tep" / "a.pdf", separate))
        problem = refused.value.problems[0]
        assert problem.code == "print_not_written"
        assert "Không ghi được tệp" in problem.message


def test_half_printed_volumes_of_yesterday_are_taken_away(office: Desk, tmp_path: Path) -> None:
    ids = several(office, 25)
    left = iter([False] * 22)
    printing.case_files(
        office.hoa, PrintRequest(ids, tmp_path / "cu.pdf"), None, lambda: next(left, True)
    )
    assert begun(office)
    tomorrow = office.hoa.clock() + print_job.KEPT + timedelta(minutes=1)
    later = replace(office.hoa, clock=lambda: tomorrow)
    printing.case_files(later, PrintRequest(ids[:1], tmp_path / "moi.pdf"))
    assert not begun(office)
    assert not (tmp_path / "cu.pdf.part").exists(), "names of people do not lie around"


def test_a_damaged_part_of_a_volume_is_told_and_the_next_run_begins_anew(
    office: Desk, tmp_path: Path
) -> None:
    ids = several(office, 45)
    request = PrintRequest(ids, tmp_path / "tap.pdf")
    left = iter([False] * 41)
    printing.case_files(office.hoa, request, None, lambda: next(left, True))
    (tmp_path / "tap.pdf.part" / "0001.pdf").write_bytes(b"")
    with pytest.raises(Refused) as refused:
        printing.case_files(office.hoa, request)
    assert refused.value.problems[0].code == "print_not_written"
    done = printing.case_files(office.hoa, request)
    assert (done.resumed_from, done.persons) == (0, 45)


def test_the_program_killed_while_printing_leaves_whole_logged_files_and_goes_on(
    office: Desk, tmp_path: Path
) -> None:
    ids = several(office, 60)
    out = tmp_path / "xa"
    words = ["print", "case-file", "--all", "--out", str(out), "--separate", "--user", "hoa"]
    call = [sys.executable, "-m", "ui.main", "--home", str(office.home), *words]
    env = os.environ | {"SOANSINH_PASSWORD": desk.PASSWORD}
    with subprocess.Popen(call, env=env, stdout=subprocess.DEVNULL, cwd=ROOT) as process:
        deadline = time.monotonic() + 60
        while not list(out.glob("*.pdf")) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.kill()
    seen = sorted(out.glob("*.pdf"))
    assert 0 < len(seen) < 60
    for path in seen:
        assert len(reading.read(path.read_bytes()).pages) == 1
    assert sum(len(prints_of(office, who)) for who in ids) >= len(seen)
    done = printing.case_files(
        office.hoa, PrintRequest(person.ids(office.hoa, PeopleFilter()), out, separate=True)
    )
    assert done.persons == len(list(out.glob("*.pdf"))) == 60
    assert not list(out.glob("*.part"))


def test_a_begun_print_leaves_no_name_in_the_home_and_is_gone_on_with_all_the_same(
    office: Desk, tmp_path: Path
) -> None:
    ids = several(office, 25)
    asked = "hồ sơ Đặng Thị Vĩnh"
    for out, one_each in ((tmp_path / f"{asked}.pdf", False), (tmp_path / asked, True)):
        left = iter([False] * 22)
        request = PrintRequest(ids, out, one_each)
        printing.case_files(office.hoa, request, None, lambda left=left: next(left, True))
        for name in (asked, "Nguyễn Văn", "nguyen-van"):
            assert not holding(office.home, name)
        if one_each:
            office.lan.db.rotate("minh")  # new keys of the store do not lose the place
        done = printing.case_files(office.hoa, request)
        assert (done.resumed_from, done.persons) == (22, 25)
    cards = person.listing(office.hoa, PeopleFilter(ids=ids), limit=100).cards
    names = {card.id: card.name for card in cards}
    read = reading.read((tmp_path / f"{asked}.pdf").read_bytes())
    assert read.outline == tuple(f"{file_number(who)} · {names[who]}" for who in ids)


def holding(home: Path, words: str) -> list[Path]:
    """Files of the home with these words in their name or their bytes."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return [path for path in files if words in path.name or words.encode() in path.read_bytes()]


def begun(office: Desk) -> list[Draft]:
    """The journals of prints that are not finished."""
    with office.lan.db.read() as session:
        return of_record(session, print_job.RECORD)


@pytest.mark.parametrize("one_each", [False, True])
def test_a_print_given_up_for_good_leaves_no_half_paper(
    office: Desk, tmp_path: Path, one_each: bool
) -> None:
    ids = several(office, 25)
    request = PrintRequest(ids, tmp_path / ("xa" if one_each else "tap.pdf"), one_each)
    left = iter([False] * 22)
    printing.case_files(office.hoa, request, None, lambda: next(left, True))
    assert one_each or (tmp_path / "tap.pdf.part").exists()
    printing.give_up(office.hoa, request)
    assert not list(tmp_path.rglob("*.part"))
    assert not begun(office)
    assert len(list(tmp_path.rglob("*.pdf"))) == (22 if one_each else 0)
    assert printing.case_files(office.hoa, request).resumed_from == 0


def test_one_person_whose_record_cannot_be_read_hinders_nobody(
    office: Desk, tmp_path: Path
) -> None:
    ids = several(office, 3)
    box = office.lan.restricted
    assert box is not None
    sealed = box.seal("Bị đánh")
    with office.lan.db.write(office.lan.author()) as session:
        session.get_one(Person, ids[1]).violence_note = sealed[:-8] + "AAAAAAA="  # type: ignore[attr-defined]
    done = printing.case_files(office.lan, PrintRequest(ids, tmp_path / "tap.pdf"))
    assert done.persons == 2
    assert [one.value for one in done.failed] == [ids[1]] and done.failed[0].message
