"""Every sentence a user can read has its Vietnamese and its English, with the same places."""

import ast
import csv
import re
import string
import unicodedata
from collections import defaultdict
from pathlib import Path

from tests.test_architecture import ROOMS, ROOT, none, sources, tree, where

MARKS = re.compile(
    "[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE
)
RAISED = {"Problem", "DataError", "AppError", "SyncError", "Refused"}


def rows(folder: str) -> list[tuple[Path, int, dict[str, str]]]:
    """(file, row number, row) of every table of words in this folder."""
    found = []
    for path in sorted((ROOT / "app" / folder).glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as table:
            for number, row in enumerate(csv.DictReader(table, delimiter="|"), 2):
                found.append((path, number, row))
    return found


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def english() -> dict[str, str]:
    return {row["vi"].replace("\\n", "\n"): row["en"] for _, _, row in rows("wording_en")}


def literals_of_translate(path: Path) -> list[tuple[int, str]]:
    """(line, sentence) of every literal handed to `translate()` in this file."""
    found = []
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        first = node.args[0]
        literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
        if name == "translate" and literal:
            found.append((node.lineno, str(first.value)))
    return found


def docstrings(path: Path) -> set[int]:
    """The lines on which a docstring begins."""
    found = set()
    for node in ast.walk(tree(path)):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            found.add(body[0].lineno)
    return found


def test_every_sentence_has_its_english() -> None:
    known = english()
    none(
        [
            f"{where(path, line)} {sentence!r}"
            for path in sources(*ROOMS)
            for line, sentence in literals_of_translate(path)
            if sentence not in known
        ]
    )


def test_the_places_of_a_sentence_are_filled_where_it_is_said() -> None:
    offences = []
    for path in sources(*ROOMS):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            first = node.args[0] if node.args else None
            if node.func.id != "translate" or not isinstance(first, ast.Constant):
                continue
            given = {keyword.arg for keyword in node.keywords}
            lacking = places(str(first.value)) - given
            if lacking and None not in given:
                offences.append(f"{where(path, node.lineno)} nobody fills {sorted(lacking)}")
    none(offences)


def test_no_vietnamese_reaches_the_window_past_the_door() -> None:
    known = english()
    offences = []
    for path in sources("ui"):
        described = docstrings(path)
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr):
                fixed = [part.value for part in node.values if isinstance(part, ast.Constant)]
                if any(MARKS.search(str(part)) for part in fixed):
                    offences.append(f"{where(path, node.lineno)} a sentence glued together")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                silent = node.lineno in described or not MARKS.search(node.value)
                glued = len(node.value) > 1 and node.value not in known
                if not silent and glued:
                    offences.append(f"{where(path, node.lineno)} {node.value[:60]!r}")
    none(offences)


def test_english_tables_are_whole() -> None:
    offences = []
    said: dict[str, set[str]] = defaultdict(set)
    for path, number, row in rows("wording_en"):
        if set(row) != {"vi", "en"} or not row["vi"] or not row["en"]:
            offences.append(f"{where(path, number)} wants vi|en, both filled: {row}")
            continue
        said[row["vi"]].add(row["en"])
        if places(row["vi"]) != places(row["en"]):
            offences.append(f"{where(path, number)} the places differ: {row['vi'][:60]}")
        if MARKS.search(row["en"]) and row["en"] == row["vi"]:
            offences.append(f"{where(path, number)} is not translated: {row['vi'][:60]}")
        if unicodedata.normalize("NFC", row["vi"]) != row["vi"]:
            offences.append(f"{where(path, number)} is not composed Unicode")
    offences += [f"{vi!r} is said in two ways: {en}" for vi, en in said.items() if len(en) > 1]
    none(offences)


def test_every_code_has_a_sentence_in_both_languages() -> None:
    offences, seen = [], set()
    for path, number, row in rows("sentences"):
        if set(row) != {"code", "vi", "en"} or not all(row.values()):
            offences.append(f"{where(path, number)} wants code|vi|en, all filled: {row}")
            continue
        if row["code"] in seen:
            offences.append(f"{where(path, number)} {row['code']} has a sentence already")
        if places(row["vi"]) != places(row["en"]):
            offences.append(f"{where(path, number)} the places of {row['code']} differ")
        seen.add(row["code"])
    none(offences)


def test_every_code_that_can_be_raised_has_a_sentence() -> None:
    known = {row["code"] for _, _, row in rows("sentences")}
    raised = RAISED | {
        node.name
        for path in sources(*ROOMS)
        if path.name == "errors.py"
        for node in tree(path).body
        if isinstance(node, ast.ClassDef)
    }
    none(
        [
            f"{where(path, node.lineno)} {code}"
            for path in sources(*ROOMS)
            for node in ast.walk(tree(path))
            if (code := _code_of(node, raised)) and code not in known
        ]
    )


def _code_of(node: ast.AST, raised: set[str]) -> str:
    """The code in `Stale("code")`, `Problem.of("code")`, or in a class's `default_code`."""
    value: ast.expr | None = None
    if isinstance(node, ast.Call) and node.args:
        maker = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        if isinstance(maker, ast.Name) and maker.id in raised:
            value = node.args[0]
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        value = node.value if node.target.id == "default_code" else None
    return str(value.value) if isinstance(value, ast.Constant) and value.value else ""


def test_bringing_a_backup_back_has_one_word_and_the_code_has_its_own() -> None:
    said = [
        (path.name, row["vi"])
        for words in ("wording_en", "sentences")
        for path, _, row in rows(words)
    ]
    wrong = re.compile(r"(?<!mã )khôi phục|mã phục hồi", re.IGNORECASE)
    none([f"{name}: {words}" for name, words in said if wrong.search(words)])
