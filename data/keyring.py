"""Who can open the store: slots of people who share one PC, and the printed recovery code."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from data import keyfile, recovery, sealing
from data.errors import KeysChanged, NotAllowed, StoreDamaged, WrongPassword
from data.keyfile import RECOVERY_LOGIN, Grant, KeyFile, Slot
from data.sealing import Cost, RestrictedBox


@dataclass(frozen=True)
class NewUser:
    """The first person of a store."""

    login: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class OpenKeys:
    """What a person holds after signing in; kept in memory only.

    `private` opens what is sealed to the person's slot, so that a rotation made elsewhere can be
    followed without the password. `next_file_key` is there while a rotation is on its way: the
    store may already lie under it.
    """

    login: str
    file_key: bytes = field(repr=False)
    restricted: RestrictedBox | None = field(repr=False)
    private: bytes = field(repr=False)
    generation: int = 1
    next_file_key: bytes | None = field(default=None, repr=False)


class Holder(Protocol):
    """An open store as the keyring needs it: where it lies, its keys, and a moment alone."""

    @property
    def home(self) -> Path: ...

    @property
    def keys(self) -> OpenKeys: ...

    def alone(self) -> AbstractContextManager[object]: ...


def begin(store_id: str, first: NewUser, restricted: bool, cost: Cost) -> tuple[KeyFile, str]:
    """Fresh keys for a new store: (key file with the first slot and recovery slot, its code)."""
    file_key, restricted_key = sealing.new_key(), sealing.new_key()
    code = recovery.new_code()
    given = restricted_key if restricted else None
    slots = (
        _new_slot(first, cost, file_key, given),
        _new_slot(NewUser(RECOVERY_LOGIN, recovery.normal(code)), cost, file_key, restricted_key),
    )
    return KeyFile(store_id, 1, cost, slots).marked(file_key), code


def logins(home: Path) -> tuple[str, ...]:
    """Who has a slot on this PC, in alphabetical order. Raises KeyFileMissing, StoreDamaged."""
    slots = keyfile.load(home).slots
    return tuple(sorted(slot.login for slot in slots if slot.login != RECOVERY_LOGIN))


def unlock(home: Path, login: str, password: str) -> OpenKeys:
    """The keys behind a password; takes as long as the slot's cost says.

    Raises KeyFileMissing, StoreDamaged, WrongPassword (also for a login without a slot).
    """
    keys = keyfile.load(home)
    if login == RECOVERY_LOGIN:
        raise WrongPassword(login=login)
    return open_slot(keys, login, password)


def unlock_with_recovery(home: Path, code: str) -> OpenKeys:
    """The keys behind the printed code, typed with or without hyphens, O for 0 and I for 1.

    Raises WrongPassword: `recovery_code_mistyped` when the check character does not fit.
    """
    return open_recovery(keyfile.load(home), code)


def open_recovery(keys: KeyFile, code: str) -> OpenKeys:
    """The keys that the printed code opens in a key file. Raises WrongPassword, StoreDamaged."""
    return open_slot(keys, RECOVERY_LOGIN, recovery.normal(code))


def open_slot(keys: KeyFile, login: str, secret: str) -> OpenKeys:
    """The keys that one slot of a key file opens. Raises WrongPassword, StoreDamaged."""
    slot = keys.slot(login)
    if slot is None:
        raise WrongPassword(login=login)
    private = _private(slot, secret)
    if private is None:
        raise WrongPassword(login=login)
    return _keys_of(keys, slot, private)


def followed(home: Path, held: OpenKeys) -> OpenKeys:
    """The keys of the signed-in person after a rotation that somebody else made.

    Raises KeysChanged when the person has no slot any more or it was given a new password.
    """
    keys = keyfile.load(home)
    slot = keys.slot(held.login)
    if slot is None or sealing.open_sealed(held.private, slot.grant.file_key) is None:
        raise KeysChanged(home=str(home), login=held.login)
    return _keys_of(keys, slot, held.private)


def _keys_of(keys: KeyFile, slot: Slot, private: bytes) -> OpenKeys:
    file_key, restricted = _opened(private, slot.grant)
    if not keys.is_marked_by(file_key):
        raise StoreDamaged(file=keyfile.FILE_NAME)
    later = _opened(private, slot.next_grant) if slot.next_grant else (None, None)
    boxes = tuple(dict.fromkeys(key for key in (later[1], restricted) if key is not None))
    return OpenKeys(
        login=slot.login,
        file_key=file_key,
        restricted=RestrictedBox(boxes) if boxes else None,
        private=private,
        generation=keys.generation,
        next_file_key=later[0],
    )


def without(keys: KeyFile, gone: Collection[str], held: OpenKeys) -> KeyFile | None:
    """A key file of another day without the slots of these people.

    None when the signed-in person opens nothing in it: then nobody could mark it as unchanged.
    """
    slot = keys.slot(held.login)
    if slot is None or sealing.open_sealed(held.private, slot.grant.file_key) is None:
        return None
    then = _keys_of(keys, slot, held.private)
    staying = tuple(one for one in keys.slots if one.login not in gone)
    return replace(keys, slots=staying).marked(then.file_key)


def add_slot(holder: Holder, login: str, password: str, restricted: bool = False) -> None:
    """Let one more person open the store on this PC.

    Raises NotAllowed: `slot_exists`, `login_empty`, or `restricted_not_held` when the giver does
    not hold the restricted key himself.
    """
    _put_slot(holder, NewUser(login, password), restricted, exists=False)


def reset_slot(holder: Holder, login: str, password: str, restricted: bool = False) -> None:
    """Give a person who forgot the password a new one; nobody's old password is needed.

    Raises NotAllowed: `slot_missing`, `restricted_not_held`.
    """
    _put_slot(holder, NewUser(login, password), restricted, exists=True)


def set_restricted(holder: Holder, login: str, granted: bool) -> None:
    """Grant or withdraw the restricted key; the person keeps the password.

    Who had it may have kept a copy: a rotation is what ends that. Raises NotAllowed:
    `slot_missing`, `restricted_not_held`, `own_slot` (nobody withdraws his own).
    """
    box = holder.keys.restricted
    if box is None:
        raise NotAllowed("restricted_not_held", login=holder.keys.login)
    if login == holder.keys.login and not granted:
        raise NotAllowed("own_slot", login=login)
    with holder.alone():
        keys = keyfile.load(holder.home)
        slot = keys.slot(login)
        if slot is None or login == RECOVERY_LOGIN:
            raise NotAllowed("slot_missing", login=login)
        sealed = sealing.seal_to(slot.public, box.keys[0]) if granted else None
        _save(holder, keys, replace(slot, grant=replace(slot.grant, restricted=sealed)))


def seal_under(holder: Holder, key: bytes) -> None:
    """Everybody here who was granted the restricted key gets this one in its place.

    It is sealed to each slot's public half; nobody's password is needed. The former one must be
    on the ring already. Other programs follow the key file. Raises NotAllowed `keys_rotating`.
    """
    with holder.alone():
        keys = keyfile.load(holder.home)
        _refuse_changed(holder, keys)
        slots = tuple(_sealing_under(slot, key) for slot in keys.slots)
        keyfile.save(holder.home, replace(keys, slots=slots).marked(holder.keys.file_key))


def change_password(holder: Holder, old: str, new: str) -> None:
    """Rewrap the signed-in person's own slot. Raises WrongPassword when `old` is not theirs."""
    login = holder.keys.login
    with holder.alone():
        keys = keyfile.load(holder.home)
        slot = keys.slot(login)
        private = None if slot is None else _private(slot, old)
        if slot is None or private is None:
            raise WrongPassword(login=login)
        salt = sealing.new_salt()
        wrapped = sealing.wrap(sealing.derive(new, salt, keys.cost), private)
        _save(holder, keys, replace(slot, salt=salt, cost=keys.cost, private=wrapped))


def new_recovery_code(holder: Holder) -> str:
    """Print-once code in place of the old one, which opens nothing any more.

    Raises NotAllowed (`restricted_not_held`): the code must open everything.
    """
    code = recovery.new_code()
    person = NewUser(RECOVERY_LOGIN, recovery.normal(code))
    _put_slot(holder, person, restricted=True, exists=True)
    return code


def _put_slot(holder: Holder, person: NewUser, restricted: bool, exists: bool) -> None:
    if not person.login.strip() or (person.login == RECOVERY_LOGIN and not exists):
        raise NotAllowed("login_empty")
    held = holder.keys
    if restricted and held.restricted is None:
        raise NotAllowed("restricted_not_held", login=held.login)
    with holder.alone():
        keys = keyfile.load(holder.home)
        if (keys.slot(person.login) is not None) != exists:
            raise NotAllowed("slot_missing" if exists else "slot_exists", login=person.login)
        given = held.restricted.keys[0] if restricted and held.restricted else None
        _save(holder, keys, _new_slot(person, keys.cost, held.file_key, given))


def _save(holder: Holder, keys: KeyFile, slot: Slot) -> None:
    _refuse_changed(holder, keys)
    keyfile.save(holder.home, keys.with_slot(slot).marked(holder.keys.file_key))


def _sealing_under(slot: Slot, key: bytes) -> Slot:
    if slot.grant.restricted is None:
        return slot
    return replace(slot, grant=replace(slot.grant, restricted=sealing.seal_to(slot.public, key)))


def _refuse_changed(holder: Holder, keys: KeyFile) -> None:
    if keys.rotating or keys.generation != holder.keys.generation:
        raise NotAllowed("keys_rotating", home=str(holder.home))
    if not keys.is_marked_by(holder.keys.file_key):
        raise StoreDamaged(file=keyfile.FILE_NAME)


def _new_slot(person: NewUser, cost: Cost, file_key: bytes, restricted: bytes | None) -> Slot:
    private, public = sealing.new_pair()
    salt = sealing.new_salt()
    wrapped = sealing.wrap(sealing.derive(person.password, salt, cost), private)
    return Slot(person.login, salt, cost, public, wrapped, grant_to(public, file_key, restricted))


def grant_to(public: bytes, file_key: bytes, restricted: bytes | None) -> Grant:
    """Both keys sealed to a slot's public key; no password is needed for it."""
    sealed = None if restricted is None else sealing.seal_to(public, restricted)
    return Grant(sealing.seal_to(public, file_key), sealed)


def _private(slot: Slot, secret: str) -> bytes | None:
    return sealing.unwrap(sealing.derive(secret, slot.salt, slot.cost), slot.private)


def _opened(private: bytes, grant: Grant) -> tuple[bytes, bytes | None]:
    file_key = sealing.open_sealed(private, grant.file_key)
    restricted = grant.restricted and sealing.open_sealed(private, grant.restricted)
    if file_key is None or (grant.restricted is not None and restricted is None):
        raise StoreDamaged(file=keyfile.FILE_NAME)
    return file_key, restricted
