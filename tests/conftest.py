"""What every test stands on: a quiet log, its own home folder, the lists communes send."""

import gc
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import hypothesis
import pytest

from tests import cost

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_STATE_HOME"] = mkdtemp(prefix="state-")  # marks of PCs outside their stores

cost.make_quick()  # before our modules take it as what they do unless told

# Speed is measured in tests/benchmarks, never asserted in a test: a busy machine fails nothing.
hypothesis.settings.register_profile("stories", deadline=None)
hypothesis.settings.load_profile("stories")

ROOT = Path(__file__).resolve().parent.parent
OURS = frozenset({"app", "data", "sync", "ui"})


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: whoever looks for garbage need not look at them again."""
    cost.keep_parsers()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)  # looked for less often: a tenth of the suite's work


class _Noticed(logging.Handler):
    """Keeps every warning or worse that our own rooms wrote."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.split(".")[0] in OURS:
            self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """An unexpected warning in our log fails the test; `@pytest.mark.logs(pattern)` expects it."""
    handler = _Noticed()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    expected = [mark.args[0] for mark in request.node.iter_markers("logs")]
    unexpected = [
        line for line in handler.lines if not any(re.search(one, line) for one in expected)
    ]
    assert not unexpected, "unexpected in the log:\n" + "\n".join(unexpected)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the folders and settings of the person who runs it."""
    place = tmp_path_factory.mktemp("user")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(place / name.lower()))
    for name in (
        "SOANSINH_HOME",
        "SOANSINH_PASSWORD",
        "SOANSINH_NEW_PASSWORD",
        "SOANSINH_FILE_PASSWORD",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def vietnamese_again() -> Iterator[None]:
    """A test that reads English gives the next one its Vietnamese back."""
    from app import wording

    yield
    wording.set_language("vi")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for one PC's store, not made yet, with a space and marks in its name."""
    return tmp_path / "Sổ An Sinh của Lan"


@pytest.fixture(scope="session")
def samples() -> Path:
    """Lists as communes send them and, in truth.json, what they mean; everybody is invented."""
    return ROOT / "tests" / "samples"
