"""Which cases somebody goes to see on a day: those with anything due that a visit settles."""

from __future__ import annotations

from app.actions import coming
from app.values.coming import DuesFilter
from app.workspace import Workspace

SETTLED_BY_A_VISIT = ("visit", "no_contact", "case_review", "activity")
AT_ONCE = 500


def cases(ws: Workspace, until: str, login: str | None) -> tuple[str, ...]:
    """Cases of a worker (None: of everybody) with something due up to a day, late ones first."""
    which = DuesFilter(until, worker=login)
    found: list[str] = []
    page = coming.dues(ws, which, None, AT_ONCE)
    while True:
        found += [
            one.case_id for one in page.dues if one.case_id and one.ref.kind in SETTLED_BY_A_VISIT
        ]
        if page.next is None:
            return tuple(dict.fromkeys(found))
        page = coming.dues(ws, which, page.next, AT_ONCE)
