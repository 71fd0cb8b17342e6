"""The main job from a commune's list to the printed case file, done as an office would do it.

Every step is the program's own command in a process of its own, on real parts: the encrypted
store, the server on loopback, the printed PDF.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.demo import lists, office
from app.wording import translate

SERVER_START_S = 30.0
FILES_PRINTED = 10

Say = Callable[[str], None]


class StepFailed(Exception):
    """A step of the demonstration did not end well; carries the command and what it printed."""


@dataclass(frozen=True, slots=True)
class Run:
    """How to call the program's own commands on one home."""

    home: Path
    say: Say

    def command(
        self, *words: str, user: str | None = None, refused_too: bool = False
    ) -> dict[str, object]:
        """One command with --json; its document. Raises StepFailed unless it ended well."""
        call = [sys.executable, "-m", "ui.main", "--home", str(self.home), "--json"]
        call += ["--user", user] if user else []
        done = subprocess.run(
            [*call, *words], env=environment(), capture_output=True, text=True, check=False
        )
        if done.returncode not in ((0, 1) if refused_too else (0,)):
            raise StepFailed(f"{' '.join(words)}: {done.stdout}{done.stderr}")
        return dict(json.loads(done.stdout))


def run(home: Path, people: int, given: Sequence[Path], say: Say) -> dict[str, object]:
    """Do the whole main job in `home`; answers the figures, which `say` tells in sentences too."""
    started = time.monotonic()
    job = Run(home / "office", say)
    made = office.make(job.home, people)
    say(
        translate(
            "Đã lập đơn vị giả lập: {people} người, {needs} nhu cầu, {cases} ca, tại {home}.",
            people=made.people,
            needs=made.needs,
            cases=made.cases,
            home=job.home,
        )
    )
    brought = [_bring_in(job, path) for path in (given or lists.write_own(home / "lists"))]
    approved = _approve(job)
    with _server(home / "server") as url:
        synced = _send(job, home / "server", url)
    papers = _print(job, home / "papers", made.fullest[:FILES_PRINTED])
    seconds = round(time.monotonic() - started, 1)
    say(translate("Xong trong {seconds} giây.", seconds=seconds))
    return {
        "home": str(job.home),
        "people": made.people,
        "needs": made.needs,
        "cases": made.cases,
        "lists": brought,
        "approved": approved,
        "sync": synced,
        "papers": str(papers),
        "seconds": seconds,
    }


def _bring_in(job: Run, path: Path) -> dict[str, object]:
    result = job.command("import", str(path), user="minh")
    refused = result["refused"]
    job.say(
        translate(
            "Đã nhập {file}: {rows} dòng, {created} người mới, {matched} đã có, {refused} cần sửa.",
            file=path.name,
            rows=result["rows"],
            created=result["created"],
            matched=result["matched"],
            refused=len(refused) if isinstance(refused, list) else 0,
        )
    )
    return {"file": path.name} | {key: result[key] for key in ("rows", "created", "matched")}


def _approve(job: Run) -> int:
    job.command("people", "approve", "--all", user="hoa", refused_too=True)
    total = int(str(job.command("people", "list", "--status", "approved", "--limit", "1")["total"]))
    job.say(
        translate("Người duyệt đã duyệt; nay có {total} người được duyệt tiếp nhận.", total=total)
    )
    return total


def _send(job: Run, server_home: Path, url: str) -> dict[str, object]:
    server = Run(server_home, job.say)
    code = server.command(
        "server", "code", "--office-name", office.OFFICE_NAME, "--unit", office.DISTRICT
    )
    job.command("enrol", "--server", url, "--code", str(code["code"]))
    synced = job.command("sync")
    stats = server.command("server", "stats")
    job.say(
        translate(
            "Đã gửi {pushed} thay đổi, máy chủ ký nhận {acknowledged}; máy chủ có {people} người.",
            pushed=synced["pushed"],
            acknowledged=synced["acknowledged"],
            people=stats["people"],
        )
    )
    return synced | {"server_people": stats["people"]}


def _print(job: Run, out: Path, fullest: Sequence[str]) -> Path:
    """Print ten files, first of those with most in them."""
    out.mkdir(parents=True, exist_ok=True)
    found = job.command("people", "list", "--status", "approved", "--limit", str(FILES_PRINTED))
    people = found["people"]
    others = [str(each["id"]) for each in people] if isinstance(people, list) else []
    ids = list(dict.fromkeys([*fullest, *others]))[:FILES_PRINTED]
    wanted = [word for each in ids for word in ("--person", each)]
    job.command("print", "case-file", *wanted, "--out", str(out), "--separate", user="hoa")
    job.say(translate("Đã in {count} hồ sơ vào {folder}.", count=len(ids), folder=out))
    return out


@contextmanager
def _server(home: Path) -> Iterator[str]:
    """A real central server on a free port of this machine, stopped at the end."""
    home.mkdir(parents=True, exist_ok=True)
    address = f"127.0.0.1:{free_port()}"
    call = [sys.executable, "-m", "ui.main", "--home", str(home), "server"]
    subprocess.run(
        [*call, "init", "--listen", address],
        env=environment(),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with (home / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [*call, "run", "--listen", address], env=environment(), stdout=log, stderr=log
        )
        try:
            _wait_for(address)
            yield f"http://{address}"
        finally:
            process.terminate()
            process.wait(timeout=SERVER_START_S)


def _wait_for(address: str) -> None:
    host, port = address.split(":")
    until = time.monotonic() + SERVER_START_S
    while time.monotonic() < until:
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.1)
    raise StepFailed(translate("Máy chủ không khởi động được tại {address}.", address=address))


def free_port() -> int:
    """A TCP port of the loopback address that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment() -> dict[str, str]:
    """The environment of the steps: the demonstration's password, no window."""
    return os.environ | {"SOANSINH_PASSWORD": office.PASSWORD, "QT_QPA_PLATFORM": "offscreen"}
