"""Offices hand persons to one another for weeks: every fault of lines and PCs, in any order.

Beside `test_simulation.py`, where each office has its own people: here they move and their late
edits follow, photos travel, PCs begin anew in the middle of work, and a province reads along.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis.errors import Flaky

from tests import chance
from tests.journeys.simulation.law import Broken
from tests.journeys.simulation.line import TALLY
from tests.journeys.simulation.mistakes import Plant
from tests.journeys.simulation.moves import Moves
from tests.journeys.simulation.moves_stories import ALWAYS, STORIES, Story
from tests.journeys.simulation.moves_world import OFFICES
from tests.journeys.simulation.world import template
from tests.journeys.test_simulation import play
from tests.sync.conftest import KINDS

Sound = Callable[[str], type[Moves]]
EVERY = [(story, plant) for story, plants in STORIES.items() for plant in plants]
CAUGHT = EVERY if chance.SOAK else [pair for pair in EVERY if pair[1] in ALWAYS]


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A server of a kind with its enrolled PCs, made once."""
    return cache(lambda kind: template(tmp_path_factory.mktemp("moves") / kind, kind, OFFICES))


@pytest.fixture
def moves(templates: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Sound:
    """A state machine on a server of a kind."""

    def of(kind: str) -> type[Moves]:
        return type("Moves", (Moves,), {"template": templates(kind), "patch": monkeypatch})

    return of


def tell(state: Moves, *stories: Story) -> None:
    """Play stories to their end, the law looking on, and come to rest."""
    try:
        for story in stories:
            for _ in story(state):
                state.watch.look()
    finally:
        state.teardown()


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS if chance.SOAK else KINDS[:1])
def test_weeks_of_moves_lose_and_double_nobody(moves: Sound, kind: str) -> None:
    TALLY.clear()
    play(moves(kind), *((25, 40) if chance.SOAK else (2, 12)))
    print(f"{kind}: {dict(sorted(TALLY.items()))}")


@pytest.mark.logs("was otherwise than on the server|is set aside")
@pytest.mark.parametrize(("story", "plant"), CAUGHT)
def test_a_planted_mistake_about_moves_is_caught(
    moves: Sound, monkeypatch: pytest.MonkeyPatch, story: Story, plant: Plant
) -> None:
    state = moves("sqlite")()
    plant(monkeypatch)
    with pytest.raises(Broken):
        tell(state, story)


if chance.SOAK:

    @pytest.mark.soak
    @pytest.mark.parametrize("kind", KINDS)
    def test_sound_code_lives_through_every_story_of_moves(moves: Sound, kind: str) -> None:
        tell(moves(kind)(), *STORIES)

    @pytest.mark.soak
    @pytest.mark.logs("was otherwise than on the server|is set aside")
    @pytest.mark.parametrize("plant", [plant for _, plant in EVERY])
    def test_a_planted_mistake_about_moves_is_caught_by_chance_too(
        moves: Sound, monkeypatch: pytest.MonkeyPatch, plant: Plant
    ) -> None:
        plant(monkeypatch)
        with pytest.raises((Broken, Flaky)):
            play(moves("sqlite"), 100, 30)
