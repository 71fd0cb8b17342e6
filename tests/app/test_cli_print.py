"""The command line over papers of cases: the whole file, one form, blank ones, visits, a review."""

from __future__ import annotations

from pathlib import Path

from tests.line import NAME, Line
from tests.papers import reading


def a_case(calls: Line) -> tuple[str, str]:
    who = calls.add()
    made = calls("cases", "open", who, "--reason", "Sống một mình", "--user", "minh")
    return who, str(made["id"])


def test_the_whole_file_of_a_case_and_what_is_empty_yet(calls: Line, tmp_path: Path) -> None:
    _who, case = a_case(calls)
    out = tmp_path / "ca.pdf"
    made = calls("print", "case", "--case", case, "--out", str(out), "--user", "hoa")
    told = reading.read(out.read_bytes())
    assert made["path"] == str(out) and made["pages"] == len(told.pages)
    assert (made["forms"], made["empty"]) == (["01"], ["02", "03", "04", "05", "06"])
    assert NAME in told.text
    call = ("print", "case", "--case", "không có", "--out", str(tmp_path / "x.pdf"))
    assert calls.codes(*call, "--user", "hoa") == ["case_unknown"]
    assert calls.codes("print", "case", "--case", case, "--out", str(out), "--user", "minh") == [
        "not_allowed"
    ]


def test_blank_forms_are_found_by_their_code(calls: Line, tmp_path: Path) -> None:
    who, case = a_case(calls)
    out = str(tmp_path / "to.pdf")
    made = calls("print", "form", "--form", "02", "--blank", "--count", "2", "--out", out)
    assert made["forms"] == ["02", "02"] and len(set(made["codes"])) == 2
    (found,) = calls("find", made["codes"][0])["papers"]
    assert (found["kind"], found["form"], found["case_id"]) == ("form", "02", "")
    made = calls("print", "form", "--form", "04", "--case", case, "--out", out, "--user", "minh")
    (found,) = calls("find", made["codes"][0])["papers"]
    assert (found["person_id"], found["case_id"]) == (who, case)
    assert calls.codes("print", "form", "--form", "04", "--out", out) == ["form_needs_case"]


def test_sheets_for_visits_and_files_for_review(calls: Line, tmp_path: Path) -> None:
    cases = [a_case(calls)[1] for _ in range(1)]
    out = tmp_path / "tham.pdf"
    made = calls("print", "visit", "--case", *cases, "--out", str(out), "--user", "minh")
    assert made["forms"] == ["visit"] and "Ghi khi thăm" in reading.read(out.read_bytes()).text
    made = calls("print", "review", "--case", *cases, "không có", "--out", str(out), code=1)
    assert made["cases"] == cases and [one["code"] for one in made["problems"]] == ["case_unknown"]
    assert "Việc cần xem" in reading.read(out.read_bytes()).pages[0]
