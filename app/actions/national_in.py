"""Lists of the national system on their way in: its codes, its numbering, and what it has of whom.

Whoever comes from there counts as handed over: she is not typed again and not sent twice. What the
officer decides to keep otherwise waits as a change for the next file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.actions.import_rows import Judged
from app.actions.national_out import number_of
from app.actions.national_pending import book
from app.actions.national_written import WHERE, Writer
from app.errors import Refused
from app.imports import labels
from app.imports.findings import Understood
from app.imports.reading import open_list
from app.imports.sheet import text_of
from app.workspace import Workspace
from data import national_layouts
from data.base import new_id
from data.national_layouts import PLACES, Edition
from data.records import import_run
from data.records import national_file as records
from data.records.national_file import NationalFile, NationalLine

HEAD_ROWS_MAX = 30
HEADS_MIN = 3


def layouts() -> tuple[str, ...]:
    """The names of all layouts, the oldest first."""
    return tuple(national_layouts.all_of())


def recognise(path: Path) -> Edition:
    """The layout whose headings a file has most of; of equals the newest.

    Raises Refused (national_not_recognised, and what a file that is no list refuses).
    """
    best: tuple[int, str] = (0, "")
    for sheet in open_list(path).sheets():
        for number, (_row, cells) in enumerate(sheet.rows):
            if number >= HEAD_ROWS_MAX:
                break
            heads = {labels.label(text_of(cell)) for cell in cells if cell.kind == "text"}
            for name, edition in national_layouts.all_of().items():
                fits = len(heads & {labels.label(one.heading) for one in edition.columns})
                best = (fits, name) if fits >= best[0] else best
    if best[0] < HEADS_MIN:
        known = ", ".join(national_layouts.all_of())
        raise Refused.one("national_not_recognised", "file", path.name, known=known)
    return national_layouts.all_of()[best[1]]


@dataclass
class Incoming:
    """A list of the system while it is brought in, slice after slice."""

    ws: Workspace
    file_name: str
    edition: Edition
    sha256: str
    _file: str = field(default_factory=new_id)
    _begun: bool = False

    def prepare(self, rows: Sequence[Understood]) -> None:
        """Nothing is left to say of its rows."""

    def take(self, judged: Sequence[Judged], run_id: str) -> None:
        """Remember of everybody taken what the system has; nothing in a dry run."""
        taken = [one for one in judged if one.person_id and one.fate != "refused"]
        if not run_id or not taken:
            return
        with self.ws.db.write(self.ws.author("import")) as session:
            before = import_run.last_seq(session)
            held = book(session, [one.person_id for one in taken])
            if not self._begun:
                session.add(self._made())
                self._begun = True
            day = self.ws.today().isoformat()
            for one in taken:
                base = held.base(one.person_id)
                session.add(
                    NationalLine(
                        office_id=self.ws.office.id,
                        file_id=self._file,
                        person_id=one.person_id,
                        base_id=base.id if base is not None else "",
                        number=number_of(day, self._file),
                        edition=self.edition.name,
                        day=day,
                        written=json.dumps(self._told(one.row), ensure_ascii=False, sort_keys=True),
                        national_move=records.KNOWN,
                        national_answer=records.ACCEPTED,
                        given_code=one.row.values.get("national_code"),
                    )
                )
            import_run.close_slice(session, run_id, before)

    def keep(self, run_id: str) -> None:
        """Nothing is left to keep: no minute is signed over such a list."""

    def _made(self) -> NationalFile:
        day = self.ws.today().isoformat()
        return NationalFile(
            id=self._file,
            office_id=self.ws.office.id,
            edition=self.edition.name,
            file_name=self.file_name,
            file_hash=self.sha256,
            made_by=self.ws.user.login,
            national_number=number_of(day, self._file),
            national_day=day,
            national_way=records.IN,
        )

    def _told(self, row: Understood) -> Mapping[str, str]:
        """What the file says, as we would write it: an empty cell is an empty text, and only
        columns it has not are left open."""
        texts = Writer(self.edition).written(row.values).texts
        has = {*row.row.headed, WHERE}
        if has & {"commune", "address_text"} or row.row.places.get("commune"):
            has |= set(PLACES)
        return {name: text for name, text in texts.items() if name in has}
