"""A state machine in which offices hand persons to one another, on bad lines and with new PCs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.journeys.simulation.line import FAULTS, Fault
from tests.journeys.simulation.moves_law import MovesWatch
from tests.journeys.simulation.moves_world import CALM, MovesWorld
from tests.journeys.simulation.world import Desk

WHO, SOME = st.integers(0, 4), st.integers(0, 5)
FREE = st.sampled_from(("phone", "note", "hamlet", "school"))
YEARS = st.sampled_from((0, 0, 10, -10))
SHARE = st.sampled_from((0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99))
FAULT = st.builds(Fault, st.sampled_from(FAULTS), st.integers(0, 9), st.booleans(), SHARE)
LINES = st.lists(st.one_of(st.just(CALM), FAULT), max_size=4)
KILOBYTES = st.sampled_from((3, 20))
NEW_PCS_MAX, PEOPLE_MAX = 2, 6


class Moves(RuleBasedStateMachine):
    """Anything may happen next."""

    template: Path
    patch: pytest.MonkeyPatch

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="moves-"))
        self.world = MovesWorld(self.template, self.folder, self.patch)
        self.watch = MovesWatch(self.world)
        self.world.new_person(self.at(0), 0)
        self.a_photo_is_taken(0, 0, 20)
        for who in (0, 1):
            self.a_round(who)
        self.watch.look()

    def at(self, who: int) -> Desk:
        """One of the PCs; the first two are of one office."""
        return self.world.desks[who % len(self.world.desks)]

    def one(self, who: int, some: int) -> str:
        """A person whom a PC knows, "" when it knows nobody."""
        people = self.world.people(self.at(who))
        return people[some % len(people)] if people else ""

    # ---------------------------------------------------------------- work

    @precondition(lambda self: len(self.world.model.everybody) < PEOPLE_MAX)
    @rule(who=WHO, years=YEARS)
    def somebody_enters_a_person(self, who: int, years: int) -> None:
        self.world.new_person(self.at(who), years)

    @rule(who=WHO, some=SOME, name=FREE, years=YEARS)
    def somebody_types(self, who: int, some: int, name: str, years: int) -> None:
        if person := self.one(who, some):
            self.world.change(self.at(who), person, name, years)

    @rule(who=WHO, some=SOME, years=YEARS)
    def a_need_is_added(self, who: int, some: int, years: int) -> None:
        if person := self.one(who, some):
            self.world.add_need(self.at(who), person, years)

    @rule(who=WHO, some=SOME, size=KILOBYTES)
    def a_photo_is_taken(self, who: int, some: int, size: int) -> None:
        if person := self.one(who, some):
            self.world.take_photo(self.at(who), person, size)

    @rule(who=WHO, some=SOME)
    def a_record_is_removed(self, who: int, some: int) -> None:
        if (person := self.one(who, some)) and len(self.world.people(self.at(who))) > 1:
            self.world.remove(self.at(who), person)

    # ---------------------------------------------------------------- between offices

    @rule(who=WHO, some=SOME, to=WHO, lines=LINES)
    def she_is_handed_over(self, who: int, some: int, to: int, lines: list[Fault]) -> None:
        person = self.one(who, some)
        if person and self.at(who).office != self.at(to).office:
            self.world.hand_over(self.at(who), person, self.at(to), lines)

    @rule(who=WHO, some=SOME, to=WHO)
    def somebody_asks_that_she_is_handed_over(self, who: int, some: int, to: int) -> None:
        if person := self.one(who, some):
            self.world.ask(self.at(who), person, self.at(to))

    @rule(who=WHO, agrees=st.booleans())
    def somebody_decides(self, who: int, agrees: bool) -> None:
        self.world.decide(self.at(who), agrees)

    @rule(who=WHO, takes=st.booleans())
    def late_edits_are_decided(self, who: int, takes: bool) -> None:
        self.world.decide_late_edits(self.at(who), takes)

    @rule(who=WHO, other=WHO, may=st.booleans())
    def the_keeper_lets_a_pc_read(self, who: int, other: int, may: bool) -> None:
        self.world.let_read(self.at(who), self.at(other), may)

    # ---------------------------------------------------------------- lines and PCs

    @rule(who=WHO)
    def a_round(self, who: int) -> None:
        self.world.talk(self.at(who), CALM)

    @rule(who=WHO, fault=FAULT)
    def a_bad_round(self, who: int, fault: Fault) -> None:
        self.world.talk(self.at(who), fault)

    @rule(who=WHO, statements=st.integers(0, 150), fault=st.one_of(st.just(CALM), FAULT))
    def the_power_goes(self, who: int, statements: int, fault: Fault) -> None:
        self.world.dark(self.at(who), statements, fault)

    @rule(who=WHO, some=SOME, name=FREE)
    def somebody_types_during_a_round(self, who: int, some: int, name: str) -> None:
        self.world.talk(self.at(who), CALM, lambda: self.somebody_types(who, some, name, 0))

    @rule(number=st.integers(0, 20))
    def a_proxy_delivers_again(self, number: int) -> None:
        self.world.line.deliver_again(number)

    @rule(who=WHO)
    def a_stick_is_written(self, who: int) -> None:
        self.world.write_stick(self.at(who))

    @rule(who=st.integers(0, 5))
    def a_stick_is_read(self, who: int) -> None:
        self.world.read_stick(self.at(who) if who < 5 else None)

    @rule(who=WHO)
    def a_store_is_copied(self, who: int) -> None:
        self.world.copy(self.at(who))

    @rule(who=WHO, number=SOME)
    def a_store_is_put_back(self, who: int, number: int) -> None:
        if self.at(who).copies:
            self.world.put_back(self.at(who), number)

    @precondition(lambda self: len(self.world.desks) < len(self.world.offices) + NEW_PCS_MAX)
    @rule(who=WHO, lines=LINES)
    def a_new_pc_comes(self, who: int, lines: list[Fault]) -> None:
        made = self.world.new_pc(self.at(who))
        for fault in lines:
            self.world.talk(made, fault)

    def check_invariants(self, *facts: Any, **more: Any) -> None:
        """After every step."""
        super().check_invariants(*facts, **more)
        self.watch.look()

    def teardown(self) -> None:
        """The faults are over."""
        try:
            if sys.exc_info()[0] is None:
                self.watch.ended_well()
        finally:
            self.world.close()
            shutil.rmtree(self.folder)
