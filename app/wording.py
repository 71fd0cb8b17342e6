"""The one door for words: Vietnamese sentences, their English, and sentences for codes."""

import csv
import logging
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from app.rules import dates

log = logging.getLogger(__name__)

LANGUAGES = ("vi", "en")
ISO_DAY = len("2026-11-23")
_chosen = "vi"


class _Places(dict[str, object]):
    """Facts for the named places of a sentence; a place nobody filled stays readable."""

    def __missing__(self, name: str) -> str:
        log.warning("a sentence has no value for its place {%s}", name)
        return "{" + name + "}"


def language() -> str:
    """The language users read now: `vi` or `en`."""
    return _chosen


def set_language(code: str) -> None:
    """Choose what users read from now on. Raises ValueError for anything but `vi` and `en`."""
    global _chosen
    if code not in LANGUAGES:
        raise ValueError(code)
    _chosen = code


def translate(sentence: str, /, **facts: object) -> str:
    """The sentence (Vietnamese, whole, with named places) in the user's language, places filled."""
    words = sentence if _chosen == "vi" else english().get(sentence, sentence)
    return _fill(words, facts, _chosen)


def say(code: str, facts: Mapping[str, object] | None = None, /, lang: str | None = None) -> str:
    """The sentence for a code from a lower floor, its places filled from the facts.

    Takes codes of `app/sentences/*.csv`. A code without a sentence still gives a readable one
    and leaves a warning in the log: that is a defect, and the tests fail on it.
    """
    pair = sentences().get(code)
    if pair is None:
        log.warning("no sentence for the code %s", code)
        return translate("Có lỗi chưa được mô tả (mã {code}).", code=code)
    lang = lang or _chosen
    return _fill(pair[LANGUAGES.index(lang)], facts or {}, lang)


def in_both(words: str) -> tuple[str, ...]:
    """Words that `translate` gave, as they read in either language."""
    return tuple(
        dict.fromkeys((words, english().get(words, words), _vietnamese().get(words, words)))
    )


@cache
def _vietnamese() -> dict[str, str]:
    return {words: sentence for sentence, words in english().items()}


@cache
def english() -> dict[str, str]:
    """Vietnamese sentence -> English sentence, of every `app/wording_en/*.csv` (vi|en)."""
    return {row["vi"]: row["en"] for row in _rows("wording_en")}


@cache
def sentences() -> dict[str, tuple[str, str]]:
    """Code -> (Vietnamese, English), of every `app/sentences/*.csv` (code|vi|en)."""
    return {row["code"]: (row["vi"], row["en"]) for row in _rows("sentences")}


def _fill(words: str, facts: Mapping[str, object], lang: str) -> str:
    if "{" not in words:
        return words
    return words.format_map(_Places({name: _read(one, lang) for name, one in facts.items()}))


def _read(fact: object, lang: str) -> object:
    """A whole day as people read it: the store's own way of writing one stands in no sentence."""
    day = isinstance(fact, str) and len(fact) == ISO_DAY and dates.valid(fact)
    return dates.show(str(fact), lang) if day else fact


def _rows(folder: str) -> list[dict[str, str]]:
    found = []
    for table in sorted(files("app").joinpath(folder).iterdir(), key=lambda entry: entry.name):
        if table.name.endswith(".csv"):
            lines = table.read_text(encoding="utf-8-sig").splitlines(keepends=True)
            found += [_tidy_row(row) for row in csv.DictReader(lines, delimiter="|")]
    return found


def _tidy_row(row: dict[str, str]) -> dict[str, str]:
    """A line break inside a sentence is written `\\n` in the tables."""
    return {name: (value or "").replace("\\n", "\n") for name, value in row.items() if name}
