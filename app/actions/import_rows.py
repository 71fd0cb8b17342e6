"""The rows of a list on their way into the store: judged against who is known, then written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.actions import field_values, person
from app.errors import Problem, Refused
from app.imports import discretion, matching
from app.imports.findings import Finding, Understood
from app.imports.matching import Known, Verdict
from app.values.person import PersonDraft
from app.workspace import Workspace
from data.records import people
from data.records.person import Person

SLICE_ROWS = 500
COMPARED = ("name", "birth", "sex", "commune", "hamlet", "head_name", "id_number", "old_id_number")


@dataclass
class Slices:
    """Judges and writes slices of rows; without `writes` (a dry run) it only judges."""

    ws: Workspace
    file_name: str
    status: str
    writes: bool
    register: matching.Register = field(default_factory=matching.Register)
    earlier: matching.Register = field(default_factory=matching.Register)
    created: list[str] = field(default_factory=list)

    def take(self, rows: list[Understood]) -> list[str]:
        """The fate of each row: new, same, maybe or refused; new ones are in the store then.

        One transaction for the slice, one more only where a row may be the same person as
        another row of the slice. Raises data.errors; what earlier slices wrote stays.
        """
        fates = ["refused"] * len(rows)
        good = [(at, row) for at, row in enumerate(rows) if not row.problems]
        self.register = matching.Register()
        self._load([matching.known_of(row.values) for _, row in good])
        waiting: list[tuple[int, person.NewPerson]] = []
        for at, row in good:
            known = matching.known_of(row.values)
            verdict = self.register.judge(known)
            if self.writes and verdict.fate == "maybe" and verdict.twin and not verdict.twin.id:
                self._write(waiting, rows, fates)  # the twin must have its id first
                waiting = []
                verdict = self.register.judge(known)
            fates[at] = verdict.fate
            if verdict.fate != "same":
                waiting.append((at, self._new(row, verdict)))
                self.register.add(known)
        self._write(waiting, rows, fates)
        for row, fate in zip(rows, fates, strict=True):
            if row.row.closed:
                written = fate in ("new", "maybe") and len(self._sealable(row)) == len(
                    row.row.closed
                )
                row.tell("", "restricted_sealed" if written else "restricted_kept_out", "")
        return fates

    def _load(self, rows: list[Known]) -> None:
        """Everybody in the store (in a dry run, in the list too) whom these rows may be."""
        found: dict[str, Known] = {}
        with self.ws.db.read() as session:
            for each in _alike(session, rows):
                found[each.id] = matching.known_of(
                    {name: getattr(each, name) for name in COMPARED}, each.id
                )
        self.register.extend(found.values())
        if not self.writes:
            before: set[Known] = set()
            for row in rows:
                before.update(self.earlier.near(row.key, {row.number, row.old_number} - {""}))
            self.register.extend(before)

    def _new(self, row: Understood, verdict: Verdict) -> person.NewPerson:
        sheet = discretion.blotted(row.row.sheet)
        source = f"import:{discretion.blotted(self.file_name)}:{sheet}:{row.row.number}"
        typed = row.values | self._sealable(row)
        twin = verdict.twin.id if verdict.twin else None
        return person.NewPerson(PersonDraft(None, typed, source=source), self.status, twin or None)

    def _sealable(self, row: Understood) -> dict[str, str]:
        """What the row says in restricted fields, as far as this user may and can write it."""
        if self.ws.restricted is None:
            return {}
        said = row.row.closed.items()
        return {name: value for name, value in said if value != discretion.UNCLEAR}

    def _write(
        self, waiting: list[tuple[int, person.NewPerson]], rows: list[Understood], fates: list[str]
    ) -> None:
        if not waiting:
            return
        new = [each for _, each in waiting]
        answers = person.save_many(self.ws, new) if self.writes else self._tried(new)
        written: dict[Known, str] = {}
        for (at, _), answer in zip(waiting, answers, strict=True):
            known = matching.known_of(rows[at].values)
            if isinstance(answer, Refused):
                fates[at] = "refused"
                rows[at].problems += [_finding(problem) for problem in answer.problems]
            elif self.writes:
                written[known] = answer.id
                self.created.append(answer.id)
            else:
                self.earlier.add(known)
        self.register.settle(written)

    def _tried(self, new: list[person.NewPerson]) -> list[person.Saved | Refused]:
        """What saving would answer."""
        answers: list[person.Saved | Refused] = []
        for each in new:
            problems = field_values.clean(self.ws, "person", each.draft.fields).problems
            answers.append(Refused(problems) if problems else person.Saved(""))
        return answers


def _finding(problem: Problem) -> Finding:
    return Finding(problem.field, problem.code, problem.value)


def _alike(session: Session, rows: list[Known]) -> Iterator[Person]:
    keys = sorted({row.key for row in rows})
    numbers = sorted({number for row in rows for number in (row.number, row.old_number) if number})
    if keys:
        yield from people.with_match_keys(session, keys)
    for start in range(0, len(numbers), SLICE_ROWS):
        yield from people.with_numbers(session, numbers[start : start + SLICE_ROWS])
