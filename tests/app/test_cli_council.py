"""The council from the command line: set up, called, held, concluded from a file, posted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import cli
from app.actions import screening
from data import screening_questions
from tests import desk, sitting
from tests.desk import PASSWORD
from tests.line import Line

RECEIVED = "2026-03-02"


@pytest.fixture
def call(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setenv("SOANSINH_PASSWORD", PASSWORD)
    opened = desk.at(home)
    for name, birth in (("Mai Văn Cả", sitting.GROWN), ("Mai Thị Bé", "2021-05-04")):
        sitting.complete_file(opened.minh, name, RECEIVED, birth=birth)
    opened.close()
    return Line(home, capsys)


def test_a_session_by_its_verbs(call: Line, tmp_path: Path) -> None:
    hoa, minh = ("--user", "hoa"), ("--user", "minh")
    ids = []
    for name, position, roles in sitting.MEMBERS:
        told = (f"full_name={name}", f"position={position}", f"council_role={roles.split()[0]}",
                "decision_number=12/QĐ", "valid_from=2026-01-05")  # fmt: skip
        ids.append(call("council", "set", "--set", *told, *hoa)["id"])
    council = call("council", "members", *minh)
    assert (council["quorum"], council["lacking"]) == (4, ["women"])
    assert call.codes("council", "retire", ids[5], "--until", "2025", *hoa) == ["day_not_whole"]
    session = call("sessions", "add", "--set", "session_on=2026-03-10", "place_kind=office",
                   "session_starts=8h", *minh)["id"]  # fmt: skip
    files = {one["person_name"]: one for one in call("applications", "list", *minh)["applications"]}
    chosen = [files[name]["id"] for name in ("Mai Văn Cả", "Mai Thị Bé")]
    put = ("sessions", "put", session, "--application", *chosen, "--minutes", "20", *minh)
    assert call(*put)["added"] == 2
    shown = call("sessions", "show", session, *minh)
    first, second = (one["id"] for one in shown["lines"])
    assert [one["at"] for one in shown["lines"]] == ["08:00", "08:20"]
    begin = ("sessions", "hold", session, *minh, "--present")
    assert call.codes(*begin, *ids[:2]) == ["session_no_quorum"]
    assert call.codes(*begin, *ids) == ["council_lacking"]
    call(*begin, *ids, "--without-roles", "Hội Phụ nữ chưa cử người")
    sheets = [
        {"id": first, "type_signs": ["1.4"], "scores": sitting.SEVERE},
        {"id": second, "type_signs": ["1.4"], "conclusion": "determined", "types": ["mobility"],
         "degree": "mild", "votes": {"types": 6, "degree": 5}},
    ]  # fmt: skip
    path = tmp_path / "phien.json"
    path.write_text(json.dumps(sheets), "utf-8")
    answer = call("hearings", "record", str(path), *minh, code=1)
    wrong = [(one["code"], one["id"]) for one in answer["problems"]]
    assert wrong == [("votes_do_not_add_up", second)]
    assert answer["hearings"][0]["proposal"]["degree"] == "severe"
    voted = {"conclusion": "determined", "types": ["mobility"], "votes": {"types": 6, "degree": 6}}
    sheets = [{"id": first, "degree": "severe"} | voted, {"id": second, "degree": "mild"} | voted]
    path.write_text(json.dumps(sheets), "utf-8")
    assert len(call("hearings", "record", str(path), *minh)["hearings"]) == 2
    _no_file_of_hearings(call, path, minh)
    call("sessions", "close", session, *minh)

    call("notices", "write", session, "--place", "UBND xã", "--number", "3/TB-UBND", *minh)
    call("notices", "decide", session, f"{second}=initials", *hoa)
    call("notices", "approve", session, *hoa)
    early = ("notices", "post", session, "--on", "2026-03-11", *minh)
    assert call.codes(*early) == ["notice_before_approval"]
    posted = call("notices", "post", session, *minh)
    assert posted["take_down_on"] > posted["posted_on"]
    early = ("notices", "take-down", session, "--on", posted["posted_on"], *minh)
    assert call.codes(*early) == ["notice_too_early"]
    assert set(posted["lines"][0]) == {
        *("hearing_id", "person_id", "name", "birth", "hamlet"),
        *("types", "degree", "conclusion", "minor", "shows"),
    }
    # The list leaves the program on paper alone: no verb writes it as a table or a picture.
    assert cli.run(["notices", "export", session]) == 2
    assert "Mai" in call.raw("notices", "show", session, *minh, "--text")


def test_screening_stands_beside_and_its_words_are_locked(call: Line) -> None:
    """The published questions and cut-offs: one domain with "a lot of difficulty" or more; for
    children also "a lot more" of bad behaviour, and daily anxiety or sadness."""
    minh = ("--user", "minh")
    people = call("people", "list", *minh)["people"]
    grown, child = (
        next(one["id"] for one in people if one["name"] == name)
        for name in ("Mai Văn Cả", "Mai Thị Bé")
    )
    told = call("screenings", "questions", "wg_ss", *minh)
    assert (
        told["questions"][0]["english"] == "Do you have difficulty seeing, even if wearing glasses?"
    )
    assert "không chính thức" in told["title"] or "Washington" in told["title"]
    some = [f"{number}=2" for number in range(1, 7)]
    call("screenings", "add", grown, "--instrument", "wg_ss", "--answer", *some, *minh)
    lot = [*some[:5], "6=3"]
    call("screenings", "add", grown, "--instrument", "wg_ss", "--answer", *lot, *minh)
    call("screenings", "add", grown, "--instrument", "wg_ss", "--answer", "1=1", *minh)
    found = call("screenings", "list", grown, *minh)["screenings"]
    assert [one["result"]["identified"] for one in found] == [None, True, False]
    assert found[1]["result"]["difficult"] == ["communication"]
    odd = ("--instrument", "wg_ss", "--answer", "1=5", "8=1")
    wrong = call.codes("screenings", "add", grown, *odd, *minh)
    assert wrong == ["screening_answer"] * 2
    assert call.codes("screenings", "add", child, "--instrument", "cfm_5_17", "--answer", "CF1=1",
                      "--on", "2025-03-01", *minh) == ["screening_age"]  # fmt: skip
    answers = ["CF1=2", "CF3=1", "CF4=2", "CF6=1", "CF7=1", "CF8=4", "CF9=1", "CF10=4", "CF16=5"]
    call("screenings", "add", child, "--instrument", "cfm_2_4", "--on", "2025-03-01",
         "--answer", *answers, *minh)  # fmt: skip
    (one,) = call("screenings", "list", child, *minh)["screenings"]
    assert one["result"]["difficult"] == ["walking", "behaviour"]
    assert "CF10" not in one["answers"]  # was not asked: she walks with help
    day = "2026-03-10"
    held = {name: screening_questions.edition(name, day) for name in screening.AGES}
    counts = {name: len(screening_questions.of(name, edition)) for name, edition in held.items()}
    assert counts == {"wg_ss": 6, "cfm_2_4": 16, "cfm_5_17": 24}
    daily = [
        one for one in screening.questions("cfm_5_17", held["cfm_5_17"]) if one.kind == "often"
    ]
    assert {one.counts for one in daily} == {("1",)}
    assert screening.fitting("2021", day) == ("wg_ss", "cfm_2_4", "cfm_5_17")
    assert screening.fitting("2021-05-04", day) == ("cfm_2_4",)


def _no_file_of_hearings(call: Line, path: Path, minh: tuple[str, ...]) -> None:
    """What cannot be read is named, with how it should be written."""
    path.write_text('{"id": 1, "Điểm": 2, "opinions": "Đồng ý"}', "utf-8")
    strange, shape = call("hearings", "record", str(path), *minh, code=1)["problems"]
    assert (strange["code"], shape["code"]) == ("assessment_field", "hearing_field_shape")
    assert '{"MEMBER": "words"}' in shape["message"]
    path.write_text("không", "utf-8")
    assert call.codes("hearings", "record", str(path), *minh) == ["hearing_file_unreadable"]
