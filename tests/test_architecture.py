"""The house rules of ARCHITECTURE.md, read from the source itself."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter.application import use_cases
from importlinter.configuration import configure

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("app", "data", "sync", "ui")
LINES_MAX, FUNCTION_LINES_MAX, PARAMETERS_MAX = 400, 60, 5
EMPTY_NAMES = {"manager", "helper", "util", "common", "misc", "core", "service", "handler"}
# Where everything may be caught: the lanes of work, and the last door before the user.
CATCH_ALL = {"ui/tasks.py", "ui/main.py"}
WAITS = set(
    "exists is_file is_dir stat iterdir glob read_bytes read_text write_bytes unlink "
    "availablePrinterNames defaultPrinterName availablePrinters defaultPrinter".split()
)
THREADS = {"Thread", "Timer", "ThreadPoolExecutor", "QThread", "QThreadPool", "QRunnable"}
SQL = re.compile(
    r"^\s*(SELECT\s+(\*|\w+|COUNT)|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s"
    r"|CREATE\s+(TEMP\s+|VIRTUAL\s+|UNIQUE\s+)?(TABLE|INDEX|TRIGGER|VIEW)\s|PRAGMA\s|ATTACH\s"
    r"|BEGIN\s+IMMEDIATE|DROP\s+\w+\s|ALTER\s+TABLE\s)"
)
UNFINISHED = re.compile(
    r"\b(TO" + "DO|FIX" + "ME|XX" + r"X(?=:))\b|raise\s+NotImplemented" + r"Error\b"
)
SWITCHED_OFF = re.compile(r"pytest\.(mark\.)?(sk" + "ip|xf" + r"ail)|unittest\.mo" + "ck")


def sources(*folders: str) -> list[Path]:
    """Every Python file of these top folders, migrations' own versions apart."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "migrations/versions" not in path.as_posix()]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def where(path: Path, line: int = 1) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def none(offences: list[str]) -> None:
    assert not offences, "\n" + "\n".join(offences)


def test_imports_point_down_and_never_in_a_circle(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    configure()
    kept = use_cases.lint_imports(config_filename="setup.cfg", cache_dir=None)
    assert kept, capsys.readouterr().out


def test_rules_are_pure_and_stand_on_the_standard_library_alone() -> None:
    allowed = sys.stdlib_module_names - {"sqlite3", "threading", "socket", "subprocess"}
    offences = []
    for path in sources("app/rules"):
        for node in ast.walk(tree(path)):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                if name.split(".")[0] not in allowed and not name.startswith("app.rules"):
                    offences.append(f"{where(path, node.lineno)} imports {name}")
            if isinstance(node, ast.Attribute) and node.attr in {"today", "utcnow", "now"}:
                offences.append(f"{where(path, node.lineno)} looks at the clock")
    none(offences)


def test_no_file_is_longer_than_one_head_can_hold() -> None:
    none(
        [
            f"{where(path)} has {count} lines"
            for path in sources(*ROOMS, "tests")
            if (count := len(path.read_text(encoding="utf-8").splitlines())) > LINES_MAX
        ]
    )


def test_no_function_is_longer_than_a_screen() -> None:
    none(
        [
            f"{where(path, node.lineno)} {node.name} has {count} lines"
            for path in sources(*ROOMS, "tests")
            for node in functions(path)
            if (count := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES_MAX
        ]
    )


def test_more_than_five_parameters_become_a_draft() -> None:
    offences = []
    for path in sources(*ROOMS):
        for node in functions(path):
            every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            names = [one.arg for one in every if one.arg not in {"self", "cls"}]
            if len(names) > PARAMETERS_MAX:
                offences.append(f"{where(path, node.lineno)} {node.name} takes {len(names)}")
    none(offences)


def test_every_file_says_first_what_the_room_is_for() -> None:
    none(
        [
            where(path)
            for path in sources(*ROOMS, "tests")
            if path.name != "__init__.py" and not ast.get_docstring(tree(path))
        ]
    )


def test_every_public_function_of_the_lower_rooms_is_described() -> None:
    offences = []
    for path in sources("app", "data", "sync"):
        for node in tree(path).body:
            public = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            if public and not node.name.startswith("_") and not ast.get_docstring(node):
                offences.append(f"{where(path, node.lineno)} {node.name}")
    none(offences)


def test_no_name_says_nothing() -> None:
    offences = []
    for path in sources(*ROOMS, "tests"):
        words = {word.removesuffix("s") for word in re.split(r"[_\W]+", path.stem.lower())}
        if words & EMPTY_NAMES:
            offences.append(where(path))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                parts = re.findall(r"[A-Z][a-z]+", node.name)
                if {part.lower().removesuffix("s") for part in parts} & EMPTY_NAMES:
                    offences.append(f"{where(path, node.lineno)} {node.name}")
    none(offences)


def test_nothing_is_swallowed() -> None:
    offences = []
    for path in sources(*ROOMS):
        if path.relative_to(ROOT).as_posix() in CATCH_ALL:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ExceptHandler) and _catches_everything(node):
                raises_again = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
                if not raises_again:
                    offences.append(where(path, node.lineno))
    none(offences)


def _catches_everything(node: ast.ExceptHandler) -> bool:
    kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    names = {kind.id for kind in kinds if isinstance(kind, ast.Name)}
    return node.type is None or bool(names & {"Exception", "BaseException"})


def test_package_files_import_nothing() -> None:
    none(
        [
            where(path)
            for path in sources(*ROOMS, "tests")
            if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip()
        ]
    )


def test_sql_lives_on_the_ground_floor_and_in_the_rooms_of_sync() -> None:
    """Sync asks its own tables (docs/decisions/0014); app and ui never do."""
    offences = []
    for path in sources("app", "ui"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if SQL.match(node.value):
                    offences.append(f"{where(path, node.lineno)} {node.value.strip()[:50]!r}")
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
                asked = {alias.name for alias in node.names} - {"Session"}
                offences += [f"{where(path, node.lineno)} imports {name}" for name in asked]
    none(offences)


def test_threads_are_made_in_one_place() -> None:
    """But for two that end with the call that made them and see no screen: one moves bytes out of
    a pipe, one counts over a connection of its own."""
    known = ("ui/tasks.py", "app/imports/ahead.py", "data/counting/side_by_side.py")
    offences = []
    for path in sources(*ROOMS):
        if path.relative_to(ROOT).as_posix() in known:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                made = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                made = node.func.id if isinstance(node.func, ast.Name) else made
                if made in THREADS:
                    offences.append(f"{where(path, node.lineno)} {made}")
    none(offences)


def test_no_screen_asks_disk_or_printers_on_the_thread_that_draws() -> None:
    """A sleeping stick, a lost network drive or printer answers after seconds: lanes may wait.

    Inside a method only what is handed on (a lambda, a function of its own) may ask.
    """
    offences = []
    for path in sources("ui/screens", "ui/widgets"):
        handed_on = {
            id(inner)
            for outer in functions(path)
            for node in ast.walk(outer)
            if isinstance(node, ast.Lambda | ast.FunctionDef) and node is not outer
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr in WAITS and id(node) not in handed_on:
                    offences.append(f"{where(path, node.lineno)} {node.func.attr}")
    none(offences)


def test_nothing_is_left_unfinished_or_switched_off() -> None:
    offences = []
    for path in sources(*ROOMS, "tests"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if UNFINISHED.search(line) or SWITCHED_OFF.search(line):
                offences.append(f"{where(path, number)} {line.strip()[:80]}")
    none(offences)
