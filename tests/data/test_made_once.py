"""What two threads ask for first at the same time is one thing for both."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from subprocess import run
from threading import Barrier, Event

from data.made_once import made_once


def test_two_threads_that_come_first_get_the_same() -> None:
    both, made = Barrier(2), Event()
    times: list[int] = []

    @made_once
    def slowly() -> object:
        times.append(1)
        made.wait(0.2)  # whoever comes second has the time to come too
        return object()

    def ask() -> object:
        both.wait()
        return slowly()

    with ThreadPoolExecutor(2) as threads:
        first, second = [each.result() for each in (threads.submit(ask), threads.submit(ask))]
    assert first is second
    assert times == [1]


FRESH = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from data.records import coming_event, merger
both = Barrier(2)
def ask(_number):
    both.wait()
    return id(merger.stubs()), id(coming_event.moved_cases())
with ThreadPoolExecutor(2) as threads:
    print(len(set(threads.map(ask, range(2)))))
"""


def test_in_a_fresh_program_two_readers_join_the_same_tables() -> None:
    told = run([sys.executable, "-c", FRESH], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["1"]
