"""What one guess of a password costs in the tests: next to nothing, for they sign in thousands
of times. Processes of their own, and the tests of the cost itself, pay what an office pays."""

from __future__ import annotations

from data.sealing import Cost

STANDARD = Cost.standard


def make_quick() -> None:
    """From here on a new store's passwords are quickly tried (before any other import of ours)."""
    Cost.standard = Cost.quick
