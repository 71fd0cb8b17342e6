"""One certificate number under two persons, in the list or in the store: told at every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.actions.import_rows import Judged
from app.imports.findings import Finding, Understood
from app.workspace import Workspace
from data.records import meant
from data.records.meant import Holder

NUMBER, TWICE = "certificate_number", "certificate_twice"


class Seen(NamedTuple):
    """The first row of the list with a number, and whom it means ("": somebody new)."""

    sheet: str
    row: int
    name: str
    person: str


@dataclass
class Certificates:
    """The certificate numbers of a list so far; `late` are findings at rows of earlier slices."""

    ws: Workspace
    late: list[tuple[str, int, Finding]] = field(default_factory=list)
    _first: dict[str, Seen] = field(default_factory=dict)

    def held(self, rows: Sequence[Understood]) -> Mapping[str, Sequence[Holder]]:
        """Who carries the numbers of these rows in the store, asked before they are written."""
        numbers = {str(row.values[NUMBER]) for row in rows if row.values.get(NUMBER)}
        if not numbers:
            return {}
        with self.ws.db.read() as session:
            return meant.with_certificates(session, numbers)

    def tell(self, judged: Sequence[Judged], held: Mapping[str, Sequence[Holder]]) -> None:
        """Warn at each row whose number another person carries; at that one's row as well.

        In one list a number counts whatever the commune; in the store only within the commune,
        for every commune counts its own certificates from 1.
        """
        here = {(each.row.row.sheet, each.row.row.number): each.row for each in judged}
        for each in judged:
            row = each.row
            number = str(row.values.get(NUMBER) or "")
            if not number:
                continue
            mine = Seen(row.row.sheet, row.row.number, str(row.values.get("name") or ""),
                        each.twin or each.person_id)  # fmt: skip
            first = self._first.setdefault(number, mine)
            if first is not mine:
                if first.person != mine.person or not mine.person:
                    self._both(first, mine, number, here)
                continue
            for who in held.get(number, ()):
                if who.id != mine.person and who.commune == row.values.get("commune"):
                    row.tell(NUMBER, TWICE, f"{number}: {mine.name}, {who.name}")

    def _both(
        self, first: Seen, mine: Seen, number: str, here: Mapping[tuple[str, int], Understood]
    ) -> None:
        told = Finding(NUMBER, TWICE, f"{number}: {first.name}, {mine.name}")
        for one in (first, mine):
            row = here.get((one.sheet, one.row))
            if row is None:
                self.late.append((one.sheet, one.row, told))
            elif told not in row.warnings:
                row.warnings.append(told)
