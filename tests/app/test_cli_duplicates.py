"""Records of one person at the command line: listed with reasons, kept apart, merged, parted."""

from __future__ import annotations

from tests.line import NAME, Line


def test_a_pair_is_listed_with_its_reasons_in_words(calls: Line) -> None:
    first = calls.add("birth=1950", "sex=female")
    second = calls.add("birth=1950-03-12", "sex=female", "name=Nguyễn Hường")
    listed = calls("duplicates", "list", "--user", "minh")
    (pair,) = listed["pairs"]
    assert (listed["total"], pair["grade"]) == (1, "likely")
    assert {pair["a"]["id"], pair["b"]["id"]} == {first, second}
    assert "name_missing_middle" in pair["reasons"] and "thiếu chữ đệm" in pair["words"]
    lines = calls.raw("duplicates", "list", "--text", "--user", "minh").splitlines()
    assert lines[0] == "1 cặp có thể trùng" and "thiếu chữ đệm" in lines[1]
    calls("duplicates", "dismiss", first, second, "--reason", "mẹ và con", "--user", "minh")
    assert calls("duplicates", "list", "--user", "minh") == {"total": 0, "pairs": []}
    calls("duplicates", "dismiss", first, second, "--withdraw", "--user", "minh")
    assert calls("duplicates", "list", "--limit", "0", "--user", "minh")["total"] == 1


def test_merge_and_unmerge(calls: Line) -> None:
    first = calls.add("birth=1950", "sex=female", "hamlet=Tân Hòa", "id_number=052150000001")
    second = calls.add("birth=1950-03-12", "sex=female", "hamlet=Tân Lệ", "phone=0905123456")
    words = ("duplicates", "merge", first, second, "--user", "minh", "--take")
    assert calls.codes(*words, "hamlet") == ["take_side"]
    assert calls.codes(*words, "nothing=b") == ["unknown_field"]
    done = calls(*words, "hamlet=b", "birth=b")
    assert (done["survivor"], done["absorbed"], done["pending"]) == (first, second, False)
    kept = calls("people", "show", first, "--user", "minh")
    told = (kept["hamlet"], kept["birth"], kept["phone"])
    assert told == ("Tân Lệ", "1950-03-12", "0905123456")
    assert kept["merged_here"][0]["id"] == second
    stub = calls("people", "show", second, "--user", "minh")
    assert (stub["merged_into"]["id"], stub["merged_into"]["name"]) == (first, NAME)
    said = calls.raw("people", "show", second, "--text", "--user", "minh")
    assert f"Đã gộp vào {NAME} ({first})." in said
    said = calls.raw("people", "show", first, "--text", "--user", "minh")
    assert f"Có hồ sơ gộp vào: {NAME} ({second})." in said
    edit = ("people", "edit", second, "--set", "phone=0905000000", "--user", "minh")
    assert calls.codes(*edit) == ["person_merged"]
    undone = calls("duplicates", "unmerge", done["id"], "--reason", "nhầm", "--user", "minh")
    assert (undone["freed"], undone["kept"]) == (second, [])
    assert calls("people", "list", "--user", "minh")["total"] == 2
    assert calls("people", "show", first, "--user", "minh")["hamlet"] == "Tân Hòa"
    assert calls.codes("duplicates", "unmerge", second, "--user", "minh") == ["merger_unknown"]


def test_a_number_of_the_old_record_finds_the_person(calls: Line) -> None:
    first = calls.add("birth=1950", "id_number=052150000001")
    second = calls.add("birth=1950", "id_number=052150000019")
    calls("duplicates", "merge", first, second, "--user", "minh")
    found = calls("people", "list", "--query", "052150000019", "--user", "minh")
    assert [one["id"] for one in found["people"]] == [first]
