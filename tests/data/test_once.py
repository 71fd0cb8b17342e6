"""What is made once stays one, also when two threads ask for it at the same moment."""

from __future__ import annotations

from threading import Event, Thread

from data.once import once


def test_two_threads_that_ask_at_the_same_moment_get_the_same_thing() -> None:
    both, made = Event(), []

    @once
    def thing() -> object:
        made.append(object())
        if len(made) > 1:
            both.set()
        both.wait(0.1)  # room for a second one to be made, were it allowed
        return made[-1]

    got: list[object] = []
    threads = [Thread(target=lambda: got.append(thing())) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 1 and got == made * 2
