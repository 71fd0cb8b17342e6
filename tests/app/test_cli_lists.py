"""The command line over lists and papers, backups, and as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import delete

from app import workspace
from data import keyfile
from data.records.office import Office
from tests import desk
from tests.app.imports import lists
from tests.conftest import ROOT
from tests.cost import STANDARD
from tests.desk import CAT_HANH, CAT_TUONG, PASSWORD
from tests.line import NAME, Line
from tests.papers import reading


def test_a_list_comes_in_and_goes_out(calls: Line, samples: Path, tmp_path: Path) -> None:
    tried = calls("import", str(samples / "clean.xlsx"), "--dry-run", "--user", "minh")
    assert calls("people", "list", "--limit", "0")["total"] == 0
    answer = calls("import", str(samples / "clean.xlsx"), "--user", "minh")
    assert answer["rows"] == tried["rows"] == answer["created"] + len(answer["refused"])
    for row in answer["refused"]:
        assert {"sheet", "row", "field", "code", "value"} <= set(row)
    waiting = calls("people", "list", "--status", "waiting", "--limit", "0")["total"]
    assert waiting == answer["created"]
    told = calls.raw("import", "list", "--text", "--user", "minh")
    assert f"danh sách “clean.xlsx”, {waiting} người mới" in told and ".000Z" not in told
    again = calls("import", str(samples / "clean.xlsx"), "--user", "minh")
    assert (again["created"], again["matched"]) == (0, waiting)
    out = tmp_path / "danh sách.csv"
    assert calls("export", "people", "--out", str(out), "--user", "hoa")["people"] == waiting
    assert calls.codes("export", "people", "--out", str(out), "--user", "minh") == ["not_allowed"]


def test_backup_and_restore_bring_the_people_back(calls: Line, tmp_path: Path) -> None:
    calls.add()
    made = calls("backup", "--out", str(tmp_path / "usb"))
    assert Path(made["file"]).is_file() and made["people"] == 1
    other = Line(tmp_path / "máy mới", calls.capsys)
    assert other("restore", made["file"])["people"] == 1
    told = Line(tmp_path / "máy khác", calls.capsys).raw("restore", made["file"], "--text")
    assert "Bản sao lưu mở bằng mật khẩu của “" in told
    assert other("people", "list")["people"][0]["name"] == NAME
    assert other.codes("restore", str(tmp_path / "không có")) == ["backup_missing"]


def test_a_place_that_takes_no_files_is_told_and_nothing_is_lost(
    calls: Line, tmp_path: Path
) -> None:
    """A file where a folder was meant; a stick that was pulled out answers in the same way."""
    calls.add()
    file = tmp_path / "usb"
    file.write_text("không phải thư mục", "utf-8")
    assert calls.codes("backup", "--out", str(file / "sao lưu")) == ["place_not_writable"]
    made = calls("backup", "--out", str(tmp_path / "ổ khác"))
    nowhere = Line(file / "máy mới", calls.capsys)
    office = ("--office-name", "x", "--unit", CAT_HANH, "--admin", "lan")
    assert nowhere.codes("init", *office) == ["place_not_writable"]
    assert nowhere.codes("restore", made["file"]) == ["place_not_writable"]
    for verb, name in ((("export", "people"), "x.csv"), (("print", "case-file", "--all"), "x.pdf")):
        words = (*verb, "--out", str(file / name), "--user", "hoa")
        (code,) = calls.codes(*words)
        assert code in ("export_not_written", "print_not_written")
    assert file.read_text("utf-8") == "không phải thư mục"
    assert calls("people", "list", "--limit", "0")["total"] == 1


def test_case_files_are_printed_together_or_one_each(calls: Line, tmp_path: Path) -> None:
    first, second = calls.add(), calls.add("name=Trần Đình Chiến")
    out = tmp_path / "giấy" / "hồ sơ.pdf"
    one = calls("print", "case-file", "--person", first, "--out", str(out), "--user", "hoa")
    assert one["files"] == [str(out)] and out.read_bytes().startswith(b"%PDF-")
    folder = tmp_path / "từng người"
    words = ("print", "case-file", "--all", "--out", str(folder), "--separate", "--user", "hoa")
    each = calls(*words)
    assert each["people"] == 2 and len(each["files"]) == 2
    assert all(Path(file).read_bytes().startswith(b"%PDF-") for file in each["files"])
    nobody = ("print", "case-file", "--query", "không có ai", "--out", str(out))
    assert calls.codes(*nobody, "--user", "hoa") == ["nobody_to_print"]
    assert calls.codes(*words[:-1], "minh") == ["not_allowed"]
    both = ("print", "case-file", "--person", first, "no such id", second, "--out", str(out))
    told = calls(*both, "--user", "hoa", code=1)
    assert [problem["code"] for problem in told["problems"]] == ["person_unknown"]
    assert told["people"] == 2


def test_the_files_of_one_commune_are_printed_and_its_index_names_it_once(
    calls: Line, tmp_path: Path
) -> None:
    for name in ("Trần Đình Chiến", "Lê Thị Mai"):
        calls.add(f"name={name}")
    calls.add("name=Võ Văn Xa", f"commune={CAT_TUONG}")
    out = tmp_path / "xã.pdf"
    words = ("print", "case-file", "--out", str(out), "--user", "hoa", "--unit")
    assert calls(*words, CAT_HANH)["people"] == 2
    read = reading.read(out.read_bytes())
    assert "Lê Thị Mai" in read.pages[0] and "Võ Văn Xa" not in read.text
    assert read.pages[0].count("Cát Hanh") == 1 and "Xã, phường" not in read.pages[0]
    assert calls(*words, CAT_HANH, "--unit", CAT_TUONG)["people"] == 3
    assert "Xã, phường" in reading.read(out.read_bytes()).pages[0]
    assert calls.codes(*words, "63:00001") == ["nobody_to_print"]


def test_the_program_runs_as_a_process_of_its_own(home: Path) -> None:
    environment = os.environ | {
        "SOANSINH_PASSWORD": PASSWORD,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONIOENCODING": "ascii",
    }
    call = [sys.executable, "-m", "ui.main", "--home", str(home)]

    def run(*words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*call, *words], cwd=ROOT, env=environment, capture_output=True, check=False
        )

    done = run("init", "--office-name", "UBND xã Cát Hanh", "--unit", CAT_HANH, "--admin", "lan")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["office"] == "UBND xã Cát Hanh"
    assert {slot.cost for slot in keyfile.load(home).slots} == {STANDARD}
    made = run("people", "add", "--json", "--set", f"name={NAME}", f"commune={CAT_HANH}")
    assert made.returncode == 0, made.stderr
    for language in ("vi", "en"):
        environment["SOANSINH_LANG"] = language
        assert NAME.encode() in run("people", "list").stdout
    refused = run("people", "show", "không có")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["problems"][0]["code"] == "person_unknown"


def test_a_bug_gets_a_number_a_file_and_a_calm_sentence(home: Path) -> None:
    """A store whose office row was destroyed by hand: nothing in the program expects that."""
    desk.at(home).close()
    ws = workspace.open(home, "lan", PASSWORD)
    with ws.db.write(ws.author()) as session:
        session.execute(delete(Office))
    ws.db.close()
    environment = os.environ | {"SOANSINH_PASSWORD": PASSWORD, "QT_QPA_PLATFORM": "offscreen"}
    call = [sys.executable, "-m", "ui.main", "--home", str(home), "people", "list", "--json"]
    died = subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert died.returncode == 3
    problem = json.loads(died.stdout)["problems"][0]
    assert problem["code"] == "bug" and problem["value"] in problem["message"]
    assert (home / "log" / f"{problem['value']}.txt").read_text("utf-8").count("NoResultFound")


def test_an_unknown_status_and_an_empty_search_are_refused(calls: Line, tmp_path: Path) -> None:
    out = str(tmp_path / "x.xlsx")
    calls.raw("export", "people", "--out", out, "--status", "khong-co", code=2)
    paper = str(tmp_path / "x.pdf")
    assert calls.codes("print", "case-file", "--query", " ", "--out", paper) == ["query_empty"]
    assert not list(tmp_path.glob("x.*"))


def test_imports_are_listed_undone_and_steered_by_a_mapping_file(
    calls: Line, tmp_path: Path
) -> None:
    path = tmp_path / "ds.csv"
    path.write_text("Họ và tên;Năm sinh;Xã;K\nNguyÔn An;1950;Cát Hanh;VĐ\n", "utf-8")
    mapping = tmp_path / "ghép.json"
    chosen = {"columns": {"D": "types"}, "encodings": {"*": "tcvn3"}}
    mapping.write_text(json.dumps(chosen), "utf-8")
    asked = calls("import", str(path), "--dry-run", "--user", "minh")
    assert asked["questions"][0]["samples"][0]["readings"]["tcvn3"] == "Nguyễn An"
    made = calls("import", str(path), "--mapping", str(mapping), "--user", "minh")
    assert (made["created"], made["changed"], made["unchanged"]) == (1, 0, 0)
    assert made["encodings"] == {"unicode": 7, "tcvn3": 1}
    (found,) = calls("people", "list")["people"]
    assert found["name"] == "Nguyễn An"
    (listed,) = calls("import", "list", "--user", "minh")["imports"]
    assert listed["id"] == made["id"] and listed["counts"]["new"] == 1
    assert calls("import", "--undo", made["id"], "--user", "minh")["removed"] == 1
    assert calls("people", "list", "--limit", "0")["total"] == 0
    assert calls.codes("import", "--undo", made["id"], "--user", "minh") == ["import_undone"]
    mapping.write_text("[1]", "utf-8")
    words = ("import", str(path), "--mapping", str(mapping), "--user", "minh")
    assert calls.codes(*words) == ["mapping_unreadable"]
    out = tmp_path / "mẫu.xlsx"
    told = calls("import", "list-template", "--out", str(out), "--unit", CAT_HANH, "--user", "hoa")
    assert told == {"file": str(out), "communes": 1, "people": 0}


def test_a_row_with_something_kept_out_is_named_on_the_terminal(
    calls: Line, tmp_path: Path
) -> None:
    path = tmp_path / "ds.xlsx"
    lists.xlsx(path, [("Họ và tên", "Xã", "Ghi chú"), ("Lê Thị Hoa", "Cát Hanh", "nhiễm HIV")])
    told = calls.raw("import", str(path), "--text", "--user", "minh")
    assert "DS, dòng 2" in told and "được quyền" in told and "HIV" not in told
    assert "HIV" not in calls.raw("people", "show", calls("people", "list")["people"][0]["id"])


def test_without_a_screen_the_window_says_so_with_code_3(home: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    call = [sys.executable, "-m", "ui.main", "--home", str(home)]
    for more, words in (((), "không có màn hình"), (("--lang", "en"), "has no screen")):
        done = subprocess.run(
            [*call, *more], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (3, "")
        assert words in done.stderr and "soansinh --help" in done.stderr
