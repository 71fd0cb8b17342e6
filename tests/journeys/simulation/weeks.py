"""A state machine that plays weeks of an office: anything may happen next, under the law."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.journeys.simulation.law import FREE, Watch
from tests.journeys.simulation.line import FAULTS, Fault
from tests.journeys.simulation.rest import all_ended_well, come_to_rest
from tests.journeys.simulation.world import Desk, World

LOGINS = ("minh", "hoa", "lan")
NAME = "Nguyễn Thị Hường"
ODD = (
    {"note": "xe lăn 🦽 và 𝔄"},
    {"note": "a\x00b"},
    {"name": unicodedata.normalize("NFD", NAME)},
    {"name": unicodedata.normalize("NFC", NAME), "note": " "},
)
MEGABYTE = {"note": "Đau khớp gối. " * 75_000}
WHO, SOME = st.integers(0, 3), st.integers(0, 7)
VALUES = st.dictionaries(
    st.sampled_from((*FREE, "name")), st.sampled_from("123"), min_size=1, max_size=2
)
YEARS = st.sampled_from((0, 0, 10, -10))
SHARE = st.sampled_from((0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99))
FAULT = st.builds(Fault, st.sampled_from(FAULTS), st.integers(0, 3), st.booleans(), SHARE)
CALM = Fault()


class Weeks(RuleBasedStateMachine):
    """Anything may happen next."""

    template: Path
    patch: pytest.MonkeyPatch
    stride = 1
    """How many statements lie between two at which a story lets something happen."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="weeks-"))
        self.world = World(self.template, self.folder, self.patch)
        self.watch = Watch(self.world)
        first = self.world.desks[0]
        self.world.enter(first, {"name": NAME}, ("minh", 0))
        for desk in self.world.desks[:2]:
            self.world.talk(desk, CALM)

    def at(self, who: int) -> Desk:
        """One of the PCs; the first two are of one office and meet most."""
        return self.world.desks[who % len(self.world.desks)]

    @rule(who=WHO, some=SOME, values=VALUES, years=YEARS)
    def somebody_types(self, who: int, some: int, values: dict[str, str], years: int) -> None:
        desk = self.at(who)
        people = self.world.people(desk)
        if people:
            hand = (LOGINS[who % 3], years)
            self.world.type_in(desk, people[some % len(people)], values, hand)

    @rule(first=VALUES, second=VALUES, years=YEARS, some=SOME)
    def two_type_at_once(
        self, first: dict[str, str], second: dict[str, str], years: int, some: int
    ) -> None:
        self.somebody_types(0, some, first, years)
        self.somebody_types(1, some, second, -years)

    @rule(who=WHO, values=VALUES, odd=st.sampled_from(ODD), years=YEARS)
    def somebody_enters_a_person(
        self, who: int, values: dict[str, str], odd: dict[str, str], years: int
    ) -> None:
        hand = (LOGINS[who % 3], years)
        self.world.enter(self.at(who), {"name": NAME} | values | odd, hand)

    @rule(who=WHO, some=SOME, gone=st.booleans())
    def a_record_is_removed_or_brought_back(self, who: int, some: int, gone: bool) -> None:
        desk = self.at(who)
        people = self.world.people(desk)
        if people:
            day = "2026-11-23T00:00:00.000Z" if gone else None
            values = {"deleted_at": day, "deleted_reason": "nhập trùng" if gone else None}
            self.world.type_in(desk, people[some % len(people)], values, ("hoa", 0))

    @rule(who=WHO)
    def a_round(self, who: int) -> None:
        self.world.talk(self.at(who), CALM)

    @rule(who=WHO, fault=FAULT)
    def a_bad_round(self, who: int, fault: Fault) -> None:
        self.world.talk(self.at(who), fault)

    @rule(who=WHO, values=VALUES, some=SOME)
    def somebody_types_during_a_round(self, who: int, values: dict[str, str], some: int) -> None:
        self.world.talk(self.at(who), CALM, lambda: self.somebody_types(who, some, values, 0))

    @rule(who=WHO, statements=st.integers(0, 60), fault=st.one_of(st.just(CALM), FAULT))
    def the_power_goes(self, who: int, statements: int, fault: Fault) -> None:
        self.world.dark(self.at(who), statements, fault)

    @rule(who=WHO, pages=st.integers(0, 3))
    def the_disk_is_full(self, who: int, pages: int) -> None:
        self.world.disk_full(self.at(who), pages)

    @rule(who=WHO, years=st.sampled_from((-10, 10)))
    def the_clock_is_wrong(self, who: int, years: int) -> None:
        assert self.world.wrong_clock(self.at(who), years)

    @rule(who=WHO, fault=FAULT)
    def the_command_line_does_a_round(self, who: int, fault: Fault) -> None:
        self.world.second_program(self.at(who), fault)

    @rule(number=st.integers(0, 20))
    def a_proxy_delivers_again(self, number: int) -> None:
        self.world.line.deliver_again(number)

    @rule(who=WHO)
    def a_stick_is_written(self, who: int) -> None:
        self.world.write_stick(self.at(who))

    @rule(who=st.integers(0, 4))
    def a_stick_is_read(self, who: int) -> None:
        self.world.read_stick(self.at(who) if who < 4 else None)

    @rule(who=WHO)
    def a_store_is_copied(self, who: int) -> None:
        self.world.copy(self.at(who))

    @rule(who=WHO, number=SOME)
    def a_store_is_put_back(self, who: int, number: int) -> None:
        if self.at(who).copies:
            self.world.put_back(self.at(who), number)

    @precondition(lambda self: not self.world.twins)
    @rule(who=st.integers(0, 1))
    def a_disk_is_cloned(self, who: int) -> None:
        self.world.clone(self.at(who))

    @rule(who=WHO)
    def a_pc_is_shut_out(self, who: int) -> None:
        self.world.revoke(self.at(who))

    @precondition(lambda self: len(self.world.backups) < 2)
    @rule()
    def the_keeper_makes_a_backup(self) -> None:
        self.world.back_up()

    @precondition(lambda self: self.world.backups and not self.world.model.restored)
    @rule(number=SOME)
    def the_server_is_put_back(self, number: int) -> None:
        self.world.restore(number)
        self.watch.forget()

    def check_invariants(self, *facts: Any, **more: Any) -> None:
        """After every step."""
        super().check_invariants(*facts, **more)
        self.watch.look()

    def teardown(self) -> None:
        """The faults are over."""
        try:
            if sys.exc_info()[0] is None:
                come_to_rest(self.watch)
                all_ended_well(self.watch)
        finally:
            self.world.close()
            shutil.rmtree(self.folder)
