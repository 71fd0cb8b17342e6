"""The command line as scripts and people call it: words in, JSON or lines out, exit codes kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import cli, workspace
from tests import desk
from tests.app.test_user import arrived
from tests.conftest import ROOT
from tests.desk import CAT_HANH, PASSWORD

NAME = "Nguyễn Thị Hường"


@dataclass
class Line:
    """The command line of one home, called inside this process."""

    home: Path
    capsys: pytest.CaptureFixture[str]

    def raw(self, *words: str, code: int = 0) -> str:
        assert cli.run(["--home", str(self.home), *words]) == code, self.capsys.readouterr()
        return self.capsys.readouterr().out

    def __call__(self, *words: str, code: int = 0) -> Any:
        return json.loads(self.raw(*words, "--json", code=code))

    def codes(self, *words: str) -> list[str]:
        """The codes of the problems of a refused call."""
        problems = self(*words, code=1)["problems"]
        assert all(set(one) == {"code", "field", "value", "message"} for one in problems)
        assert all(one["message"] for one in problems)
        return [one["code"] for one in problems]


@pytest.fixture
def line(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setenv("SOANSINH_PASSWORD", PASSWORD)
    return Line(home, capsys)


@pytest.fixture
def office(line: Line) -> Line:
    desk.at(line.home).close()
    return line


def add(office: Line, *sets: str, user: str = "minh") -> str:
    words = (f"name={NAME}", f"commune={CAT_HANH}", *sets)
    return str(office("people", "add", "--set", *words, "--user", user)["id"])


def test_init_makes_an_office_and_shows_the_recovery_code_once(line: Line) -> None:
    made = line(
        *("init", "--office-name", "UBND xã Cát Hanh", "--unit", CAT_HANH, "--unit", "34:21853"),
        *("--admin", "lan"),
    )
    assert made["office"] == "UBND xã Cát Hanh"
    assert made["recovery_code"].count("-") == 5
    assert line("people", "list") == {"total": 0, "people": []}
    again = ("init", "--office-name", "x", "--unit", CAT_HANH, "--admin", "lan")
    assert line.codes(*again) == ["store_exists"]


def test_init_with_a_unit_nobody_knows_makes_nothing(line: Line) -> None:
    words = ("init", "--office-name", "x", "--unit", "63:0", "--admin", "lan")
    assert line.codes(*words) == ["unit_not_known"]
    assert line.codes("people", "list") == ["store_missing"]


def test_global_options_stand_before_and_after_the_verb(office: Line) -> None:
    add(office)
    home = str(office.home)
    for words in (
        ["--home", home, "--user", "hoa", "--json", "people", "list"],
        ["people", "list", "--json", "--user=hoa", "--home", home],
        ["people", "--user", "hoa", "list", "--home=" + home, "--json", "--limit", "5"],
    ):
        assert cli.run(words) == 0
        assert json.loads(office.capsys.readouterr().out)["total"] == 1


def test_people_list_tells_each_person_in_the_agreed_shape(office: Line) -> None:
    made = add(
        office,
        *("sex=nữ", "birth=3/1956", "id_number=052156004451", "hamlet=Vĩnh Trường"),
        *("types=vận động; trí tuệ", "degree=nặng", "mine_victim=có"),
    )
    answer = office("people", "list", "--query", "huong vinh truong")
    assert answer["total"] == 1
    assert answer["people"] == [
        {
            "id": made,
            "name": NAME,
            "sex": "female",
            "birth": "1956-03",
            "birth_precision": "month",
            "id_number": "052156004451",
            "commune": {"system": "63", "code": "21871", "name": "Cát Hanh"},
            "current_commune": answer["people"][0]["current_commune"],
            "hamlet": "Vĩnh Trường",
            "types": ["intellectual", "mobility"],
            "degree": "severe",
            "mine_victim": True,
            "status": "draft",
        }
    ]
    assert answer["people"][0]["current_commune"]["system"] == "34"


def test_people_list_gives_pages_and_the_whole_count(office: Line) -> None:
    for name in ("An", "Bình", "Chi", "Dũng"):
        office("people", "add", "--set", f"name=Lê {name}", f"commune={CAT_HANH}", "--user", "minh")
    page = office("people", "list", "--limit", "2", "--offset", "1")
    assert (page["total"], [one["name"] for one in page["people"]]) == (4, ["Lê Bình", "Lê Chi"])
    assert office("people", "list", "--limit", "0") == {"total": 4, "people": []}
    assert office("people", "list", "--status", "approved")["total"] == 0


def test_people_show_has_every_field_by_name_and_the_history(office: Line) -> None:
    made = add(office, "phone=0912 345.678", "email=huong@example.vn")
    office("people", "edit", made, "--set", "phone=0987654321", "--user", "hoa")
    shown = office("people", "show", made)
    assert (shown["phone"], shown["email"], shown["status"]) == (
        "0987654321",
        "huong@example.vn",
        "draft",
    )
    from data import fields

    assert {field.name for field in fields.of("person")} <= set(shown)
    assert shown["commune"] == {"system": "63", "code": "21871", "name": "Cát Hanh"}
    change = shown["history"][0]
    assert (change["by"], change["field"], change["old"], change["new"]) == (
        "hoa",
        "phone",
        "0912345678",
        "0987654321",
    )
    assert shown["history"][-1]["op"] == "create"
    assert shown["needs"] == shown["cases"] == shown["accidents"] == []


def test_people_show_as_of_a_day_before_there_was_anybody_is_refused(office: Line) -> None:
    made = add(office)
    assert office.codes("people", "show", made, "--as-of", "2001-01-01") == ["person_unknown_then"]
    assert office("people", "show", made, "--as-of", "2100-01-01")["name"] == NAME
    assert office.raw("people", "show", made, "--as-of", "hôm qua", code=2) == ""


def test_what_cannot_be_saved_is_refused_beside_its_field(office: Line) -> None:
    words = ("people", "add", "--set", f"commune={CAT_HANH}", "birth=32/13/1950", "shoe=42")
    problems = office(*words, "--user", "minh", code=1)["problems"]
    assert {(one["code"], one["field"]) for one in problems} == {
        ("not_a_date", "birth"),
        ("unknown_field", "shoe"),
        ("required", "name"),
    }
    assert office.codes("people", "add", "--set", "name") == ["field_value_wanted"]
    assert office("people", "list")["total"] == 0


def test_the_way_of_a_record_over_the_desk(office: Line) -> None:
    first, second = add(office), add(office, "name=Trần Đình Chiến")
    assert office("people", "submit", "--all", "--user", "minh") == {"submitted": [second, first]}
    assert office.codes("people", "approve", first, "--user", "minh") == ["not_allowed"]
    assert office.codes("people", "approve", "--all", "--user", "minh") == ["not_allowed"]
    office("people", "return", first, "--reason", "Thiếu ngày sinh", "--user", "hoa")
    assert office("people", "approve", "--all", "--user", "hoa") == {"approved": [second]}
    listed = office("people", "list", "--status", "returned")["people"]
    assert [one["id"] for one in listed] == [first]
    assert office.codes("people", "approve", first, "--user", "hoa") == ["not_waiting"]
    assert office.codes("people", "submit", second, "--user", "minh") == ["not_a_draft"]
    steps = office("people", "show", first)["approvals"]
    assert [(one["decision"], one["reason"]) for one in steps] == [
        ("returned", "Thiếu ngày sinh"),
        ("submitted", None),
    ]


def test_approve_names_who_was_refused_and_still_approves_the_others(office: Line) -> None:
    mine, other = add(office, user="hoa"), add(office, "name=Trần Đình Chiến")
    office("people", "submit", "--all", "--user", "minh")
    answer = office("people", "approve", mine, other, "--user", "hoa", code=1)
    assert [one["code"] for one in answer["problems"]] == ["approver_is_author"]
    assert [one["value"] for one in answer["problems"]] == [mine]
    assert office("people", "list", "--status", "approved")["people"][0]["id"] == other


def test_all_and_ids_are_one_or_the_other(office: Line) -> None:
    assert office.codes("people", "approve", "--user", "hoa") == ["all_or_ids"]
    assert office.codes("people", "submit", "--all", "x", "--user", "minh") == ["all_or_ids"]


def test_without_a_user_the_one_admin_works(office: Line) -> None:
    assert office("user", "list")["users"][0]["login"] in {"hoa", "lan", "minh"}
    made = office("people", "add", "--set", f"name={NAME}", f"commune={CAT_HANH}")["id"]
    assert office("people", "show", made)["created_by"] == "lan"


def test_an_admin_of_another_pc_does_not_make_a_second_one_here(office: Line) -> None:
    desk_of = workspace.open(office.home, "lan", PASSWORD)
    arrived(desk_of, "thu", role="admin")
    desk_of.db.close()
    assert office("people", "list")["total"] == 0
    assert "thu\tadmin\tThu\tchưa có mật khẩu" in office.raw("user", "list", "--text")


def test_with_two_admins_the_user_must_be_named(office: Line) -> None:
    office("user", "add", "thu", "--role", "admin")
    assert office.codes("people", "list") == ["user_which"]
    assert office("people", "list", "--user", "thu")["total"] == 0


def test_users_are_added_reset_and_deactivated(
    office: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOANSINH_NEW_PASSWORD", "Mua-xuan-1975")
    office("user", "add", "thu", "--role", "viewer", "--full-name", "Lê Thị Thu")
    office("user", "reset", "minh")
    assert office.codes("people", "list", "--user", "minh") == ["wrong_password"]
    monkeypatch.setenv("SOANSINH_PASSWORD", "Mua-xuan-1975")
    assert office("people", "list", "--user", "thu")["total"] == 0
    assert office("people", "list", "--user", "minh")["total"] == 0
    assert office.codes("user", "add", "x", "--role", "viewer", "--user", "thu") == ["not_allowed"]
    monkeypatch.setenv("SOANSINH_PASSWORD", PASSWORD)
    office("user", "deactivate", "thu")
    monkeypatch.setenv("SOANSINH_PASSWORD", "Mua-xuan-1975")
    assert office.codes("people", "list", "--user", "thu") == ["wrong_password"]
    assert office.codes("user", "deactivate", "lan", "--user", "minh") == ["not_allowed"]
    monkeypatch.setenv("SOANSINH_PASSWORD", PASSWORD)
    assert office.codes("user", "deactivate", "lan") == ["last_admin"]


def test_a_wrong_call_is_told_on_standard_error_with_code_2(
    line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (
        ["people", "fly"],
        ["user", "add", "thu", "--role", "boss"],
        ["people", "list", "--limit", "-1"],
        ["init"],
        ["nonsense"],
        ["people", "list", "--home"],
    ):
        assert cli.run(words) == 2, words
        told = capsys.readouterr()
        assert told.out == "" and "Gọi chưa đúng" in told.err


def test_help_is_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--help"]) == 0
    assert "nhập danh sách" in capsys.readouterr().out
    assert cli.run(["--lang", "en", "people", "--help"]) == 0
    assert "return for correction" in capsys.readouterr().out


def test_people_read_lines_and_scripts_read_json(office: Line) -> None:
    add(office, "id_number=052156004451", "birth=1956", "sex=nữ")
    lines = office.raw("people", "list", "--text")
    assert NAME in lines and "••••••••4451" in lines and "052156004451" not in lines
    assert json.loads(office.raw("people", "list"))["total"] == 1
    assert NAME in office.raw("people", "list"), "letters are not escaped"
    shown = office.raw("people", "show", office("people", "list")["people"][0]["id"], "--text")
    assert f"Họ và tên: {NAME}" in shown and "Lịch sử:" in shown


def test_a_list_comes_in_and_goes_out(office: Line, samples: Path, tmp_path: Path) -> None:
    tried = office("import", str(samples / "clean.xlsx"), "--dry-run", "--user", "minh")
    assert office("people", "list", "--limit", "0")["total"] == 0
    answer = office("import", str(samples / "clean.xlsx"), "--user", "minh")
    assert answer["rows"] == tried["rows"] == answer["created"] + len(answer["refused"])
    for row in answer["refused"]:
        assert {"sheet", "row", "field", "code", "value"} <= set(row)
    waiting = office("people", "list", "--status", "waiting", "--limit", "0")["total"]
    assert waiting == answer["created"]
    again = office("import", str(samples / "clean.xlsx"), "--user", "minh")
    assert (again["created"], again["matched"]) == (0, waiting)
    out = tmp_path / "danh sách.csv"
    assert office("export", "people", "--out", str(out), "--user", "hoa")["people"] == waiting
    assert office.codes("export", "people", "--out", str(out), "--user", "minh") == ["not_allowed"]


def test_backup_and_restore_bring_the_people_back(office: Line, tmp_path: Path) -> None:
    add(office)
    made = office("backup", "--out", str(tmp_path / "usb"))
    assert Path(made["file"]).is_file() and made["people"] == 1
    other = Line(tmp_path / "máy mới", office.capsys)
    assert other("restore", made["file"])["people"] == 1
    assert other("people", "list")["people"][0]["name"] == NAME
    assert other.codes("restore", str(tmp_path / "không có")) == ["backup_missing"]


def test_the_self_test_says_what_this_pc_can_do(line: Line) -> None:
    answer = json.loads(line.raw("self-test", "--json"))
    assert answer["ok"] is True
    assert {"store", "fonts"} <= {check["name"] for check in answer["checks"]}


@pytest.mark.parametrize("stream", ["vi", "en"])
def test_the_program_runs_as_a_process_of_its_own(home: Path, stream: str) -> None:
    environment = os.environ | {
        "SOANSINH_PASSWORD": PASSWORD,
        "QT_QPA_PLATFORM": "offscreen",
        "SOANSINH_LANG": stream,
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
    made = run("people", "add", "--json", "--set", f"name={NAME}", f"commune={CAT_HANH}")
    assert made.returncode == 0, made.stderr
    assert NAME.encode() in run("people", "list").stdout
    refused = run("people", "show", "không có")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["problems"][0]["code"] == "person_unknown"


def test_case_files_are_printed_together_or_one_each(office: Line, tmp_path: Path) -> None:
    first, second = add(office), add(office, "name=Trần Đình Chiến")
    out = tmp_path / "giấy" / "hồ sơ.pdf"
    one = office("print", "case-file", "--person", first, "--out", str(out), "--user", "hoa")
    assert one["files"] == [str(out)] and out.read_bytes().startswith(b"%PDF-")
    folder = tmp_path / "từng người"
    words = ("print", "case-file", "--all", "--out", str(folder), "--separate", "--user", "hoa")
    each = office(*words)
    assert each["people"] == 2 and len(each["files"]) == 2
    assert all(Path(file).read_bytes().startswith(b"%PDF-") for file in each["files"])
    nobody = ("print", "case-file", "--query", "không có ai", "--out", str(out))
    assert office.codes(*nobody, "--user", "hoa") == ["nobody_to_print"]
    assert office.codes(*words[:-1], "minh") == ["not_allowed"]
    both = ("print", "case-file", "--person", first, "no such id", second, "--out", str(out))
    told = office(*both, "--user", "hoa", code=1)
    assert [problem["code"] for problem in told["problems"]] == ["person_unknown"]
    assert told["people"] == 2
