"""The command line of one home as the tests call it: inside this process, JSON read back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import cli
from tests.desk import CAT_HANH

NAME = "Nguyễn Thị Hường"


@dataclass
class Line:
    """Calls verbs on a home; the password comes from the environment."""

    home: Path
    capsys: pytest.CaptureFixture[str]

    def raw(self, *words: str, code: int = 0) -> str:
        """What a call prints, as it is."""
        assert cli.run(["--home", str(self.home), *words]) == code, self.capsys.readouterr()
        return self.capsys.readouterr().out

    def __call__(self, *words: str, code: int = 0) -> Any:
        return json.loads(self.raw(*words, "--json", code=code))

    def codes(self, *words: str) -> list[str]:
        """The codes of the problems of a refused call."""
        problems = self(*words, code=1)["problems"]
        assert all(set(one) == {"code", "field", "value", "message"} for one in problems)
        assert all(one["message"] for one in problems)
        return [one["code"] for one in problems]

    def add(self, *sets: str, user: str = "minh") -> str:
        """One more person; answers the id."""
        words = (f"name={NAME}", f"commune={CAT_HANH}", *sets)
        return str(self("people", "add", "--set", *words, "--user", user)["id"])
