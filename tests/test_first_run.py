"""What `make run` does the first time, the second, after a power cut, and without a display."""

import os
import re
import stat
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def a_program(folder: Path, demo_ends_with: int = 0) -> Path:
    """A venv whose `soansinh` notes how it was called and makes the office it was asked for."""
    said = folder / "said"
    (folder / "bin").mkdir(parents=True, exist_ok=True)
    program = folder / "bin" / "soansinh"
    program.write_text(
        f'#!/bin/sh\necho "$@" >> "{said}"\n'
        f'case "$*" in *demo*) test "$1" = --home && mkdir -p "$2/office"; exit {demo_ends_with};; '
        "esac\n",
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return said


def make_run(venv: Path, home: Path, display: str = ":9") -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if "DISPLAY" not in key}
    environment |= {"SOANSINH_DEMO_HOME": str(home), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    script = ROOT / "tools" / "run.sh"
    return subprocess.run(
        ["/bin/bash", str(script), str(venv), "50"],
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=30,
    )


def test_the_first_run_makes_the_office_and_the_second_opens_it(tmp_path: Path) -> None:
    said, home = a_program(tmp_path / "venv"), tmp_path / "trình diễn"
    first = make_run(tmp_path / "venv", home)
    make_run(tmp_path / "venv", home)
    opened = f"--home {home}/office"
    assert said.read_text(encoding="utf-8").splitlines() == [
        f"--home {home} --text demo --people 50",
        opened,
        opened,
    ]
    assert "GIẢ LẬP" in first.stdout
    assert "Mat-khau-1945" in first.stdout


def test_a_first_run_that_was_cut_off_begins_again(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    a_program(tmp_path / "venv", demo_ends_with=1)
    assert make_run(tmp_path / "venv", home).returncode == 1
    (home / "office" / "half.db").write_text("half", encoding="utf-8")
    said = a_program(tmp_path / "venv")
    assert make_run(tmp_path / "venv", home).returncode == 0
    assert not (home / "office" / "half.db").exists()
    assert len(said.read_text(encoding="utf-8").splitlines()) == 3


def test_a_folder_that_is_not_ours_is_never_cleared(tmp_path: Path) -> None:
    home = tmp_path / "documents"
    (home / "office").mkdir(parents=True)
    (home / "office" / "letter.txt").write_text("keep", encoding="utf-8")
    a_program(tmp_path / "venv")
    refused = make_run(tmp_path / "venv", home)
    make_run(tmp_path / "venv", home)
    assert refused.returncode == 3
    assert "SOANSINH_DEMO_HOME" in refused.stderr
    assert (home / "office" / "letter.txt").read_text(encoding="utf-8") == "keep"


def test_without_a_display_the_main_job_runs_headless_and_says_so(tmp_path: Path) -> None:
    said = a_program(tmp_path / "venv")
    done = make_run(tmp_path / "venv", tmp_path / "demo", display="")
    (call,) = said.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"--text --home \S+soansinh-demo-\w+ demo --people 50", call)
    assert not (tmp_path / "demo").exists()
    assert "không có màn hình" in done.stdout
    assert "No display" in done.stdout
