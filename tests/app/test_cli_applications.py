"""The command line over files: the paper book as a sheet, an application, a complaint, a board."""

from __future__ import annotations

from pathlib import Path

from tests.line import Line

MINH = ("--user", "minh")


def test_a_file_from_the_command_line_after_the_paper_book(calls: Line, tmp_path: Path) -> None:
    calls.add("birth=1956")
    book = tmp_path / "so-ho-so.csv"
    book.write_text(
        "Họ và tên,Năm sinh,Loại hồ sơ,Ngày nhận,Số tiếp nhận,Tình trạng,Ngày biên bản\n"
        "Nguyễn Thị Hường,1956,cấp mới,4/5/2026,214,niêm yết,25/5/2026\n"
        "Nguyễn Thị Hường,1956,cấp mới,,215,đã xong,\n"
        "Lê Văn Không,1960,cấp mới,4/5/2026,216,mới tiếp nhận,\n",
        "utf-8",
    )
    done = calls("applications", "import", str(book), *MINH, code=1)
    assert (done["rows"], done["created"], done["known"]) == (3, 1, 0)
    assert [(one["row"], one["code"]) for one in done["refused"]] == [
        (3, "unknown_code"),
        (4, "sheet_person_none"),
    ]
    again = calls("applications", "import", str(book), *MINH, code=1)
    assert (again["created"], again["known"]) == (0, 1)
    (old,) = calls("applications", "list", "--due")["applications"]
    assert (old["step"], old["clock"]["due"], old["path"]) == ("noticed", "2026-06-01", "council")
    said = ("complainant=người nhà", "about=chưa đúng", "received_on=28/5/2026")
    heard = calls("complaints", "add", old["id"], "--set", *said, *MINH)["id"]
    answer = ("--outcome", "to_medical_board", "--answer", "chuyển giám định", "--on", "2026-06-02")
    calls("complaints", "answer", heard, *answer, *MINH)
    why = ("medical_board_reason=disagreement", "findings=đi lại khó", "disagreement=nặng hơn")
    sent = calls("medical", "refer", old["id"], "--set", *why, *MINH)["id"]
    came = ("minutes_on=10/7/2026", "received_on=15/7/2026", "conclusion=determined",
            "types=mobility", "degree=severe")  # fmt: skip
    assert calls.codes("medical", "result", sent, "--set", *came, *MINH) == ["board_not_sent"]
    calls("medical", "result", sent, "--set", "sent_on=3/6/2026", *came, *MINH)
    told = calls("applications", "show", old["id"], "--user", "hoa")
    assert (told["step"], told["clock"]["due"]) == ("board_concluded", "2026-07-22")
    assert "issue" in [one["name"] for one in told["moves"]], "hoa may approve"
    assert told["medical"][0]["fields"]["valid_until"] == "2031-07-10"
    new = ("application_kind=exchange", "application_reason=damaged")
    other = calls.add("name=Trần Văn Chín")
    file = calls("applications", "add", other, "--set", *new, *MINH)["id"]
    assert calls.codes("applications", "ask-missing", file, *MINH) == [
        "application_nothing_missing"
    ]
    assert "form_01" in calls("applications", "complete", file, *MINH)["lacks"]
    assert calls.codes("applications", "unschedule", file, "--reason", "nhầm", *MINH) == [
        "hearing_unknown"
    ]
    calls("applications", "withdraw", file, "--reason", "gia đình đổi ý", *MINH)
