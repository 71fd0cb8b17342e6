"""Files that leave the program under a password: nobody opens them without, nothing keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest
import pyzipper
from msoffcrypto import OfficeFile
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
from sqlalchemy import select

from app import workspace
from app.actions import (
    export_list,
    file_password,
    person,
    print_job,
    printing,
    report,
    report_out,
    settings,
)
from app.errors import Refused
from app.values.papers import PrintRequest
from app.values.person import PeopleFilter
from app.values.report import ReportAsk
from app.workspace import Workspace
from data import schema
from data.records.draft import of_record
from tests import desk
from tests.desk import Desk, typed
from tests.line import Line
from tests.papers.reading import read

SECRET = "Mở-tệp-này-2026"
NAME = "Nguyễn Thị Hường"


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:

    opened = desk.at(tmp_path_factory.mktemp("locked") / "office")
    for name in (NAME, "Lê Thị An"):
        person.save(opened.minh, typed(name=name))
    yield opened
    opened.close()


@pytest.fixture
def hoa(at: Desk) -> Workspace:
    return file_password.locking(at.hoa, SECRET)


def in_zip(file: Path, password: str = SECRET) -> str:
    with pyzipper.AESZipFile(file) as closed:
        closed.setpassword(password.encode())
        return closed.read(closed.namelist()[0]).decode("utf-8-sig")


def in_office(file: Path, password: str = SECRET) -> list[list[object]]:
    opened, closed = BytesIO(), OfficeFile(BytesIO(file.read_bytes()))
    closed.load_key(password=password)
    closed.decrypt(opened)
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(opened).active]


def in_pdf(file: Path, password: str = SECRET) -> str:
    document = pdfium.PdfDocument(file, password=password)
    try:
        told = " ".join(page.get_textpage().get_text_bounded() for page in document)
        return " ".join(told.split())
    finally:
        document.close()


def test_every_kind_of_file_opens_with_its_password_alone_and_says_nothing_without(
    at: Desk, hoa: Workspace, tmp_path: Path
) -> None:
    sheet, words = tmp_path / "người.xlsx", tmp_path / "người.csv"
    assert export_list.people(hoa, PeopleFilter(), sheet) == 2
    assert export_list.people(hoa, PeopleFilter(), words) == 2
    assert not words.exists(), "a .csv cannot be closed: it lies in a zip"
    assert NAME in in_zip(tmp_path / "người.csv.zip")
    assert NAME in [row[1] for row in in_office(sheet)]
    table = report.run(hoa, ReportAsk("BC-10"))
    paper = report_out.write(hoa, table, tmp_path / "bc.pdf")
    assert "BC-10" in in_zip(report_out.write(hoa, table, tmp_path / "bc.json"))
    cell = report_out.write_cell(hoa, table.ask, ("entered", None), tmp_path / "ô.pdf")
    assert NAME in in_pdf(cell) and "Đơn vị tính" in in_pdf(paper)
    ids = person.ids(at.hoa, PeopleFilter())
    volume = printing.case_files(hoa, PrintRequest(ids, tmp_path / "tập.pdf"))
    each = printing.case_files(hoa, PrintRequest(ids, tmp_path / "từng người", separate=True))
    assert volume.persons == each.persons == 2 and len(each.files) == 2
    assert b"AESV3" in volume.files[0].read_bytes(), "AES with 256 bits"
    whole = in_pdf(volume.files[0])
    assert NAME in whole and "Lê Thị An" in whole
    assert NAME in "".join(map(in_pdf, each.files))
    assert not list(tmp_path.rglob("*.part"))
    for file in tmp_path.rglob("*.*"):
        if file.is_file():
            assert NAME.encode() not in file.read_bytes(), file
    with pytest.raises((DecryptionError, InvalidKeyError)):
        in_office(sheet, "sai-mat-khau")
    with pytest.raises(RuntimeError):
        in_zip(tmp_path / "người.csv.zip", "sai-mat-khau")
    for file in (cell, paper, volume.files[0], *each.files, each.index):
        with pytest.raises(pdfium.PdfiumError):
            in_pdf(file, "sai-mat-khau")
    with at.lan.db.read() as session:
        kept = str([session.execute(select(t)).all() for t in schema.metadata.sorted_tables])
    assert SECRET not in kept and SECRET not in repr(hoa), "the password is kept nowhere"


def test_a_locked_volume_has_the_pages_of_an_open_one(
    at: Desk, hoa: Workspace, tmp_path: Path
) -> None:
    ids = person.ids(at.hoa, PeopleFilter())
    open_one = printing.case_files(at.hoa, PrintRequest(ids, tmp_path / "ngỏ.pdf"))
    closed = printing.case_files(hoa, PrintRequest(ids, tmp_path / "khóa.pdf"))
    assert closed.pages == open_one.pages
    with pdfium.PdfDocument(closed.files[0], password=SECRET) as document:
        marks = tuple(mark.get_title() for mark in document.get_toc())
        assert len(document) == closed.pages
    assert marks == read(open_one.files[0].read_bytes()).outline


def test_files_stopped_under_one_password_are_all_made_again_under_the_next(
    at: Desk, hoa: Workspace, tmp_path: Path
) -> None:
    request = PrintRequest(person.ids(at.hoa, PeopleFilter()), tmp_path / "từng", separate=True)

    def stopped_after_one(ws: Workspace) -> None:
        left = iter([False])
        stopped = printing.case_files(ws, request, None, lambda: next(left, True))
        assert stopped.stopped and len(stopped.files) == 1

    for before in (file_password.locking(at.hoa, "Ca-chua-mot-1111"), at.hoa):
        stopped_after_one(before)
        done = printing.case_files(hoa, request)
        assert (done.resumed_from, len(done.files)) == (0, 2)
        assert NAME in "".join(map(in_pdf, done.files)), "all open with the last password"
    stopped_after_one(hoa)
    done = printing.case_files(at.hoa, request)
    assert done.resumed_from == 0 and all(read(one.read_bytes()) for one in done.files)
    stopped_after_one(hoa)
    printing.give_up(at.hoa, request)
    with at.lan.db.read() as session:
        assert not of_record(session, print_job.RECORD)


def test_what_the_office_decided_is_asked_and_a_weak_password_is_refused(
    at: Desk, tmp_path: Path
) -> None:
    hoa = at.hoa
    assert file_password.asked(hoa) and not file_password.asked(hoa, personal=False)
    for weak, code in (("ngan", "password_short"), ("12345678", "password_common")):
        with pytest.raises(Refused) as refused:
            file_password.locking(hoa, weak)
        assert [(one.code, one.field) for one in refused.value.problems] == [
            (code, "file_password")
        ]
    with pytest.raises(Refused) as refused:
        settings.change(at.lan, {"file_passwords": "maybe"})
    assert refused.value.problems[0].code == "setting_choice"
    settings.change(at.lan, {"file_passwords": "must"})
    hoa = workspace.attach(at.lan.db, "hoa")
    request = PrintRequest(person.ids(hoa, PeopleFilter()), tmp_path / "ra.pdf")
    asked = ReportAsk("BC-10")
    for write in (
        lambda: export_list.people(hoa, PeopleFilter(), tmp_path / "ra.xlsx"),
        lambda: report_out.write_cell(hoa, asked, ("entered", None), tmp_path / "ra.csv"),
        lambda: printing.case_files(hoa, request),
    ):
        with pytest.raises(Refused) as refused:
            write()
        assert [one.code for one in refused.value.problems] == ["file_password_needed"]
    assert not list(tmp_path.iterdir())
    report_out.write(hoa, report.run(hoa, asked), tmp_path / "so.csv")  # numbers name nobody
    course = settings.course(at.lan, "file_passwords")
    assert [(one.value, one.by) for one in course] == [("must", "lan")]
    settings.change(at.lan, {"file_passwords": "ask"})


def test_the_command_line_takes_the_password_from_its_surroundings(
    calls: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls.add()
    out = tmp_path / "ra.csv"
    assert calls("export", "people", "--out", str(out), "--user", "hoa")["locked"] is False
    assert NAME in out.read_text("utf-8-sig")
    out.unlink()
    monkeypatch.setenv("SOANSINH_FILE_PASSWORD", SECRET)
    told = calls("export", "people", "--out", str(out), "--user", "hoa")
    assert (told["locked"], told["file"]) == (True, f"{out}.zip")
    assert NAME in in_zip(Path(told["file"])) and not out.exists()
    told = calls("import", "list-template", "--out", str(tmp_path / "mẫu.xlsx"))
    assert "không dùng SOANSINH_FILE_PASSWORD" in told["told"][0], "an open file is told"
    monkeypatch.setenv("SOANSINH_FILE_PASSWORD", "ngan")
    words = ("export", "people", "--out", str(out), "--user", "hoa")
    assert calls.codes(*words) == ["password_short"]
