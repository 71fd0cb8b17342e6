"""The day's work from the command line: what is due, done, put off, who does how much."""

from __future__ import annotations

from tests.line import NAME, Line


def test_a_day_at_the_command_line(calls: Line) -> None:
    who = calls.add()
    words = ("cases", "open", who, "--reason", "Ốm", "--on", "2026-01-05", "--user", "minh")
    case = calls(*words)["id"]
    assert calls("today")["total"] == 0, "lan's own"
    due = calls("today", "--worker", "minh")["due"]
    assert [(one["kind"], one["person_name"], one["late"]) for one in due] == [
        ("no_contact", NAME, True),
        ("visit", NAME, True),
    ]
    assert calls.codes("tasks", "done", due[0]["id"]) == ["event_by_record"]
    calls("tasks", "put-off", due[0]["id"], "--to", "5")
    assert calls("today", "--worker", "minh")["total"] == 1
    assert calls("handing", "give", "minh", "--to", "hoa", "--all")["given"] == [case]
    first = calls("caseload")["workers"][0]
    assert (first["login"], first["cases"], first["late"]) == ("hoa", 1, 1)
