"""The command line: global options, exit codes, the office and its users."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from app import cli, workspace
from app.wording import set_language, translate
from sync import cli as wire_cli
from tests import desk
from tests.app.test_user import arrived
from tests.desk import CAT_HANH, PASSWORD
from tests.line import NAME, Line


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


def test_global_options_stand_before_and_after_the_verb(calls: Line) -> None:
    calls.add()
    home = str(calls.home)
    for words in (
        ["--home", home, "--user", "hoa", "--json", "people", "list"],
        ["people", "list", "--json", "--user=hoa", "--home", home],
        ["people", "--user", "hoa", "list", "--home=" + home, "--json", "--limit", "5"],
    ):
        assert cli.run(words) == 0
        assert json.loads(calls.capsys.readouterr().out)["total"] == 1


def test_without_a_user_the_one_admin_works(calls: Line) -> None:
    assert calls("user", "list")["users"][0]["login"] in {"hoa", "lan", "minh"}
    made = calls("people", "add", "--set", f"name={NAME}", f"commune={CAT_HANH}")["id"]
    assert calls("people", "show", made)["created_by"] == "lan"


def test_an_admin_of_another_pc_does_not_make_a_second_one_here(calls: Line) -> None:
    desk_of = workspace.open(calls.home, "lan", PASSWORD)
    arrived(desk_of, "thu", role="admin")
    desk_of.db.close()
    assert calls("people", "list")["total"] == 0
    assert "thu\tQuản trị\tThu\tchưa có mật khẩu" in calls.raw("user", "list", "--text")


def test_with_two_admins_the_user_must_be_named(calls: Line) -> None:
    calls("user", "add", "thu", "--role", "admin")
    assert calls.codes("people", "list") == ["user_which"]
    assert calls("people", "list", "--user", "thu")["total"] == 0


def test_users_are_added_reset_and_deactivated(
    calls: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOANSINH_NEW_PASSWORD", "Mua-xuan-1975")
    calls("user", "add", "thu", "--role", "viewer", "--full-name", "Lê Thị Thu")
    calls("user", "reset", "minh")
    assert calls.codes("people", "list", "--user", "minh") == ["wrong_password"]
    monkeypatch.setenv("SOANSINH_PASSWORD", "Mua-xuan-1975")
    assert calls("people", "list", "--user", "thu")["total"] == 0
    assert calls("people", "list", "--user", "minh")["total"] == 0
    assert calls.codes("user", "add", "x", "--role", "viewer", "--user", "thu") == ["not_allowed"]
    monkeypatch.setenv("SOANSINH_PASSWORD", PASSWORD)
    left = calls("user", "deactivate", "thu")
    assert (left["cases"], left["tasks"]) == (0, 0)
    monkeypatch.setenv("SOANSINH_PASSWORD", "Mua-xuan-1975")
    assert calls.codes("people", "list", "--user", "thu") == ["wrong_password"]
    assert calls.codes("user", "deactivate", "lan", "--user", "minh") == ["not_allowed"]
    monkeypatch.setenv("SOANSINH_PASSWORD", PASSWORD)
    assert calls.codes("user", "deactivate", "lan") == ["last_admin"]


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


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parser of the program and those of all its verbs."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from parsers(one)


def test_help_of_every_verb_is_whole_in_both_languages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wire = partial(wire_cli.register, translate=translate)
    for code in ("vi", "en"):
        set_language(code)
        found = list(parsers(cli.build_parser([wire])))
        assert len(found) > 25
        for parser in found:
            words = parser.prog.split()[1:]
            assert parser.description, words
            for action in parser._actions:
                assert action.help or isinstance(action, argparse._SubParsersAction), (
                    words,
                    action,
                )
            told = parser.format_help()
            if len(words) < 2:  # asked for by the call itself; all verbs so would take a minute
                assert cli.run([*words, "--help", "--lang", code], [wire]) == 0
                told = capsys.readouterr().out
            if code == "vi":
                assert "cách gọi: " in told and "hiện hướng dẫn này" in told
            else:
                assert told.isascii() or "…" in told or "Nguyễn Văn An" in told or not words


def test_a_wrong_call_is_told_in_the_language_of_the_call(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words, vi, en in (
        (["people", "edit", "x"], "còn thiếu --set", "--set is missing"),
        (["people", "list", "--limit"], "--limit: cần một giá trị", "--limit: a value is needed"),
        (["people", "list", "x"], "không có tham số x", "there is no argument x"),
        (["people", "fly"], "không có 'fly'", "there is no 'fly'"),
    ):
        assert cli.run(words) == 2
        assert vi in capsys.readouterr().err
        assert cli.run([*words[:1], "--lang", "en", *words[1:]]) == 2
        assert en in capsys.readouterr().err
    assert cli.run(["people", "list", "--user"]) == 2
    assert "tham số --user: cần một giá trị" in capsys.readouterr().err


def test_the_self_test_says_what_this_pc_can_do(line: Line) -> None:
    answer = json.loads(line.raw("self-test", "--json"))
    assert answer["ok"] is True
    assert {"store", "fonts"} <= {check["name"] for check in answer["checks"]}


def test_a_restore_that_was_cut_off_is_finished_by_the_next_call_and_said(
    calls: Line, tmp_path: Path
) -> None:
    file = Path(calls("backup", "--out", str(tmp_path / "usb"), "--user", "lan")["file"])
    calls.add()
    desk.cut_off_restore(calls.home, file)
    assert cli.run(["--home", str(calls.home), "people", "list", "--user", "lan", "--json"]) == 0
    told = calls.capsys.readouterr()
    assert json.loads(told.out)["total"] == 0
    assert "Lần phục hồi trước bị ngắt giữa chừng" in told.err and "aside-" in told.err


def test_the_log_of_keys_stands_beside_the_users_for_who_reads_logs(
    calls: Line,
) -> None:
    calls("user", "add", "tra", "--role", "inspector", "--user", "lan")
    calls("user", "reset", "minh", "--user", "lan")
    answer = calls("user", "list", "--log", "--user", "tra")
    assert [(one["by"], one["login"], one["what"]) for one in answer["log"]] == [
        ("lan", "minh", "reset")
    ]
    assert "đặt lại mật khẩu" in calls.raw("user", "list", "--log", "--user", "tra", "--text")
    assert "log" not in calls("user", "list", "--user", "hoa")
    assert calls.codes("user", "list", "--log", "--user", "hoa") == ["not_allowed"]


def test_an_empty_new_password_counts_as_none_given(
    calls: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOANSINH_NEW_PASSWORD", "")
    calls("user", "add", "thu", "--role", "viewer")
    assert calls("people", "list", "--user", "thu")["total"] == 0
