"""Programs of their own that need not read all modules again: they are forked ready to work."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["pytest", "tests.sync.parts"])


def apart(what: Callable[..., None], *facts: Any) -> BaseProcess:
    """A process that does this work in the surroundings of who asks for it; begun."""
    facts = (dict(os.environ), what, facts)
    process = FORKS.Process(target=_in_surroundings, args=facts, daemon=True)
    process.start()
    return process


def _in_surroundings(environ: dict[str, str], what: Callable[..., None], facts: Any) -> None:
    os.environ.clear()
    os.environ.update(environ)
    what(*facts)
