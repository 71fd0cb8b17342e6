"""Whether this PC can do the office's work: what `soansinh self-test` asks and answers."""

from __future__ import annotations

import os
import platform
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from app.wording import translate
from data import cipher

PYTHONS = ((3, 11), (3, 13))
WINDOWS_BUILD_MIN = 17763  # Windows 10 1809, the oldest that Qt 6.11 runs on
MEMORY_MIN_BYTES, MEMORY_GOOD_BYTES = 2_000_000_000, 3_500_000_000
DISK_MIN_BYTES, DISK_GOOD_BYTES = 500_000_000, 2_000_000_000
CLOCK_FIRST_YEAR, CLOCK_LAST_YEAR = 2026, 2045
PRINTER_WAIT_S = 5.0


@dataclass(frozen=True, slots=True)
class Check:
    """One answer; `needed` says that the program does not work without it."""

    name: str
    title: str
    ok: bool
    needed: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Machine:
    """What is known of the PC before anything is judged (bytes; build is 0 outside Windows)."""

    bits: int
    system: str
    build: int
    python: tuple[int, int]
    memory_bytes: int
    disk_free_bytes: int
    now: datetime
    installed: datetime


def run(home: Path) -> tuple[Check, ...]:
    """Every check of this PC, with the store to lie in `home`."""
    machine = look(home)
    return (*judge(machine), store_check(), fonts_check(), printers_check(printers()))


def exit_code(checks: tuple[Check, ...]) -> int:
    """0, or 3 when something is missing that the program needs."""
    return 3 if any(check.needed and not check.ok for check in checks) else 0


def as_json(checks: tuple[Check, ...]) -> dict[str, object]:
    """What `self-test --json` prints: {ok, checks:[{name, title, ok, needed, detail}]}."""
    return {"ok": exit_code(checks) == 0, "checks": [asdict(check) for check in checks]}


def lines(checks: tuple[Check, ...]) -> tuple[str, ...]:
    """The checks as a person reads them, one line each."""
    good, bad, note = translate("đạt"), translate("KHÔNG ĐẠT"), translate("lưu ý")
    marks = {True: good, False: bad}
    return tuple(
        f"[{marks[check.ok] if check.ok or check.needed else note}] {check.title}: {check.detail}"
        for check in checks
    )


def look(home: Path) -> Machine:
    """Ask the system; `home` need not exist yet."""
    return Machine(
        bits=struct.calcsize("P") * 8,
        system=_system_name(),
        build=_windows_build(),
        python=sys.version_info[:2],
        memory_bytes=psutil.virtual_memory().total,
        disk_free_bytes=shutil.disk_usage(_nearest_folder(home)).free,
        now=datetime.now(UTC),
        installed=datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC),
    )


def judge(machine: Machine) -> tuple[Check, ...]:
    """The checks that follow from the facts alone."""
    return (
        _bits(machine),
        _system(machine),
        _python(machine),
        _memory(machine),
        _disk(machine),
        _clock(machine),
    )


def _bits(machine: Machine) -> Check:
    ok = machine.bits == 64
    detail = (
        translate("64 bit.")
        if ok
        else translate("Đang chạy bản {bits} bit; hãy cài Python 64 bit.", bits=machine.bits)
    )
    return Check("bitness", translate("Kiểu máy"), ok, True, detail)


def _system(machine: Machine) -> Check:
    ok = machine.build == 0 or machine.build >= WINDOWS_BUILD_MIN
    detail = machine.system
    if not ok:
        detail = translate(
            "{system} (bản dựng {build}) quá cũ; cần Windows 10 bản 1809 trở lên.",
            system=machine.system,
            build=machine.build,
        )
    return Check("system", translate("Hệ điều hành"), ok, True, detail)


def _python(machine: Machine) -> Check:
    ok = PYTHONS[0] <= machine.python <= PYTHONS[1]
    version = ".".join(map(str, machine.python))
    detail = (
        translate("Python {version}.", version=version)
        if ok
        else translate("Python {version}; cần bản 3.11, 3.12 hoặc 3.13.", version=version)
    )
    return Check("python", translate("Python"), ok, True, detail)


def _memory(machine: Machine) -> Check:
    size = _gigabytes(machine.memory_bytes)
    if machine.memory_bytes >= MEMORY_GOOD_BYTES:
        return Check("memory", translate("Bộ nhớ"), True, True, translate("{size} GB.", size=size))
    enough = machine.memory_bytes >= MEMORY_MIN_BYTES
    detail = (
        translate("{size} GB, đủ chạy nhưng nên có 4 GB.", size=size)
        if enough
        else translate("Chỉ có {size} GB; cần ít nhất 2 GB.", size=size)
    )
    return Check("memory", translate("Bộ nhớ"), enough, True, detail)


def _disk(machine: Machine) -> Check:
    size = _gigabytes(machine.disk_free_bytes)
    if machine.disk_free_bytes >= DISK_GOOD_BYTES:
        detail = translate("Còn trống {size} GB.", size=size)
    elif machine.disk_free_bytes >= DISK_MIN_BYTES:
        detail = translate("Chỉ còn trống {size} GB; nên dọn ổ đĩa trước khi đầy.", size=size)
    else:
        detail = translate("Chỉ còn trống {size} GB; cần ít nhất 0,5 GB.", size=size)
    ok = machine.disk_free_bytes >= DISK_MIN_BYTES
    return Check("disk", translate("Ổ đĩa"), ok, True, detail)


def _clock(machine: Machine) -> Check:
    """A wrong clock dates papers wrongly and breaks the line to the server."""
    shown = machine.now.astimezone().strftime("%d/%m/%Y %H:%M")
    likely = CLOCK_FIRST_YEAR <= machine.now.year <= CLOCK_LAST_YEAR
    if likely and machine.now >= machine.installed:
        return Check("clock", translate("Đồng hồ"), True, True, shown)
    detail = translate("Máy đang báo {shown}, có vẻ sai; hãy chỉnh lại ngày giờ.", shown=shown)
    return Check("clock", translate("Đồng hồ"), False, True, detail)


def store_check() -> Check:
    """The encrypted store and its full-text search."""
    found = cipher.facts()
    ok = bool(found.version) and found.fts5
    detail = (
        translate("SQLCipher {version}, có tìm kiếm toàn văn.", version=found.version)
        if ok
        else translate("Thư viện SQLCipher thiếu mã hóa hoặc thiếu FTS5; hãy cài lại chương trình.")
    )
    return Check("store", translate("Kho mã hóa"), ok, True, detail)


def fonts_check() -> Check:
    """A serif face with all 134 Vietnamese letters, for the papers."""
    from app.papers import fonts  # the PDF library is loaded only when it is asked about

    title = translate("Phông chữ")
    try:
        face = fonts.find()
    except fonts.FontMissing:
        detail = translate(
            "Không có phông có chân đủ 134 chữ tiếng Việt; hãy cài Times New Roman, "
            "Liberation Serif 2 hoặc Tinos."
        )
        return Check("fonts", title, False, True, detail)
    detail = translate("{face}, đủ 134 chữ tiếng Việt.", face=face.name)
    return Check("fonts", title, True, True, detail)


def printers_check(names: tuple[str, ...]) -> Check:
    """A PC without a printer still works: papers are saved as PDF."""
    detail = (
        ", ".join(names)
        if names
        else translate("Chưa có máy in; giấy tờ vẫn lưu được thành tệp PDF.")
    )
    return Check("printers", translate("Máy in"), bool(names), False, detail)


def printers() -> tuple[str, ...]:
    """The printers this user sees: the registry on Windows, CUPS elsewhere."""
    return _windows_printers() if sys.platform == "win32" else _cups_printers()


def _cups_printers() -> tuple[str, ...]:
    if not shutil.which("lpstat"):
        return ()
    command = ["lpstat", "-e"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=PRINTER_WAIT_S)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(line.strip() for line in answer.stdout.splitlines() if line.strip())


def _windows_printers() -> tuple[str, ...]:
    if sys.platform != "win32":
        return ()
    import winreg

    place = r"Software\Microsoft\Windows NT\CurrentVersion\Devices"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as key:
            count = winreg.QueryInfoKey(key)[1]
            return tuple(winreg.EnumValue(key, number)[0] for number in range(count))
    except OSError:
        return ()


def _system_name() -> str:
    if sys.platform.startswith("linux"):
        try:
            return platform.freedesktop_os_release().get("PRETTY_NAME", platform.platform())
        except OSError:
            return platform.platform()
    return f"{platform.system()} {platform.release()}"


def _windows_build() -> int:
    ask: Callable[[], object] | None = getattr(sys, "getwindowsversion", None)
    return int(getattr(ask(), "build", 0)) if ask else 0


def _nearest_folder(path: Path) -> Path:
    while not path.is_dir() and path != path.parent:
        path = path.parent
    return path if path.is_dir() else Path(os.sep)


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}".replace(".", ",")
