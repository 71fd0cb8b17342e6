"""When a conflict is raised, whatever the clocks say: three real PCs against a short model.

Invariants 5 (nobody's own unconfirmed value goes back), 6 (a change alters only the fields it
names) and 7 (a conflict exactly where two wrote without seeing each other) of the protocol.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from data.base import instant_text
from data.database import Author
from data.records.person import Person
from data.records.sync import Conflict
from sync import client
from tests import chance
from tests.sync.conftest import Running
from tests.sync.parts import Central, Pc, pc

LOGINS = ("minh", "hoa", "lan")
FIELDS = ("phone", "note", "school")
CREATED = dict.fromkeys(FIELDS, "0")
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
TICKS = itertools.count()
"""No two deeds of one hand have the same instant."""


@dataclass(frozen=True, eq=False)
class Write:
    """A value that the server took, and whose PC wrote it."""

    value: str
    by: int


@dataclass
class Model:
    """What must happen to one person. PCs are numbers; clocks do not occur."""

    server: dict[str, Write]
    seen: list[dict[str, Write]]
    waiting: list[list[tuple[str, str, str, Write]]]
    cards: list[tuple[str, str, str, str]] = field(default_factory=list)

    def view(self, who: int, name: str) -> str:
        """What stands at a PC: its own newest unconfirmed value, else what it saw of the server."""
        own = [new for changed, _old, new, _seen in self.waiting[who] if changed == name]
        return own[-1] if own else self.seen[who][name].value

    def edit(self, who: int, name: str, new: str) -> None:
        """Somebody types another value; what an unconfirmed one hides was not seen."""
        old = self.view(who, name)
        hiding = [seen for changed, _old, _new, seen in self.waiting[who] if changed == name]
        if old != new:
            seen = hiding[-1] if hiding else self.seen[who][name]
            self.waiting[who].append((name, old, new, seen))

    def sync(self, who: int, meanwhile: dict[str, str]) -> None:
        """Each change is taken, agrees, or is a conflict; then the PC has seen everything, but
        for what somebody types in between."""
        for name, old, new, seen in self.waiting[who]:
            now = self.server[name]
            if now is seen or now.by == who:
                self.server[name] = Write(new, who)
            elif now.value != new:
                self.cards.append((name, old, now.value, new))
        self.waiting[who] = []
        for name, new in meanwhile.items():
            self.edit(who, name, new)
        self.seen[who] = dict(self.server)


Step = tuple[int, dict[str, str], int, bool]
"""Which PC, the fields that somebody types, how many years its clock is off, and whether that
happens while the PC talks to the server, after what it sent was answered."""
NEW = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from("123"), max_size=2)
ONE = st.tuples(st.integers(0, 2), NEW, st.integers(-10, 10), st.booleans())
STEPS = st.lists(ONE, min_size=4, max_size=12)


TYPED_DURING_A_PULL: list[Step] = [
    (0, {"phone": "1"}, 10, False),
    (0, {}, 0, False),
    (1, {"note": "2"}, -10, False),
    (1, {"phone": "3"}, -10, True),
]


def play(pcs: tuple[Pc, ...], steps: list[Step]) -> None:
    """Do the steps with a fresh person on real PCs and in the model, and compare all the way."""
    person = pcs[0].enter(**CREATED)
    for one in pcs:
        one.sync()
    made = {name: Write("0", 0) for name in FIELDS}
    model = Model(made, [dict(made) for _ in pcs], [[] for _ in pcs])
    drain: list[Step] = [(who, {}, 0, False) for who in (0, 1, 2, 0, 1, 2)]
    for who, values, years, talking in (*steps, *drain):
        hand = (LOGINS[who], years)
        if values and not talking:
            type_in(pcs[who], person, values, hand)
            for name, new in values.items():
                model.edit(who, name, new)
        else:
            sent = {name for name, *_rest in model.waiting[who]}
            fresh = {name: new for name, new in values.items() if sent and name not in sent}
            talk(pcs[who], lambda who=who, f=fresh, h=hand: type_in(pcs[who], person, f, h))
            model.sync(who, fresh)
        stands = {name: pcs[who].see(person, name) for name in FIELDS}
        assert stands == {name: model.view(who, name) for name in FIELDS}
    for one in pcs:
        assert cards(one, person) == sorted(model.cards)


def talk(one: Pc, meanwhile: Callable[[], None]) -> None:
    """A round in which somebody types between the answer to what was sent and what comes in."""
    typed: list[str] = []

    def watch(step: str, _done: int, _total: int) -> None:
        if step == "send" and not typed:
            typed.append(step)
            meanwhile()

    client.run_round(one.db, watch)


def type_in(one: Pc, person: str, values: dict[str, str], hand: tuple[str, int]) -> None:
    """Somebody types at a PC whose clock is some years off."""
    login, years = hand
    clock = NOON + timedelta(days=365 * years, milliseconds=next(TICKS))
    with one.db.write(Author(login)) as session:
        session.info["at"] = instant_text(clock)
        record = session.get_one(Person, person)
        for name, new in values.items():
            setattr(record, name, new)


def cards(one: Pc, person: str) -> list[tuple[Any, ...]]:
    """(field, base, theirs, mine) of the person's conflicts at a PC."""
    with one.db.read() as session:
        found = session.scalars(select(Conflict).where(Conflict.row_id == person))
        sides = [(c.field, c.base, c.theirs, c.mine) for c in found]
    return sorted((name, *((side or "").strip('"') for side in rest)) for name, *rest in sides)


@contextmanager
def three(folder: Path, server: Central) -> Iterator[tuple[Pc, ...]]:
    """Three PCs of one office."""
    with ExitStack() as stack:
        made = tuple(stack.enter_context(pc(folder / name)) for name in "abc")
        for one in made:
            one.enrol(server)
        for one in made:
            one.sync()
        yield made


lawful = settings(
    max_examples=60 if chance.SOAK else 6,
    deadline=None,
    derandomize=not chance.SOAK,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    database=None,
)


def test_a_conflict_is_raised_exactly_where_two_wrote_without_seeing_each_other(
    tmp_path: Path, running: Running
) -> None:
    server = replace(running.get("sqlite"), office="Phòng của luật xung đột")
    with three(tmp_path, server) as pcs:

        @lawful
        @example(TYPED_DURING_A_PULL)
        @given(STEPS)
        def holds(steps: list[Step]) -> None:
            play(pcs, steps)

        holds()
