"""Troubles of the floor that keeps records: each is a code with facts, never a sentence."""

from __future__ import annotations

from typing import ClassVar


class DataError(Exception):
    """A trouble of the store: `code` is an English word, `facts` are values a sentence may name."""

    default_code: ClassVar[str] = "data_error"

    def __init__(self, code: str = "", **facts: object) -> None:
        self.code = code or self.default_code
        self.facts = facts
        shown = ", ".join(f"{name}={value!r}" for name, value in facts.items())
        super().__init__(f"{self.code}({shown})" if shown else self.code)


class StoreMissing(DataError):
    """The home holds no store file; facts: home."""

    default_code = "store_missing"


class StoreExists(DataError):
    """The home already holds a store and nothing was changed; facts: home."""

    default_code = "store_exists"


class KeyFileMissing(DataError):
    """The store is there but its key file is not; facts: home."""

    default_code = "key_file_missing"


class WrongPassword(DataError):
    """Nobody of this login opens the store with this password; facts: login.

    Code `recovery_code_mistyped` means that the code's own check character does not fit.
    """

    default_code = "wrong_password"


class StoreDamaged(DataError):
    """Bytes on the disk are not those that were written; facts: file, and pages where known."""

    default_code = "store_damaged"


class NewerVersion(DataError):
    """The store was written by a newer program; facts: found, known (schema revisions)."""

    default_code = "newer_version"


class StoreBusy(DataError):
    """Another writer kept the store longer than the wait allowed; facts: waited_s."""

    default_code = "store_busy"


class KeysChanged(DataError):
    """The store's key was changed elsewhere while it was open here: sign in again; facts: home."""

    default_code = "keys_changed"


class DiskFull(DataError):
    """The disk refused to take more; the transaction is undone; facts: home, free_bytes."""

    default_code = "disk_full"


class Stale(DataError):
    """The record was changed by somebody else since it was read; facts: entity, id."""

    default_code = "stale"


class NotAllowed(DataError):
    """The keys or the file system do not allow this; facts name what was asked."""

    default_code = "not_allowed"
