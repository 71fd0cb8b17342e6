"""What a listing is asked about must be there: an empty list would say "nothing" of nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from app.actions import person, worker
from app.errors import Refused
from app.workspace import Workspace


def about(ws: Workspace, option: str, person_id: str) -> Workspace:
    """The workspace, when the person is known here (also removed or merged).

    Raises Refused: person_unknown with the option that named her, person_departed.
    """
    if person_id:
        person.demand_known(ws, person_id, option)
    return ws


def of_worker(ws: Workspace, login: str) -> str:
    """The login, or the name from paper, that a typed worker means. Raises Refused
    (`worker_nowhere`)."""
    return worker.known(ws, login) if login else ""


T = TypeVar("T")


def there(option: str, look: Callable[[], T]) -> T:
    """What a look finds; a refusal of it names the option that asked."""
    try:
        return look()
    except Refused as refused:
        raise Refused([replace(one, field=option) for one in refused.problems]) from None
