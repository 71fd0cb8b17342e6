"""For each planted mistake a short story in which it does its harm; sound code lives through all.

A story yields after every step, so that the law can look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.journeys.simulation import mistakes
from tests.journeys.simulation.line import STATEMENTS, Fault
from tests.journeys.simulation.mistakes import Plant
from tests.journeys.simulation.weeks import Weeks

Story = Callable[[Weeks], Iterator[None]]
PUSH = 1
"""A round's second request: the first is its hello."""


def the_server_stumbles_at_each_statement_of_a_push(weeks: Weeks) -> Iterator[None]:
    """Also at the commit, when every verdict is known already."""
    for number in range(6, STATEMENTS, weeks.stride):
        weeks.somebody_types(0, 0, {"phone": f"{number}"}, 0)
        stumbles = Fault("server_stumbles", PUSH, False, (number + 0.5) / STATEMENTS)
        weeks.a_bad_round(0, stumbles)
        yield


def the_power_goes_at_each_statement_of_a_pull(weeks: Weeks) -> Iterator[None]:
    """One PC works, the other one has only to hear of it."""
    for number in range(0, STATEMENTS // 2, weeks.stride):
        weeks.somebody_types(0, 0, {"phone": f"{number}"}, 0)
        weeks.a_round(0)
        weeks.the_power_goes(1, number, Fault())
        yield


def an_earlier_day_is_put_back(weeks: Weeks) -> Iterator[None]:
    """Other work follows than that which was sent on the day that was lost."""
    weeks.a_store_is_copied(1)
    for word in ("1", "2"):
        weeks.somebody_types(1, 0, {"note": word}, 0)
        weeks.a_round(1)
        yield
    weeks.a_store_is_put_back(1, 0)
    weeks.somebody_types(1, 0, {"hamlet": "3"}, 0)
    weeks.a_round(1)
    yield


def two_write_the_same_by_clocks_years_apart(weeks: Weeks) -> Iterator[None]:
    """Whoever's clock is ahead."""
    for years in (10, -10):
        weeks.two_type_at_once({"phone": f"a{years}"}, {"phone": f"b{years}"}, years, 0)
        weeks.a_round(0)
        yield
        weeks.a_round(1)
        yield
        weeks.a_round(0)


def a_login_page_answers_the_push(weeks: Weeks) -> Iterator[None]:
    """After the hello went through."""
    weeks.somebody_types(0, 0, {"phone": "1"}, 0)
    weeks.a_bad_round(0, Fault("login_page", PUSH, True))
    yield


STORIES: dict[Story, Plant] = {
    the_server_stumbles_at_each_statement_of_a_push: mistakes.verdicts_before_the_commit,
    the_power_goes_at_each_statement_of_a_pull: mistakes.checkpoint_before_apply,
    an_earlier_day_is_put_back: mistakes.numbers_without_epoch,
    two_write_the_same_by_clocks_years_apart: mistakes.latest_clock_wins,
    a_login_page_answers_the_push: mistakes.any_200_is_a_yes,
}
"""The sixth mistake, a cursor of numbers handed out before the commit, needs writers side by side:
tests/sync/test_counter.py."""
