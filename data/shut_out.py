"""Who left is shut out of the copies too: they keep the slots of the day they were made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path

from data import container, keyfile, keyring
from data.errors import DataError
from data.keyfile import KeyFile
from data.keyring import OpenKeys

ASIDE = "aside-*"


def of_copies(
    home: Path, held: OpenKeys, gone: Collection[str], folders: Iterable[Path]
) -> tuple[Path, ...]:
    """Take the slots of those who are gone out of the store's copies that lie within reach.

    Answers the copies that they can still open: those that the signed-in person has no slot in
    himself, and those that cannot be written. Each file is replaced whole, or left as it was.
    """
    ours = keyfile.load(home).store_id
    still = [path for path in home.glob(ASIDE) if not _of_aside(path, held, gone)]
    for folder in dict.fromkeys(folders):
        for path, header in container.listed(folder):
            if header.store_id == ours and not _of_backup(path, held, gone):
                still.append(path)
    return tuple(still)


def _of_backup(path: Path, held: OpenKeys, gone: Collection[str]) -> bool:
    try:
        keep = partial(container.replace_keys, path)
        return _shut(container.read_keys(path), keep, held, gone)
    except (DataError, OSError):
        return False


def _of_aside(folder: Path, held: OpenKeys, gone: Collection[str]) -> bool:
    try:
        return _shut(keyfile.load(folder), partial(keyfile.save, folder), held, gone)
    except DataError:
        return True  # no key file in it, or one that nobody can read: nobody opens that store


def _shut(
    keys: KeyFile, keep: Callable[[KeyFile], None], held: OpenKeys, gone: Collection[str]
) -> bool:
    """Whether none of those who are gone has a slot there now."""
    if not any(slot.login in gone for slot in keys.slots):
        return True
    without = keyring.without(keys, gone, held)
    if without is not None:
        keep(without)
    return without is not None
