"""What nobody foresaw: it gets a number and a file, and the officer a calm sentence."""

from __future__ import annotations

import logging
import re
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

log = logging.getLogger(__name__)

FILES_KEPT_MAX = 50
VALUE = re.compile(r"""'[^']*'|"[^"]*"|\w*[^\x00-\x7f…]\w*|\d{4,}""")


@dataclass(frozen=True, slots=True)
class Bug:
    """A recorded bug: the number to tell the engineer, and the file that says more."""

    number: str
    file: Path


def record(error: BaseException, folder: Path) -> Bug:
    """Write the trace of an unforeseen error into its own file; values of records stay out.

    The file lies in the clear: of an error's own words only those are kept that are the program's.
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
    """The traceback of an error, then of what it came from; its kind and words close each."""
    lines = []
    one: BaseException | None = error
    while one is not None:
        lines += traceback.format_tb(one.__traceback__)
        lines.append(_headline(one) + "\n")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return lines


def _headline(error: BaseException) -> str:
    """Kind and words; quoted parts, long numbers and words with marks may be a record's values."""
    return f"{type(error).__name__}: {VALUE.sub('…', str(error))}"


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
