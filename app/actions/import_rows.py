"""The rows of a list on their way into the store: judged against who is known, then written."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.actions import field_values, likeness, person
from app.errors import Problem, Refused
from app.imports import discretion, matching
from app.imports.findings import Finding, Understood
from app.rules.likeness import Facts
from app.values.person import PersonDraft
from app.workspace import Workspace

SLICE_ROWS = 500


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

        One transaction for the slice. Raises data.errors; what earlier slices wrote stays.
        """
        fates = ["refused"] * len(rows)
        facts = {
            at: likeness.facts_of(row.values) for at, row in enumerate(rows) if not row.problems
        }
        self._load(list(facts.values()))
        waiting: list[tuple[int, person.NewPerson]] = []
        for at, known in facts.items():
            fates[at] = self.register.judge(known).fate
            if fates[at] != "same":
                waiting.append((at, self._new(rows[at])))
                self.register.add(known)
        self._write(waiting, rows, fates)
        for row, fate in zip(rows, fates, strict=True):
            if row.row.closed:
                written = fate in ("new", "maybe") and len(self._sealable(row)) == len(
                    row.row.closed
                )
                row.tell("", "restricted_sealed" if written else "restricted_kept_out", "")
        return fates

    def _load(self, rows: list[Facts]) -> None:
        """Everybody in the store (in a dry run, in the list too) whom these rows may be."""
        self.register = matching.Register()
        with self.ws.db.read() as session:
            self.register.extend(likeness.near(session, rows).values())
        if not self.writes:
            self.register.extend({known for row in rows for known in self.earlier.near(row)})

    def _new(self, row: Understood) -> person.NewPerson:
        sheet = discretion.blotted(row.row.sheet)
        source = f"import:{discretion.blotted(self.file_name)}:{sheet}:{row.row.number}"
        typed = row.values | self._sealable(row)
        return person.NewPerson(PersonDraft(None, typed, source=source), self.status)

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
        for (at, _), answer in zip(waiting, answers, strict=True):
            if isinstance(answer, Refused):
                fates[at] = "refused"
                rows[at].problems += [_finding(problem) for problem in answer.problems]
            elif self.writes:
                self.created.append(answer.id)
            else:
                self.earlier.add(likeness.facts_of(rows[at].values))

    def _tried(self, new: list[person.NewPerson]) -> list[person.Saved | Refused]:
        """What saving would answer."""
        answers: list[person.Saved | Refused] = []
        for each in new:
            problems = field_values.clean(self.ws, "person", each.draft.fields).problems
            answers.append(Refused(problems) if problems else person.Saved(""))
        return answers


def _finding(problem: Problem) -> Finding:
    return Finding(problem.field, problem.code, problem.value)
