"""Print a report of something dangerous: for who told it, or as a letter to who clears."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.actions import field_values, hazard, paper_out, settings
from app.actions.paper_sections import in_vietnamese
from app.papers import hazard as paper
from app.rules import dates
from app.values.hazard import HazardCard, HazardSheet
from app.workspace import Workspace
from data import fields

ON_PAPER = (
    "hazard_commune hazard_hamlet hazard_place hazard_coordinates hazard_device hazard_count "
    "hazard_look hazard_marked"
).split()
TO_WHO_CLEARS = ("reporter_name", "reporter_phone")
"""Who goes there must be able to ask; the sheet that is handed to the reporter says it not."""


def content(ws: Workspace, hazard_id: str, to: str = "") -> bytes:
    """The sheet for who reported; with `to` the letter to that body. As PDF bytes.

    Raises Refused (not_allowed, hazard_unknown) and FontMissing.
    """
    ws.demand("enter")
    card = hazard.card(ws, hazard_id)
    now = settings.current(ws)
    sheet = HazardSheet(
        office=now.issuing_body or ws.office.name,
        hotline=now.hotline,
        day=dates.show(str(card.fields["reported_on"] or "")),
        rows=tuple(_rows(card, bool(to))),
        place=str(card.fields["hazard_place"] or ""),
        coordinates=str(card.fields["hazard_coordinates"] or ""),
        number=hazard.number(card.id),
        to=to,
        letter=bool(to),
    )
    return paper.typeset(sheet, settings.letterhead(ws), in_vietnamese)


def write(ws: Workspace, hazard_id: str, path: Path, to: str = "") -> None:
    """As `content`, into a file. Raises Refused (sheet_not_written) too."""
    paper_out.put(content(ws, hazard_id, to), path)


def _rows(card: HazardCard, letter: bool) -> Iterator[tuple[str, str]]:
    for name in (*ON_PAPER, *(TO_WHO_CLEARS if letter else ())):
        field = fields.get("hazard", name)
        words = field_values.readable(field, card.fields[name])
        if words:
            yield field.vi, words
