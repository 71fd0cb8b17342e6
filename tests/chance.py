"""Chance that can be told again: the same in each `make test`, new in each round of `make soak`."""

import os
import random

SEED = os.environ.get("SOANSINH_SEED", "")
SOAK = bool(SEED)
"""Whether tests of endurance are to take long."""


def dice(usual: int) -> random.Random:
    """Dice with a seed of the test's own, and beside it the one of the round."""
    return random.Random(f"{SEED}/{usual}" if SOAK else usual)
