"""The composition root: verbs of the command line from both rooms, or the window."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from app import cli, paths
from app.wording import LANGUAGES, set_language, translate

if TYPE_CHECKING:
    from app.workspace import Workspace
    from ui.photos import PhotosDone, PhotosWaiting
    from ui.tasks import Failure, Watch
    from ui.usb import EnrolmentAsked, UsbRead, UsbWritten
    from ui.wire import SyncAhead, SyncLine, SyncRound, SyncStatus, WirePort

LANGUAGE = "SOANSINH_LANG"
MISSING = 3


def main(argv: Sequence[str] | None = None) -> int:
    """The program's entry: with a verb the command line, without one the window."""
    words = list(sys.argv[1:] if argv is None else argv)
    if cli.has_verb(words):
        return run_verb(words)
    return open_window(cli.home_of(words), cli.language_of(words))


def run_verb(words: Sequence[str]) -> int:
    """The command line of both rooms; what nobody foresaw gets a number, a file and a sentence."""
    from sync import cli as wire

    try:
        return cli.run(words, [partial(wire.register, translate=translate)], wire.census)
    except BrokenPipeError:
        # Whoever read our lines has seen enough (`| head`); nothing is left to be flushed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last door before the user
        from ui import bugs

        bug = bugs.record(error, cli.home_of(words) / "log")
        return cli.unforeseen(words, bug.number, bug.file)


def open_window(home: Path, named: str | None = None) -> int:
    """Open the window on a home and live until it is closed; answers the exit code.

    `named` is the language that the call names.
    """
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        print(translate("Thiếu thư viện cửa sổ (Qt): {error}", error=error), file=sys.stderr)
        return MISSING
    if without_a_screen():
        told = translate("Máy này không có màn hình để mở cửa sổ. Xem các việc: soansinh --help")
        print(told, file=sys.stderr)
        return MISSING
    from ui.garbage import Garbage
    from ui.resources import theme
    from ui.resources.icons import icon
    from ui.stage import Memory
    from ui.tasks import Tasks
    from ui.window import Opening, Window

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName(paths.PROGRAM)
    application.setDesktopFileName(paths.PROGRAM)
    logs = home / "log"
    memory = Memory()
    choose_language(named, os.environ.get(LANGUAGE), memory.get("language"))
    theme.wear(application, str(memory.get("theme", "calm")))
    application.setWindowIcon(icon("office", "brand"))
    tasks = Tasks(logs)
    window = Window(Opening(home, tasks, wire_port(), memory))
    catch_the_rest(logs, window.tell_failure)
    window.begin()
    window.show()
    garbage = Garbage()
    try:
        return application.exec()
    finally:
        tasks.end()
        garbage.end()
        for frame in window.frames[:1]:
            frame.ws.db.close()


def without_a_screen() -> bool:
    """Whether Qt would find no screen here; it ends the process instead of telling."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(name) for name in named)


def choose_language(*wished: object) -> None:
    """The first wish that is a language; without one it stays as it is."""
    for code in wished:
        if code in LANGUAGES:
            set_language(str(code))
            return


def catch_the_rest(logs: Path, tell: Callable[[Failure], None]) -> None:
    """What nobody foresaw on the screen's thread gets a number and a file; the window lives on."""
    from ui.tasks import failure_of

    logging.basicConfig(level=logging.WARNING)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            tell(failure_of(error, logs))
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = hook


def wire_port() -> WirePort:
    """The wire's callables for the window; the client is imported when first needed."""
    from ui.photos import PhotosPort
    from ui.usb import UsbPort
    from ui.wire import WirePort

    usb = UsbPort(_usb_write, _usb_read, _usb_ask)
    photos = PhotosPort(_photos_waiting, _mark_line)
    return WirePort(_status, _due_in_s, _rounds, _round, _enrol, usb, photos, _ahead)


def _status(ws: Workspace) -> SyncStatus:
    from app.wording import say
    from sync import client
    from sync.state import ENROL_ANEW
    from ui.wire import SyncStatus

    now = client.status(ws.db.whole)
    message = say(now.error_code, now.error_facts) if now.error_code else ""
    anew = now.error_code in ENROL_ANEW
    return SyncStatus(now.state, now.waiting, now.since or "", message, now.attention, anew)


def _due_in_s(ws: Workspace) -> float | None:
    from sync import client

    return client.due_in_s(ws.db.whole)


def _rounds(ws: Workspace) -> tuple[SyncLine, ...]:
    from app.wording import say
    from sync import client
    from ui.wire import SyncLine

    return tuple(
        SyncLine(
            line.started_at,
            "" if line.outcome == "ok" else say(line.outcome, line.facts),
            _plain_round(asdict(line)),
        )
        for line in client.rounds(ws.db.whole)
    )


def _round(ws: Workspace, watch: Watch) -> SyncRound:
    from app.wording import translate
    from sync import client

    ws.demand("sync")

    comes = {
        "rows": translate("Hồ sơ về máy"),
        "history": translate("Lịch sử về máy"),
        "photos": "photos",
    }

    def step(name: str, done: int, total: int) -> None:
        if not watch.stopped:
            watch(done, total, comes.get(name, ""))

    return _plain_round(asdict(client.run_round(ws.db.whole, step, lambda: watch.stopped)))


def _photos_waiting(ws: Workspace) -> PhotosWaiting:
    from sync import photos
    from ui.photos import PhotoLoad, PhotosWaiting

    loads = asdict(photos.loads(ws.db.whole))
    waiting = {name: PhotoLoad(**load) for name, load in loads.items()}
    return PhotosWaiting(unmetered=photos.setting(ws.db.whole) == "all", **waiting)


def _mark_line(ws: Workspace, unmetered: bool) -> None:
    from sync import photos

    ws.demand("sync")
    photos.mark_line(ws.db.whole, unmetered)


def _ahead(ws: Workspace) -> SyncAhead:
    from sync import client
    from ui.wire import SyncAhead

    now = client.forecast(ws.db.whole)
    return SyncAhead(now.pending, now.rows, now.bytes, now.seconds)


def _enrol(ws: Workspace, server: str, code: str) -> None:
    from sync import client

    ws.demand("enrol")
    client.enrol(ws.db.whole, server, code)


def _usb_write(ws: Workspace, folder: Path, watch: Watch) -> UsbWritten:
    from sync import package_write
    from ui.usb import UsbWritten

    ws.demand("sync")
    done = package_write.write(ws.db.whole, folder, _watched(watch), lambda: watch.stopped)
    return UsbWritten(
        done.files, done.changes, done.bytes, photos=done.photos, photos_left=done.photos_left
    )


def _usb_ask(ws: Workspace, folder: Path, asked: EnrolmentAsked) -> UsbWritten:
    from sync import package_enrol
    from ui.usb import UsbWritten

    ws.demand("enrol")
    made = package_enrol.ask(ws.db.whole, folder, asked.server, asked.code)
    return UsbWritten((made.name,), enrolment=True)


def _usb_read(ws: Workspace, folder: Path, watch: Watch) -> UsbRead:
    from app.wording import say
    from sync import package_read
    from ui.usb import UsbRead

    ws.demand("sync")
    done = package_read.read(ws.db.whole, [folder], _watched(watch), lambda: watch.stopped)
    taken = [one for one in done.carried if one.taken]
    return UsbRead(
        acknowledged=done.acknowledged,
        pulled=done.pulled,
        pending=done.pending,
        answers=done.answers,
        carried=len(taken),
        carried_changes=sum(one.changes for one in taken),
        office=done.office,
        photos=done.photos,
        photos_sent=done.photos_sent,
        problems=tuple(say(one.code, one.facts) for one in done.problems),
    )


def _watched(watch: Watch) -> Callable[[int, int], None]:
    """Progress of work that asks by itself whether to stop, and ends what it began."""

    def step(done: int, total: int) -> None:
        if not watch.stopped:
            watch(done, total)

    return step


def _plain_round(counts: dict[str, Any]) -> SyncRound:
    from ui.wire import SyncRound

    known = {name: counts[name] for name in SyncRound.__dataclass_fields__ if name in counts}
    return SyncRound(**known, photos=_plain_photos(counts.get("attachments") or {}))


def _plain_photos(counts: dict[str, Any]) -> PhotosDone:
    from app.wording import say
    from ui.photos import PhotosDone

    if not counts:
        return PhotosDone()
    why = say(counts["problem"], counts["facts"]) if counts["problem"] else ""
    numbers = {name: counts[name] for name in ("sent", "fetched", "restarted", "damaged")}
    return PhotosDone(**numbers, problem=why)


if __name__ == "__main__":
    sys.exit(main())
