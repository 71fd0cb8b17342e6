"""What nobody foresaw: it gets a number and a file, and the officer a calm sentence."""

from __future__ import annotations

import logging
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

log = logging.getLogger(__name__)

FILES_KEPT_MAX = 50


@dataclass(frozen=True, slots=True)
class Bug:
    """A recorded bug: the number to tell the engineer, and the file that says more."""

    number: str
    file: Path


def record(error: BaseException, folder: Path) -> Bug:
    """Write the trace of an unforeseen error into its own file; values of records stay out."""
    number = datetime.now().strftime("L%y%m%d-%H%M%S")
    file = folder / f"{number}.txt"
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _written(file, "".join(lines))
        number = file.stem
        for old in sorted(folder.glob("L*.txt"))[:-FILES_KEPT_MAX]:
            old.unlink(missing_ok=True)
    except OSError as trouble:
        log.error("no file for bug %s: %s", number, trouble)
    log.error("bug %s: %s", number, lines[-1].strip())
    return Bug(number, file)


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
