"""Any order of joining, forgetting, leaving and crashing: who opens the store is who should."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from data import database, keyring, rotation
from data.database import Database
from data.errors import WrongPassword
from data.keyring import NewUser
from data.sealing import Cost
from tests.chance import SOAK
from tests.data import stores

LOGINS = st.sampled_from(("hoa", "minh", "tuấn"))
PASSWORDS = st.sampled_from(("một", "hai", "ba ba ba"))
EXAMPLES = 150 if SOAK else 5


class Office(RuleBasedStateMachine):
    """A store and what we believe about it: password and restricted right of each login."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="keys-"))
        self.home = self.folder / "home"
        self.people: dict[str, tuple[str, bool]] = {}
        self.names: list[str] = []
        self.generation = 1

    @initialize()
    def begin(self) -> None:
        """Lan sets up the office."""
        self.db, self.code = database.create(self.home, NewUser("lan", "lan"), True, Cost.quick)
        self.people["lan"] = ("lan", True)
        assert self.db.keys.restricted is not None
        self.sealed = stores.add_person(self.db, "Kín", violence_note=self._seal("kín"))
        self.names = ["Kín"]

    def _seal(self, text: str) -> str:
        assert self.db.keys.restricted is not None
        return self.db.keys.restricted.seal(text)

    @rule(login=LOGINS, password=PASSWORDS, restricted=st.booleans())
    def give(self, login: str, password: str, restricted: bool) -> None:
        """Somebody joins, or forgot the password."""
        give = keyring.reset_slot if login in self.people else keyring.add_slot
        give(self.db, login, password, restricted)
        self.people[login] = (password, restricted)

    @rule(new=PASSWORDS)
    def change_own(self, new: str) -> None:
        """Lan changes her password."""
        keyring.change_password(self.db, self.people["lan"][0], new)
        self.people["lan"] = (new, True)

    @rule(login=LOGINS, granted=st.booleans())
    def grant(self, login: str, granted: bool) -> None:
        """The restricted key is granted or withdrawn."""
        if login in self.people:
            keyring.set_restricted(self.db, login, granted)
            self.people[login] = (self.people[login][0], granted)

    @rule()
    def new_code(self) -> None:
        """A new recovery code is printed."""
        self.code = keyring.new_recovery_code(self.db)

    @rule(login=LOGINS)
    def leave(self, login: str) -> None:
        """Somebody leaves."""
        if login in self.people:
            self.db.rotate(login)
            self._left(login)

    @rule(login=LOGINS)
    def leave_and_crash(self, login: str) -> None:
        """Somebody leaves and the power goes after the first step; the store is opened again."""
        if login in self.people:
            rotation.begin(self.home, self.db.keys, login)
            self.db.close()
            self._left(login)
            self.db = self._open("lan")

    def _left(self, login: str) -> None:
        del self.people[login]
        self.generation += 1

    @rule()
    def reopen(self) -> None:
        """The PC is switched off and on."""
        self.db.close()
        self.db = self._open("lan")

    @rule()
    def recover(self) -> None:
        """The printed code opens everything."""
        self.db.close()
        recovered = database.open_with_recovery(self.home, self.code)
        assert recovered.keys.restricted is not None
        recovered.close()
        self.db = self._open("lan")

    @rule(login=LOGINS)
    def type_a_person(self, login: str) -> None:
        """Whoever is here writes through the open store."""
        if login in self.people:
            view = self.db.signed_in(login, self.people[login][0])
            stores.add_person(view, f"Người {len(self.names)}", login)
            self.names.append(f"Người {len(self.names)}")

    def _open(self, login: str) -> Database:
        return database.open_store(self.home, login, self.people[login][0])

    @precondition(lambda self: self.people)
    @invariant()
    def who_opens_is_who_should(self) -> None:
        """Passwords, restricted rights, people and the sealed note are as believed."""
        assert keyring.logins(self.home) == tuple(sorted(self.people))
        for login in ("lan", "hoa", "minh", "tuấn"):
            if login not in self.people:
                with pytest.raises(WrongPassword):
                    keyring.unlock(self.home, login, "một")
                continue
            password, restricted = self.people[login]
            keys = keyring.unlock(self.home, login, password)
            assert (keys.restricted is not None) == restricted
            assert keys.generation == self.generation
        assert stores.names(self.db) == sorted(self.names)
        with self.db.read() as session:
            note = session.connection().exec_driver_sql(
                "SELECT violence_note FROM person WHERE id = ?", (self.sealed,)
            )
            sealed = note.scalar_one()
        assert self.db.keys.restricted is not None
        assert self.db.keys.restricted.open(sealed) == "kín"

    def teardown(self) -> None:
        """Leave no folder behind."""
        if self.people:
            self.db.close()
        shutil.rmtree(self.folder, ignore_errors=True)


TestOffice = pytest.mark.soak(Office.TestCase)
TestOffice.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
