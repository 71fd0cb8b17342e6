"""Who can open the store: several people, the printed code, and those who left."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from data import database, keyfile, keyring, recovery
from data.database import Database
from data.errors import NotAllowed, StoreDamaged, WrongPassword
from data.keyring import NewUser
from data.sealing import Cost, RestrictedBox, new_key
from tests.cost import STANDARD
from tests.data import stores

SECRET = "bị bạo lực tại nhà"
HOA, MINH = "Của-Hoà-2026", "minh-456"


def opens(home: Path, login: str, password: str) -> Database:
    """Open and keep open."""
    return database.open_store(home, login, password)


def three_people(home: Path) -> tuple[Database, str]:
    """Lan (admin, restricted), Hoà (restricted), Minh (not)."""
    db, code = stores.make(home)
    keyring.add_slot(db, "hoa", HOA, restricted=True)
    keyring.add_slot(db, "minh", MINH)
    return db, code


# ---------------------------------------------------------------- slots


def test_several_people_open_one_store_each_with_their_own_password(home: Path) -> None:
    db, _ = three_people(home)
    db.close()
    assert keyring.logins(home) == ("hoa", "lan", "minh")
    for login, password in (("lan", stores.LAN.password), ("hoa", HOA), ("minh", MINH)):
        opened = opens(home, login, password)
        assert opened.keys.login == login
        assert (opened.keys.restricted is None) == (login == "minh")
        opened.close()
    with pytest.raises(WrongPassword):
        opens(home, "hoa", MINH)


def test_no_key_or_password_stands_in_the_key_file_or_in_what_is_printed(home: Path) -> None:
    db, code = three_people(home)
    assert db.keys.restricted is not None
    secrets = [db.keys.file_key, db.keys.private, *db.keys.restricted.keys]
    shown = (home / "store.keys").read_text() + repr(db.keys) + repr(stores.LAN)
    for secret in secrets:
        assert secret.hex() not in shown
        assert repr(secret)[2:-1] not in shown
    for word in (stores.LAN.password, HOA, MINH, code, recovery.normal(code)):
        assert word not in shown


def test_a_changed_password_opens_and_the_old_one_does_not(home: Path) -> None:
    db, _ = three_people(home)
    with pytest.raises(WrongPassword):
        keyring.change_password(db, "nhầm", "x")
    keyring.change_password(db, stores.LAN.password, "Mới-2026")
    db.close()
    with pytest.raises(WrongPassword):
        opens(home, "lan", stores.LAN.password)
    opens(home, "lan", "Mới-2026").close()
    opens(home, "hoa", HOA).close()


def test_an_admin_resets_a_forgotten_password_without_knowing_it(home: Path) -> None:
    db, _ = three_people(home)
    keyring.reset_slot(db, "minh", "tam-thoi", restricted=True)
    db.close()
    with pytest.raises(WrongPassword):
        opens(home, "minh", MINH)
    assert opens(home, "minh", "tam-thoi").keys.restricted is not None


def test_the_restricted_key_is_granted_and_withdrawn_without_a_password(home: Path) -> None:
    db, _ = three_people(home)
    assert db.keys.restricted is not None
    sealed = db.keys.restricted.seal(SECRET)
    keyring.set_restricted(db, "minh", True)
    minh = db.signed_in("minh", MINH)
    assert minh.keys.restricted is not None
    assert minh.keys.restricted.open(sealed) == SECRET
    keyring.set_restricted(db, "minh", False)
    assert db.signed_in("minh", MINH).keys.restricted is None
    for login in ("tuan", "*recovery"):
        with pytest.raises(NotAllowed, match="slot_missing"):
            keyring.set_restricted(db, login, False)
    keyring.set_restricted(db, "hoa", False)
    with pytest.raises(NotAllowed, match="restricted_not_held"):
        keyring.set_restricted(db.signed_in("hoa", HOA), "minh", True)


def test_slots_are_not_given_twice_or_by_who_does_not_hold_them(home: Path) -> None:
    db, _ = three_people(home)
    with pytest.raises(NotAllowed, match="slot_exists"):
        keyring.add_slot(db, "hoa", "x")
    with pytest.raises(NotAllowed, match="slot_missing"):
        keyring.reset_slot(db, "tuan", "x")
    with pytest.raises(NotAllowed, match="login_empty"):
        keyring.add_slot(db, " ", "x")
    with pytest.raises(NotAllowed, match="login_empty"):
        keyring.add_slot(db, keyfile.RECOVERY_LOGIN, "x")
    minh = db.signed_in("minh", MINH)
    with pytest.raises(NotAllowed, match="restricted_not_held"):
        keyring.add_slot(minh, "tuan", "x", restricted=True)


def test_a_slot_smuggled_into_the_key_file_is_noticed(home: Path) -> None:
    db, _ = three_people(home)
    db.close()
    keys = keyfile.load(home)
    stranger, _ = keyring.begin("x", NewUser("la", "la"), False, Cost.quick)
    forged = keys.with_slot(replace(stranger.slots[0], login="la"))
    keyfile.save(home, forged)
    with pytest.raises(StoreDamaged):
        opens(home, "lan", stores.LAN.password)


def test_the_standard_cost_is_worth_something() -> None:
    began = time.perf_counter()
    keyring.begin("x", stores.LAN, True, STANDARD)
    assert time.perf_counter() - began > 0.1
    assert STANDARD.memory_kib >= 64 * 1024


# ---------------------------------------------------------------- the printed code


def test_the_recovery_code_opens_however_it_is_typed(home: Path) -> None:
    db, code = three_people(home)
    db.close()
    sloppy = (code, code.lower(), code.replace("-", " "), " " + code.replace("0", "o") + " ")
    for typed in (*sloppy, code.replace("1", "I"), code.replace("1", "l").replace("-", "")):
        opened = database.open_with_recovery(home, typed)
        assert opened.keys.restricted is not None
        opened.close()
    with pytest.raises(WrongPassword) as caught:
        database.open_with_recovery(home, recovery.new_code())
    assert caught.value.code == "wrong_password"


def test_any_slip_in_the_code_is_called_a_slip() -> None:
    for _ in range(30):
        code = recovery.new_code()
        plain = recovery.normal(code)
        assert [len(group) for group in code.split("-")] == [5] * 6
        for place in range(30):
            for other in recovery.ALPHABET:
                if other != plain[place]:
                    slip = plain[:place] + other + plain[place + 1 :]
                    with pytest.raises(WrongPassword, match="recovery_code_mistyped"):
                        recovery.normal(slip)
        for place in range(29):
            swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
            if swapped != plain:
                with pytest.raises(WrongPassword, match="recovery_code_mistyped"):
                    recovery.normal(swapped)
    for short in ("", "ABC", plain + "0", "Ữ" * 30):
        with pytest.raises(WrongPassword, match="recovery_code_mistyped"):
            recovery.normal(short)


def test_a_new_recovery_code_ends_the_old_one(home: Path) -> None:
    db, old = three_people(home)
    new = keyring.new_recovery_code(db)
    db.close()
    with pytest.raises(WrongPassword):
        database.open_with_recovery(home, old)
    recovered = database.open_with_recovery(home, new)
    keyring.reset_slot(recovered, "lan", "da-quen", restricted=True)
    recovered.close()
    opens(home, "lan", "da-quen").close()


# ---------------------------------------------------------------- restricted fields


def test_restricted_text_opens_only_with_its_key() -> None:
    box = RestrictedBox((new_key(),))
    sealed = box.seal(SECRET)
    assert sealed.startswith("enc1:")
    assert sealed.isascii()
    assert box.open(sealed) == SECRET
    assert box.seal(SECRET) != sealed
    with pytest.raises(NotAllowed, match="restricted_key_unknown"):
        RestrictedBox((new_key(),)).open(sealed)
    with pytest.raises(StoreDamaged):
        box.open(sealed[:-4] + "AAAA")
    for wrong in ("không mã hóa", "enc1:ừ", "enc1:a"):
        with pytest.raises((StoreDamaged, NotAllowed)):
            box.open(wrong)


def test_what_merely_looks_sealed_survives_a_change_of_keys() -> None:
    box = RestrictedBox((new_key(),))
    newer = RestrictedBox((new_key(), *box.keys))
    mixed = f'{{"a":["{box.seal("một")}","{box.seal("hai")}"],"b":"enc1:gõ tay","c":"enc1:AAAA"}}'
    after = newer.resealer()(mixed)
    one, two = json.loads(after)["a"]
    alone = RestrictedBox(newer.keys[:1])
    assert (alone.open(one), alone.open(two)) == ("một", "hai")
    assert json.loads(after)["b"] == "enc1:gõ tay"
    assert json.loads(after)["c"] == "enc1:AAAA"
    assert newer.resealer()(after) == after
