"""A long list read and understood in a second process, ahead of the one that writes it.

Reading takes as long as writing: with two processors the writer need not wait for it. What passes
between the two goes through pipes, never through a file. Run as a module, this is that process.
"""

from __future__ import annotations

import gc
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO, TypeVar

from app.imports.findings import Understood
from app.imports.listing import Pass
from app.wording import language, set_language

Found = TypeVar("Found")
Also = Callable[[Understood], Found]

ROWS_AT_ONCE = 250
READY_MAX = 8
"""Bundles of rows that wait to be asked for; then reading waits, and memory stays flat."""
LENGTH = struct.Struct(">I")
COLLECTED_AFTER = 50_000
ROOT = Path(__file__).resolve().parents[2]


def persons(reading: Pass, also: Also[Found]) -> Iterator[tuple[Understood, Found]]:
    """The rows of a pass, as `Pass.persons` gives them, read by another process meanwhile.

    Each comes with what `also` makes of it there; it is pickled, so it is no lambda.

    Whatever happens to that process (it cannot start, it is killed, it meets an error), reading
    goes on here from where it stopped, and says here what is wrong with the list.
    """
    given = 0
    if (os.cpu_count() or 1) > 1:
        with _bundles((language(), reading, also)) as bundles:
            for bundle in bundles:
                # Only what our own process wrote into our own pipe comes here.
                said = pickle.loads(bundle)  # noqa: S301
                if isinstance(said, dict):
                    reading.take_over(said)
                    return
                given += len(said)
                yield from said
    for row in islice(reading.persons(), given, None):
        yield row, also(row)


@contextmanager
def _bundles(asked: object) -> Iterator[Iterator[bytes]]:
    """What the other process sends, until it ends; it ends with this block at the latest."""
    try:
        child = _start()
    except OSError:
        yield iter(())
        return
    ready: queue.Queue[bytes] = queue.Queue(READY_MAX)
    taking = threading.Thread(target=_take, args=(child, pickle.dumps(asked), ready), daemon=True)
    taking.start()
    try:
        yield iter(ready.get, b"")
    finally:
        child.kill()
        while taking.is_alive():  # it may stand before a full queue
            with suppress(queue.Empty):
                ready.get(timeout=0.01)
        child.wait()


def _start() -> subprocess.Popen[bytes]:
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # an error's text may carry a name
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _take(child: subprocess.Popen[bytes], asked: bytes, ready: queue.Queue[bytes]) -> None:
    """Ask, then put each bundle into the queue; an empty one says that no more will come."""
    assert child.stdin is not None and child.stdout is not None
    try:
        with child.stdout, suppress(OSError, struct.error):
            with suppress(OSError), child.stdin:
                child.stdin.write(asked)
            while True:
                (length,) = LENGTH.unpack(child.stdout.read(LENGTH.size))
                bundle = child.stdout.read(length)
                if len(bundle) < length:
                    break
                ready.put(bundle)
    finally:
        ready.put(b"")


def _send(pipe: IO[bytes], said: object) -> None:
    bundle = pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
    pipe.write(LENGTH.pack(len(bundle)))
    pipe.write(bundle)
    pipe.flush()


def main() -> None:
    """The other process: read what is asked for, send the rows, then what was found besides."""
    gc.set_threshold(COLLECTED_AFTER)
    chosen, reading, also = pickle.load(sys.stdin.buffer)  # noqa: S301
    set_language(chosen)
    rows = ((row, also(row)) for row in reading.persons())
    while bundle := list(islice(rows, ROWS_AT_ONCE)):
        _send(sys.stdout.buffer, bundle)
    _send(sys.stdout.buffer, reading.found)


if __name__ == "__main__":
    main()
