"""The ground a newcomer steps on: packages asked for, Python chosen, locks that agree."""

import ast
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.test_architecture import ROOMS, none, sources, tree, where

ROOT = Path(__file__).resolve().parent.parent


def command(folder: Path, name: str, script: str) -> None:
    """Put a stand-in for a command of the system into a folder of the search path."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n" + script, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def run(script: str, *words: str, path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/bash", str(ROOT / "tools" / script), *words],
        env={"PATH": path, "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=30,
    )


def pins(name: str) -> dict[str, str]:
    """Library -> version of a lock file."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def test_a_machine_that_has_every_package_is_asked_nothing(tmp_path: Path) -> None:
    installed = 'shift 3; for n in "$@"; do case $n in *t64) ;; *) echo "$n installed";; esac; done'
    command(tmp_path / "bin", "dpkg-query", installed)
    command(tmp_path / "bin", "apt-get", "echo asked >&2; exit 1")
    done = run("system-packages.sh", path=f"{tmp_path / 'bin'}:/usr/bin:/bin")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_debian_13_keeps_some_packages_under_longer_names(tmp_path: Path) -> None:
    longer = 'shift 3; for n in "$@"; do case $n in *t64) echo "$n installed";; esac; done; exit 1'
    command(tmp_path / "bin", "dpkg-query", longer)
    assert run("system-packages.sh", path=f"{tmp_path / 'bin'}:/usr/bin:/bin").returncode == 0


def test_without_root_and_sudo_it_names_exactly_what_is_missing(tmp_path: Path) -> None:
    one_missing = (
        'shift 3; for n in "$@"; do case $n in *t64|libegl1) ;; *) echo "$n installed";; esac; done'
    )
    command(tmp_path / "bin", "dpkg-query", one_missing)
    command(tmp_path / "bin", "id", "echo 1000")
    command(tmp_path / "bin", "sudo", "exit 1")
    done = run("system-packages.sh", path=f"{tmp_path / 'bin'}:/usr/bin:/bin")
    assert done.returncode == 3
    assert "apt-get install -y libegl1 \n" in done.stderr
    assert "thiếu gói" in done.stderr


def test_a_fresh_machine_gets_its_package_lists_first(tmp_path: Path) -> None:
    said = tmp_path / "said"
    bin_ = tmp_path / "bin"
    there = f'test -e {said}.there && shift 3 && for n in "$@"; do echo "$n installed"; done; true'
    command(bin_, "dpkg-query", there)
    command(bin_, "id", "echo 0")
    lists_first = (
        f'echo "$1" >> {said}; case $1 in update) touch {said}.lists;; '
        f"install) test -e {said}.lists && touch {said}.there;; esac"
    )
    command(bin_, "apt-get", lists_first)
    done = run("system-packages.sh", path=f"{bin_}:/usr/bin:/bin")
    assert done.returncode == 0, done.stderr
    assert said.read_text(encoding="utf-8").split() == ["install", "update", "install"]


def test_an_unfit_python_is_refused_with_its_remedy(tmp_path: Path) -> None:
    bin_ = tmp_path / "bin"
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        command(bin_, name, 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac')
    done = run("setup.sh", "python3", str(tmp_path / "venv"), path=f"{bin_}:/usr/bin:/bin")
    assert done.returncode == 3
    assert "Cần Python 3.11, 3.12 hoặc 3.13 (hiện có: Python 3.9.2)" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_the_office_lock_is_a_part_of_the_developers_lock() -> None:
    every, office = pins("requirements.lock"), pins("requirements-run.lock")
    assert office.items() <= every.items()
    assert "pytest" in every
    assert "pytest" not in office
    assert every["pyside6-essentials"].startswith("6.11.")
    assert every["sqlalchemy"].startswith("2.0.")


def test_locks_have_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-run.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"^\s*--(index|extra-index|find-links|trusted)", text, re.MULTILINE)
        blocks = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
        assert all("--hash=sha256:" in block for block in blocks)


def test_every_library_we_import_is_asked_for() -> None:
    distributions = {
        "PIL": "pillow",
        "nacl": "pynacl",
        "argon2": "argon2-cffi",
        "PySide6": "pyside6-essentials",
        "shiboken6": "shiboken6",
        "python_calamine": "python-calamine",
        "msoffcrypto": "msoffcrypto-tool",
    }
    locked = pins("requirements-run.lock")
    ours = sys.stdlib_module_names | set(ROOMS)
    offences = []
    for path in sources(*ROOMS):
        for node in ast.walk(tree(path)):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for top in {name.split(".")[0] for name in names} - ours:
                if distributions.get(top, top.lower().replace("_", "-")) not in locked:
                    offences.append(f"{where(path, node.lineno)} imports {top}")
    none(offences)


def test_continuous_integration_calls_the_two_verbs() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"^make (\w+)", script, re.MULTILINE) == ["check", "test"]
    verbs = (ROOT / "Makefile").read_text(encoding="utf-8")
    for verb in ("setup", "run", "test", "check", "shots", "bench", "demo", "soak", "clean"):
        assert re.search(rf"^{verb}:.*## ", verbs, re.MULTILINE), verb


def test_make_soak_finds_tests_that_take_the_seed_of_its_round() -> None:
    marked = [
        path
        for path in sources("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "pytest.mark.soak"
    ]
    assert marked
    for path in set(marked):
        read = path.read_text(encoding="utf-8")
        assert "from tests.chance import" in read or "from tests import chance" in read, path


def test_the_readme_names_first_what_is_taken_as_given() -> None:
    first = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[0]
    for given in ("make", "git", "python3", "python3-venv"):
        assert f"`{given}`" in first


def test_the_windows_script_is_utf_8_with_its_own_line_ends() -> None:
    raw = (ROOT / "run.cmd").read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert "chcp 65001" in raw.decode("utf-8")
    assert "requirements-run.lock" in raw.decode("utf-8")


def test_the_wheel_holds_every_file_of_the_rooms_and_nothing_else(tmp_path: Path) -> None:
    for room in ROOMS:
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / room, tmp_path / "source" / room, ignore=leave)
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / "source" / name)
    kept = {
        path.relative_to(tmp_path / "source").as_posix()
        for room in ROOMS
        for path in (tmp_path / "source" / room).rglob("*")
        if path.is_file()
    }
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    command_line = [*pip, "--no-index", "--wheel-dir", str(tmp_path), str(tmp_path / "source")]
    subprocess.run(command_line, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("soansinh-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
        (entry,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "soansinh = ui.main:main" in archive.read(entry).decode()
    assert packed == kept
