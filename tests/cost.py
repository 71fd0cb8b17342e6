"""What the tests do thousands of times and need not pay for each time: one guess of a password
costs next to nothing, the parser of the command line is made once for each language, and a module
is compiled once, not in each of the hundred programs that are started.

Processes of their own, and the tests of the cost itself, pay what an office pays."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

from data.sealing import Cost

STANDARD = Cost.standard


def make_quick() -> None:
    """From here on a new store's passwords are quickly tried (before any other import of ours)."""
    Cost.standard = Cost.quick
    _keep_compiled()


def _keep_compiled() -> None:
    """Where somebody told Python to keep nothing, each program would compile us anew."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def keep_parsers() -> None:
    """Calls of the command line in this process read their words with one parser: making it
    costs more than most verbs. Where no test calls it, it is not read in for that."""
    if "app.cli" not in sys.modules:
        return
    from app import cli, wording

    build = cli.build_parser
    registrars: dict[Any, Any] = {}

    @cache
    def kept(_language: str, named: tuple[Any, ...]) -> Any:
        return build([registrars[one] for one in named])

    def kept_parser(others: Sequence[Any] = ()) -> Any:
        named = tuple(getattr(one, "func", one) for one in others)
        registrars.update(zip(named, others, strict=True))
        return kept(wording.language(), named)

    cli.build_parser = kept_parser
