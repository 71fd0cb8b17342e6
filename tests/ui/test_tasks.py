"""Slow work leaves the screen's thread and comes back to it, whatever became of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.errors import Refused
from tests.ui.conftest import Heartbeat, settle, until
from ui.tasks import Failure, Job, Lane, Progress, Tasks, Watch


def test_work_is_done_elsewhere_and_told_on_the_screens_thread(tasks: Tasks) -> None:
    told: list[tuple[str, str]] = []
    tasks.desk.run(
        lambda: threading.current_thread().name,
        lambda name: told.append((name, threading.current_thread().name)),
    )
    until(lambda: told)
    assert told == [("desk", "MainThread")]


def test_the_screen_answers_while_the_lane_works(tasks: Tasks) -> None:
    done: list[object] = []
    with Heartbeat() as heart:
        tasks.desk.run(lambda: time.sleep(0.4), done.append)
        until(lambda: done)
    assert heart.longest_ms < 50


def test_a_refusal_comes_back_as_its_problems(tasks: Tasks) -> None:
    failures: list[Failure] = []

    def work() -> None:
        raise Refused.one("reason_needed", "reason")

    tasks.desk.run(work, failed=failures.append)
    until(lambda: failures)
    assert [problem.code for problem in failures[0].problems] == ["reason_needed"]
    assert failures[0].bug == ""


@pytest.mark.logs("bug L")
def test_a_bug_gets_a_number_and_a_file_and_the_lane_lives_on(tasks: Tasks, tmp_path: Path) -> None:
    failures: list[Failure] = []
    tasks.desk.run(lambda: 1 / 0, failed=failures.append)
    until(lambda: failures)
    number = failures[0].bug
    assert number in failures[0].message
    assert "ZeroDivisionError" in (tmp_path / "log" / f"{number}.txt").read_text("utf-8")
    done: list[int] = []
    tasks.desk.run(lambda: 7, done.append)
    until(lambda: done == [7])


def test_a_newer_search_takes_the_place_of_an_older_one(tasks: Tasks) -> None:
    gate, heard = threading.Event(), []
    tasks.desk.run(gate.wait)
    for words in ("ng", "ngu", "nguy"):
        tasks.desk.run(lambda words=words: words, heard.append, key="search")  # type: ignore[misc]
    gate.set()
    settle(tasks)
    assert heard == ["nguy"]


def test_nobody_tells_a_page_that_is_gone(tasks: Tasks) -> None:
    import shiboken6

    page, heard = QLabel(), []
    gate = threading.Event()
    tasks.desk.run(lambda: gate.wait(), heard.append, owner=page)
    shiboken6.delete(page)
    gate.set()
    settle(tasks)
    assert heard == []


def test_long_work_reports_and_stops_when_asked(tasks: Tasks) -> None:
    steps: list[Progress] = []
    failures: list[Failure] = []

    def work(watch: Watch) -> int:
        for done in range(10_000):
            watch(done, 10_000)
            time.sleep(0.002)
        return 10_000

    job = tasks.desk.run_long(work, failed=failures.append, progress=steps.append)
    until(lambda: steps)
    job.stop()
    until(lambda: failures)
    assert failures[0].stopped
    assert steps[-1].done < 10_000


def test_both_lanes_go_at_the_same_time(tasks: Tasks) -> None:
    met = threading.Barrier(2, timeout=5)
    done: list[object] = []
    tasks.desk.run(met.wait, done.append)
    tasks.wire.run(met.wait, done.append)
    until(lambda: len(done) == 2)


class _Given:
    """Stands for a widget that a page gave along: who lets go of it last is written down."""

    def __init__(self, ends: list[str]) -> None:
        self._ends = ends

    def __del__(self) -> None:
        self._ends.append(threading.current_thread().name)


@pytest.mark.logs("bug L")
def test_what_a_page_gave_along_is_let_go_on_the_screens_thread(
    tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the answer is told before the lane has turned away from the job: a widget is never
    destroyed by a lane."""
    ends: list[str] = []
    told: list[str] = []
    turns_away = Lane._do

    def slowly(lane: Lane, job: Job) -> None:
        turns_away(lane, job)
        for _ in range(500):
            if len(told) == len(ends) + 1:
                break
            time.sleep(0.002)
        time.sleep(0.02)

    monkeypatch.setattr(Lane, "_do", slowly)

    def ask(work: Callable[[], object]) -> None:
        given = _Given(ends)
        tasks.desk.run(
            lambda: (work(), str(given))[1],
            lambda _said: told.append(str(given)),
            lambda _why: told.append(str(given)),
        )

    for done, work in enumerate((lambda: 1, lambda: 1 / 0), start=1):
        ask(work)
        until(lambda done=done: len(ends) == done)  # type: ignore[misc]
    assert ends == ["MainThread", "MainThread"]
