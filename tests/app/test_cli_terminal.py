"""At a terminal: the password is asked for and not shown, answers are lines for people."""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from pathlib import Path

from tests.conftest import ROOT
from tests.desk import CAT_HANH, PASSWORD

WAIT_S = 60.0


class Terminal:
    """A program on a terminal of its own; what it writes is gathered, what is typed is sent."""

    def __init__(self, *words: str) -> None:
        self.child, self.line = pty.fork()
        if self.child == 0:
            os.chdir(ROOT)
            os.environ.pop("SOANSINH_PASSWORD", None)
            os.execv(sys.executable, [sys.executable, "-m", "ui.main", *words])
        self.seen = ""

    def wait_for(self, words: str) -> None:
        """Read on until the words appear after what was seen so far."""
        until = time.monotonic() + WAIT_S
        start = len(self.seen)
        while words not in self.seen[start:]:
            assert time.monotonic() < until, self.seen
            self._read(0.2)

    def type(self, words: str) -> None:
        """Type a line."""
        os.write(self.line, words.encode() + b"\n")

    def end(self) -> int:
        """Read to the end; answers the exit code."""
        while self._read(WAIT_S):
            pass
        os.close(self.line)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])

    def _read(self, seconds: float) -> bool:
        if not select.select([self.line], [], [], seconds)[0]:
            return True
        try:
            found = os.read(self.line, 65536)
        except OSError:
            return False
        self.seen += found.decode("utf-8", "replace")
        return bool(found)


def test_a_clerk_types_the_password_and_reads_lines(home: Path) -> None:
    words = ("init", "--office-name", "UBND xã Cát Hanh", "--unit", CAT_HANH, "--admin", "lan")
    first = Terminal("--home", str(home), *words)
    first.wait_for("Mật khẩu của lan: ")
    first.type(PASSWORD)
    first.wait_for("Mật khẩu của lan: ")
    first.type(PASSWORD)
    assert first.end() == 0, first.seen
    assert "Mã khôi phục: " in first.seen and PASSWORD not in first.seen
    second = Terminal("--home", str(home), "people", "list")
    second.wait_for("Mật khẩu của lan: ")
    second.type(PASSWORD)
    assert second.end() == 0
    assert "0 người" in second.seen and "{" not in second.seen


def test_two_different_passwords_make_nothing(home: Path) -> None:
    words = ("init", "--office-name", "x", "--unit", CAT_HANH, "--admin", "lan")
    clerk = Terminal("--home", str(home), *words)
    for typed in (PASSWORD, PASSWORD + "x"):
        clerk.wait_for("Mật khẩu của lan: ")
        clerk.type(typed)
    assert clerk.end() == 1
    assert "không giống nhau" in clerk.seen and not (home / "store.db").exists()
