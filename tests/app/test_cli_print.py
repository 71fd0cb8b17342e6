"""The command line over papers of cases: the whole file, one form, blank ones, visits, a review."""

from __future__ import annotations

from pathlib import Path

from tests.line import NAME, Line
from tests.papers import reading


def test_papers_of_a_case_and_blank_forms_that_are_found_by_their_code(
    calls: Line, tmp_path: Path
) -> None:
    who = calls.add()
    case = str(calls("cases", "open", who, "--reason", "Sống một mình", "--user", "minh")["id"])
    out = tmp_path / "in.pdf"
    to = ("--out", str(out), "--user")
    made = calls("print", "case", "--case", case, *to, "hoa")
    told = reading.read(out.read_bytes())
    assert (made["path"], made["pages"]) == (str(out), len(told.pages)) and NAME in told.text
    assert (made["forms"], made["empty"]) == (["01"], ["02", "03", "04", "05", "06"])
    assert made["told"] == []
    closed = calls("print", "case", "--case", case, "--confidential", *to, "hoa")
    assert closed["told"] == ["Không in phần mật (ghi chép mật, HIV): bạn chưa được cấp quyền đọc."]
    assert calls.codes("print", "case", "--case", case, *to, "minh") == ["not_allowed"]
    made = calls("print", "form", "--form", "02", "--blank", "--count", "2", *to, "minh")
    assert made["forms"] == ["02", "02"] and len(set(made["codes"])) == 2
    (found,) = calls("find", made["codes"][0])["papers"]
    assert (found["kind"], found["form"], found["case_id"]) == ("form", "02", "")
    made = calls("print", "visit", "--case", case, *to, "minh")
    (found,) = calls("find", made["codes"][0])["papers"]
    assert (found["person_id"], found["case_id"]) == (who, case)
    due = ("print", "visit", "--worker", "minh", "--on", "2026-11-26")
    assert calls.codes(*due, *to, "minh") == ["nobody_to_print"]
    made = calls("print", "review", "--case", case, "không có", *to, "hoa", code=1)
    assert made["cases"] == [case]
    assert [one["code"] for one in made["problems"]] == ["case_unknown"]
    assert "Việc cần xem" in reading.read(out.read_bytes()).pages[0]
