"""Offices work for weeks in minutes: every fault of lines, PCs and servers, in any order.

A Hypothesis state machine plays with real encrypted stores and the server's real routes on both
of its databases; after every step and at the end the law (simulation/law.py, rest.py) must hold.
Planted mistakes show that the law would notice. `make soak` plays long, with new seeds.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import Flaky
from hypothesis.stateful import run_state_machine_as_test

from tests import chance
from tests.journeys.simulation.law import Broken
from tests.journeys.simulation.line import TALLY
from tests.journeys.simulation.stories import STORIES, Story
from tests.journeys.simulation.weeks import Weeks
from tests.journeys.simulation.world import template
from tests.sync.conftest import KINDS

Sound = Callable[[str], type[Weeks]]


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A server of a kind with its enrolled PCs, made once."""
    return cache(lambda kind: template(tmp_path_factory.mktemp("template") / kind, kind))


@pytest.fixture
def weeks(templates: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Sound:
    """A state machine on a server of a kind."""

    def of(kind: str) -> type[Weeks]:
        facts = {"template": templates(kind), "patch": monkeypatch}
        return type("Weeks", (Weeks,), facts)

    return of


def play(machine: type[Weeks], examples: int, steps: int) -> None:
    """Some weeks; the same ones in each `make test`."""
    run_state_machine_as_test(machine, settings=settings(
        max_examples=examples, stateful_step_count=steps, derandomize=not chance.SOAK,
        database=None, deadline=None, phases=[Phase.generate], report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck)))  # fmt: skip


def tell(state: Weeks, *stories: Story) -> None:
    """Play stories to their end, the law looking on, and come to rest."""
    try:
        for story in stories:
            for _ in story(state):
                state.watch.look()
    finally:
        state.teardown()


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS if chance.SOAK else KINDS[:1])
def test_weeks_of_bad_luck_lose_and_double_nothing(weeks: Sound, kind: str) -> None:
    TALLY.clear()
    play(weeks(kind), *((40, 40) if chance.SOAK else (2, 15)))
    print(f"{kind}: {dict(sorted(TALLY.items()))}")


@pytest.mark.soak
def test_sound_code_lives_through_every_story(weeks: Sound) -> None:
    state = weeks("postgresql")()
    state.stride = 1 if chance.SOAK else 5
    tell(state, *STORIES)


@pytest.mark.parametrize("story", STORIES)
def test_a_planted_mistake_is_caught(
    weeks: Sound, monkeypatch: pytest.MonkeyPatch, story: Story
) -> None:
    state = weeks("sqlite")()
    STORIES[story](monkeypatch)
    with pytest.raises(Broken):
        tell(state, story)


if chance.SOAK:

    @pytest.mark.soak
    @pytest.mark.parametrize("story", STORIES)
    def test_a_planted_mistake_is_caught_by_chance_too(
        weeks: Sound, monkeypatch: pytest.MonkeyPatch, story: Story
    ) -> None:
        STORIES[story](monkeypatch)
        with pytest.raises((Broken, Flaky)):
            play(weeks("sqlite"), 200, 40)
