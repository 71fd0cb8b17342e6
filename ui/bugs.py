"""What nobody foresaw: it gets a number and a file, and the officer a calm sentence."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

log = logging.getLogger(__name__)

FILES_KEPT_MAX = 50
SAID = ("code", "errno", "sqlite_errorname")
"""What of an error is the program's or the system's own word, and never a record's value."""


@dataclass(frozen=True, slots=True)
class Bug:
    """A recorded bug: the number to tell the engineer, and the file that says more."""

    number: str
    file: Path


def record(error: BaseException, folder: Path) -> Bug:
    """Write the trace of an unforeseen error into its own file; values of records stay out.

    The file lies in the clear and goes to the engineer: kinds, codes and the places in the program
    are in it, never an error's message, which may quote a name.
    """
    number = datetime.now().strftime("L%y%m%d-%H%M%S")
    file = folder / f"{number}.txt"
    lines = _trace(error)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _written(file, "".join(lines))
        number = file.stem
        for old in sorted(folder.glob("L*.txt"))[:-FILES_KEPT_MAX]:
            old.unlink(missing_ok=True)
    except OSError as trouble:
        log.error("no file for bug %s: %s", number, trouble)
    log.error("bug %s: %s", number, _headline(error))
    return Bug(number, file)


def _trace(error: BaseException) -> list[str]:
    """The traceback of an error, then of what it came from; its kind closes each."""
    lines = []
    one: BaseException | None = error
    while one is not None:
        lines += traceback.format_tb(one.__traceback__)
        lines.append(_headline(one) + "\n")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return lines


def _headline(error: BaseException) -> str:
    """The kind of an error and of what a library wrapped in it, with its codes."""
    codes = [str(getattr(error, name)) for name in SAID if getattr(error, name, None)]
    inner = getattr(error, "orig", None)
    wrapped = f" <- {_headline(inner)}" if isinstance(inner, BaseException) else ""
    return " ".join((type(error).__name__, *codes)) + wrapped


def _written(file: Path, words: str) -> Path:
    """Write into a file of its own: bugs of the same second are numbered on. Raises OSError."""
    target, again = file, 1
    while True:
        try:
            with target.open("x", encoding="utf-8") as out:
                out.write(words)
            return target
        except FileExistsError:
            again += 1
            target = file.with_name(f"{file.stem}-{again}{file.suffix}")
