"""A mark of this PC outside its store, by which a store that was put back tells itself from a copy.

The store's rolling token lies here too. A store brought back to its old place finds the newer
token of its former life; a copy on another PC, or in another folder, finds nothing.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

PROGRAM = "soansinh"
MACHINE_ID = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


@dataclass(frozen=True, slots=True)
class Mark:
    """The incarnation and the token of the store's newest life at this place."""

    incarnation: str = ""
    token: str = ""


def read(home: Path, device_id: str) -> Mark:
    """The mark of the device's store in this home; an empty one where this PC has none."""
    try:
        words = _unbound(_path(home, device_id).read_bytes()).decode("ascii").split("\n")
    except (OSError, ValueError, CryptoError):
        return Mark()
    return Mark(*words) if len(words) == 2 else Mark()


def write(home: Path, device_id: str, mark: Mark) -> None:
    """Put the mark down. Where that cannot be done a store put back is taken for a copy later."""
    path = _path(home, device_id)
    beside = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside.write_bytes(_bound(f"{mark.incarnation}\n{mark.token}".encode("ascii")))
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)


def _path(home: Path, device_id: str) -> Path:
    place = hashlib.sha256(f"{device_id}\n{home.resolve()}".encode()).hexdigest()[:32]
    return _folder() / PROGRAM / f"{place}.mark"


def _folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")


if sys.platform == "win32":  # written for Windows and never run there yet
    import ctypes
    from ctypes import wintypes

    class _Blob(ctypes.Structure):
        _fields_ = [("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char))]

    def _dpapi(act: str, content: bytes) -> bytes:
        given = _Blob(len(content), ctypes.create_string_buffer(content, len(content)))
        made = _Blob()
        call = getattr(ctypes.windll.crypt32, act)
        if not call(ctypes.byref(given), None, None, None, None, 0, ctypes.byref(made)):
            raise OSError(ctypes.get_last_error(), act)
        try:
            return ctypes.string_at(made.data, made.size)
        finally:
            ctypes.windll.kernel32.LocalFree(made.data)

    def _bound(content: bytes) -> bytes:
        return _dpapi("CryptProtectData", content)

    def _unbound(content: bytes) -> bytes:
        return _dpapi("CryptUnprotectData", content)

else:

    def _bound(content: bytes) -> bytes:
        return bytes(SecretBox(_machine_key()).encrypt(content))

    def _unbound(content: bytes) -> bytes:
        return bytes(SecretBox(_machine_key()).decrypt(content))


def _machine_key() -> bytes:
    """A key that follows from the machine's id, so that a copied file says nothing elsewhere."""
    for path in MACHINE_ID:
        try:
            found = path.read_text("ascii").strip()
        except (OSError, ValueError):
            continue
        if found:
            return hashlib.blake2b(found.encode(), person=b"soansinh-mark", digest_size=32).digest()
    return hashlib.blake2b(platform.node().encode(), digest_size=32).digest()
