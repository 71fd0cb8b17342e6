"""The command line over people: JSON shapes, pages, the way over the approval desk."""

from __future__ import annotations

import json

import pytest

from app import cli
from tests.desk import CAT_HANH
from tests.line import NAME, Line


def test_people_list_tells_each_person_in_the_agreed_shape(calls: Line) -> None:
    made = calls.add(
        *("sex=nữ", "birth=3/1956", "id_number=052156004451", "hamlet=Vĩnh Trường"),
        *("types=vận động; trí tuệ", "degree=nặng", "mine_victim=có"),
    )
    answer = calls("people", "list", "--query", "huong vinh truong")
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


def test_people_list_gives_pages_and_the_whole_count(calls: Line) -> None:
    for name in ("An", "Bình", "Chi", "Dũng"):
        calls("people", "add", "--set", f"name=Lê {name}", f"commune={CAT_HANH}", "--user", "minh")
    page = calls("people", "list", "--limit", "2", "--offset", "1")
    assert (page["total"], [one["name"] for one in page["people"]]) == (4, ["Lê Bình", "Lê Chi"])
    assert calls("people", "list", "--limit", "0") == {"total": 4, "people": []}
    assert calls("people", "list", "--status", "approved")["total"] == 0


def test_a_commune_and_a_birth_are_words_of_the_search(calls: Line) -> None:
    def fit(query: str) -> list[str]:
        listed = calls("people", "list", "--query", query)["people"]
        return [str(one["name"]).split()[-1] for one in listed]

    calls.add("name=Trần Văn Tám", "birth=12/03/1956", "commune=63:21865")
    calls.add("name=Trần Văn Tư", "birth=1956", "commune=63:21871", "phone=0905195612")
    calls.add("name=Lê Cát Tài", "birth=1970", "commune=63:21871")
    assert fit("tam cat tai") == ["Tám"]
    assert sorted(fit("Cát Tài")) == sorted(fit("cat tai")) == ["Tài", "Tám"]
    assert fit("tran 1956") == ["Tám", "Tư"] and fit("tam xa cat hanh") == []
    assert fit("12/03/1956") == fit("3/1956") == fit("tám xã Đề Gi 1956") == ["Tám"]
    assert fit("0905 1956 12") == ["Tư"], "a year within a telephone number is none"
    found = calls("find", "cat hanh")["people"]
    assert sorted(str(one["name"]) for one in found) == ["Lê Cát Tài", "Trần Văn Tư"]


def test_people_show_has_every_field_by_name_and_the_history(calls: Line) -> None:
    made = calls.add("phone=0912 345.678", "email=huong@example.vn")
    calls("people", "edit", made, "--set", "phone=0987654321", "--user", "hoa")
    shown = calls("people", "show", made)
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


def test_people_show_as_of_a_day_before_there_was_anybody_is_refused(calls: Line) -> None:
    made = calls.add()
    assert calls.codes("people", "show", made, "--as-of", "2001-01-01") == ["person_unknown_then"]
    assert calls("people", "show", made, "--as-of", "2100-01-01")["name"] == NAME
    assert calls.raw("people", "show", made, "--as-of", "hôm qua", code=2) == ""


def test_what_cannot_be_saved_is_refused_beside_its_field(calls: Line) -> None:
    words = ("people", "add", "--set", f"commune={CAT_HANH}", "birth=32/13/1950", "shoe=42")
    problems = calls(*words, "--user", "minh", code=1)["problems"]
    assert {(one["code"], one["field"]) for one in problems} == {
        ("not_a_date", "birth"),
        ("unknown_field", "shoe"),
        ("required", "name"),
    }
    assert calls.codes("people", "add", "--set", "name") == ["field_value_wanted"]
    assert calls("people", "list")["total"] == 0


def test_the_way_of_a_record_over_the_desk(calls: Line) -> None:
    first, second = calls.add(), calls.add("name=Trần Đình Chiến")
    assert calls("people", "submit", "--all", "--user", "minh") == {"submitted": [second, first]}
    assert calls.codes("people", "approve", first, "--user", "minh") == ["not_allowed"]
    assert calls.codes("people", "approve", "--all", "--user", "minh") == ["not_allowed"]
    calls("people", "return", first, "--reason", "Thiếu ngày sinh", "--user", "hoa")
    assert calls("people", "approve", "--all", "--user", "hoa") == {"approved": [second]}
    listed = calls("people", "list", "--status", "returned")["people"]
    assert [one["id"] for one in listed] == [first]
    assert calls.codes("people", "approve", first, "--user", "hoa") == ["not_waiting"]
    assert calls.codes("people", "submit", second, "--user", "minh") == ["not_a_draft"]
    assert calls("people", "take-back", first, "--user", "hoa") == {"taken_back": [first]}
    steps = calls("people", "show", first)["approvals"]
    assert [(one["decision"], one["reason"]) for one in steps] == [
        ("taken_back", None),
        ("returned", "Thiếu ngày sinh"),
        ("submitted", None),
    ]


def test_approve_names_who_was_refused_and_still_approves_the_others(calls: Line) -> None:
    mine, other = calls.add(user="hoa"), calls.add("name=Trần Đình Chiến")
    calls("people", "submit", "--all", "--user", "minh")
    answer = calls("people", "approve", mine, other, "--user", "hoa", code=1)
    assert [one["code"] for one in answer["problems"]] == ["approver_is_author"]
    assert [one["value"] for one in answer["problems"]] == [mine]
    assert calls("people", "list", "--status", "approved")["people"][0]["id"] == other


def test_all_and_ids_are_one_or_the_other(calls: Line) -> None:
    assert calls.codes("people", "approve", "--user", "hoa") == ["all_or_ids"]
    assert calls.codes("people", "submit", "--all", "x", "--user", "minh") == ["all_or_ids"]


def test_people_read_lines_and_scripts_read_json(calls: Line) -> None:
    calls.add("id_number=052156004451", "birth=1956", "sex=nữ")
    lines = calls.raw("people", "list", "--text")
    assert NAME in lines and "••••••••4451" in lines and "052156004451" not in lines
    assert json.loads(calls.raw("people", "list"))["total"] == 1
    assert NAME in calls.raw("people", "list"), "letters are not escaped"
    shown = calls.raw("people", "show", calls("people", "list")["people"][0]["id"], "--text")
    assert f"Họ và tên: {NAME}" in shown and "Lịch sử:" in shown


def views(calls: Line, who: str) -> list[str]:
    from app import workspace
    from app.actions import access
    from tests.desk import PASSWORD

    ws = workspace.open(calls.home, "lan", PASSWORD)
    try:
        return [line.detail for line in access.of_person(ws, who) if line.kind == "view"]
    finally:
        ws.db.close()


def test_a_list_with_whole_numbers_is_a_look_at_each_person_once(calls: Line) -> None:
    made = calls.add("id_number=052156004451")
    calls.raw("people", "list", "--text")
    assert views(calls, made) == [], "lines for reading mask the numbers"
    calls("people", "list")
    calls("people", "list")
    assert views(calls, made) == ["list"]
    calls("people", "show", made)
    assert views(calls, made) == ["", "list"]


def test_wrong_numbers_and_days_are_told_in_words(
    calls: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("list", "--limit", "9" * 30), ("list", "--offset", "-1")):
        assert cli.run(["--home", str(calls.home), "people", *words]) == 2
        assert "từ 0 đến 2147483647" in capsys.readouterr().err
    assert cli.run(["--home", str(calls.home), "people", "show", "x", "--as-of", "31/2"]) == 2
    assert "ngày có thật" in capsys.readouterr().err
