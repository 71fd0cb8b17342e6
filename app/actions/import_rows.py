"""The rows of a list on their way into the store: judged against who is known, then written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.actions import field_values, import_slice
from app.actions.import_slice import SLICE_ROWS, Write
from app.actions.person import NewPerson, Taken
from app.errors import Problem, Refused
from app.imports import differences, matching
from app.imports.differences import Difference
from app.imports.findings import Finding, Understood
from app.imports.matching import Known, Verdict
from app.values.imports import ImportOptions, RowDecision
from app.values.person import PersonDraft, Saved
from app.workspace import Workspace
from data import fields
from data.records import people
from data.records.person import Person
from data.text import match_key, tidy

COMPARED = ("name", "birth", "sex", "commune", "hamlet", "head_name", "id_number", "old_id_number")
NUMBERS = ("id_number", "old_id_number")


@dataclass
class Judged:
    """What becomes of a row: its fate, whom it means, and the fields that differ."""

    row: Understood
    fate: str = "refused"
    twin: str = ""
    twin_name: str = ""
    differences: tuple[Difference, ...] = ()
    awaits: bool = False
    person_id: str = ""


@dataclass
class Slices:
    """Judges and writes slices of rows; without a run (a dry run) it only judges."""

    ws: Workspace
    file_name: str
    options: ImportOptions
    run_id: str = ""
    register: matching.Register = field(default_factory=matching.Register)
    earlier: matching.Register = field(default_factory=matching.Register)
    created: list[str] = field(default_factory=list)
    _values: dict[str, dict[str, object]] = field(default_factory=dict)
    _status: dict[str, str] = field(default_factory=dict)
    _numbers: dict[str, set[str]] = field(default_factory=dict)
    _fresh: dict[str, Judged] = field(default_factory=dict)
    _here: dict[Known, Judged] = field(default_factory=dict)
    _waiting: list[tuple[Judged, Write]] = field(default_factory=list)

    @property
    def writes(self) -> bool:
        """Whether rows are written; a dry run only judges."""
        return not self.options.dry_run

    def take(self, rows: list[Understood]) -> list[Judged]:
        """The fate of each row: new, same, changed, maybe or refused; written by then.

        One transaction for the slice, one more only where a row may be the same person as
        another row of the slice. Raises data.errors; what earlier slices wrote stays.
        """
        judged = [Judged(row) for row in rows]
        good = [each for each in judged if not each.row.problems]
        self.register = matching.Register()
        self._load(good)
        for each in good:
            if each.row.row.keyed:
                self._named(each)
            else:
                self._found(each)
        self._write()
        return judged

    def _load(self, good: list[Judged]) -> None:
        """Everybody in the store (in a dry run, in the list too) whom these rows may be."""
        rows = [matching.known_of(each.row.values) for each in good if not each.row.row.keyed]
        self._values, self._status, self._numbers = {}, {}, {}
        self._fresh, self._here = {}, {}
        found: dict[str, Known] = {}
        with self.ws.db.read() as session:
            for person in _alike(session, rows, [each.row for each in good]):
                self._values[person.id] = {
                    each.name: getattr(person, each.name) for each in fields.of("person")
                }
                self._status[person.id] = person.status
                for number in {person.id_number, person.old_id_number} - {None, ""}:
                    self._numbers.setdefault(str(number), set()).add(person.id)
                about = {name: getattr(person, name) for name in COMPARED}
                found[person.id] = matching.known_of(about, person.id)
        self.register.extend(found.values())
        if not self.writes:
            before: set[Known] = set()
            for row in rows:
                before.update(self.earlier.near(row.key, {row.number, row.old_number} - {""}))
            self.register.extend(before)

    def _found(self, each: Judged) -> None:
        """A row of a list: new, known, or perhaps known; the officer's word counts more."""
        known = matching.known_of(each.row.values)
        verdict = self._verdict(each, known)
        if self.writes and verdict.twin and not verdict.twin.id:
            self._write()  # the twin of this slice must have its id first
            verdict = self._verdict(each, known)
        each.fate = verdict.fate
        each.twin = verdict.twin.id if verdict.twin else ""
        if each.twin:
            each.twin_name = str(self._there(verdict.twin).get("name") or "")
        if verdict.fate == "same":
            each.person_id = each.twin
            self._compare(each, verdict.twin)
            return
        source = PersonDraft(None, each.row.values, source=self._source(each.row))
        status = "draft" if self.options.draft else "waiting"
        mark = each.twin if verdict.fate == "maybe" else ""
        self._waiting.append((each, NewPerson(source, status, mark or None)))
        self.register.add(known)
        if each.fate == "maybe":
            self._compare_only(each, verdict.twin)
        if not self.writes:
            self._here[known] = each

    def _verdict(self, each: Judged, known: Known) -> Verdict:
        verdict = self.register.judge(known)
        decided = self._decision(each).fate
        if decided == "new":
            return Verdict("new")
        if decided == "same" and verdict.twin:
            return Verdict("same", verdict.twin)
        return verdict

    def _named(self, each: Judged) -> None:
        """A row that names a known person: its columns replace what the record has."""
        row = each.row
        if row.person_id:
            found = [row.person_id] if row.person_id in self._values else []
        else:
            numbers = [str(row.values[name]) for name in NUMBERS if row.values.get(name)]
            found = sorted({id_ for each_ in numbers for id_ in self._numbers.get(each_, ())})
        if len(found) != 1:
            code = "correction_ambiguous" if found else "correction_unknown"
            key = row.person_id or str(row.values.get("id_number") or "")
            row.tell("person_id" if row.person_id else "id_number", code, key)
            return
        each.twin = found[0]
        there = self._values[each.twin]
        if tidy(row.row.values.get("name", "")) == there["name"]:
            row.values["name"] = there["name"]  # as written, remarks in brackets and all
            row.values.pop("other_name", None)
        each.twin_name = str(there["name"])
        if _other_person(row.values, there):
            row.tell("name", "correction_other_person", f"{row.values['name']} / {there['name']}")
            return
        each.fate, each.person_id = "same", each.twin
        winning = frozenset(row.values) - row.derived
        self._change(each, there, winning)

    def _compare(self, each: Judged, twin: Known | None) -> None:
        there = self._there(twin)
        if there:
            self._change(each, there)

    def _there(self, twin: Known | None) -> dict[str, object]:
        """The stored values of a twin; nothing for one of an earlier slice of a dry run."""
        if twin is None:
            return {}
        if twin.id in self._fresh:
            self._values[twin.id] = self._cleaned(self._fresh.pop(twin.id))
        elif not twin.id and twin in self._here:
            return self._cleaned(self._here[twin])
        return self._values.get(twin.id, {})

    def _compare_only(self, each: Judged, twin: Known | None) -> None:
        """The fields of a possible duplicate beside the row's, for whoever looks at both."""
        there = self._there(twin) if twin and twin.id and not self.writes else {}
        if there:
            here = field_values.clean(self.ws, "person", each.row.values).values
            each.differences = differences.compare(there, here, self._decision(each))

    def _change(
        self, each: Judged, there: dict[str, object], winning: frozenset[str] = frozenset()
    ) -> None:
        here = self._cleaned(each)
        if each.row.problems:
            each.fate = "refused"
            return
        each.differences = differences.compare(there, here, self._decision(each), winning)
        taken = {one.field: one.here for one in each.differences if one.take}
        if not taken:
            return
        each.fate = "changed"
        guarded = fields.guarded("person")
        each.awaits = self._status.get(each.twin) == "approved" and not guarded.isdisjoint(taken)
        there.update(
            {name: value for name, value in taken.items() if not each.awaits or name not in guarded}
        )
        if each.twin:
            self._waiting.append((each, Taken(each.twin, taken, self._source(each.row))))

    def _cleaned(self, each: Judged) -> dict[str, object]:
        """The row's values as columns hold them; what cannot be held refuses the row."""
        cleaned = field_values.clean(self.ws, "person", each.row.values)
        each.row.problems += [_finding(problem) for problem in cleaned.problems]
        return cleaned.values

    def _decision(self, each: Judged) -> RowDecision:
        return self.options.decisions.get(each.row.key, differences.PLAIN)

    def _source(self, row: Understood) -> str:
        return f"import:{self.file_name}:{row.row.sheet}:{row.row.number}"

    def _write(self) -> None:
        """Write what waits; everybody of it is known by an id afterwards."""
        waiting, self._waiting = self._waiting, []
        writes = [write for _, write in waiting]
        if self.writes:
            answers = import_slice.write(self.ws, self.run_id, writes)
        else:
            answers = [self._tried(write) for write in writes]
        written: dict[Known, str] = {}
        for (each, write), answer in zip(waiting, answers, strict=True):
            if isinstance(answer, Refused):
                each.fate = "refused"
                each.row.problems += [_finding(problem) for problem in answer.problems]
            elif isinstance(write, NewPerson):
                self._made(each, answer, written)
        self.register.settle(written)

    def _made(self, each: Judged, answer: Saved, written: dict[Known, str]) -> None:
        known = matching.known_of(each.row.values)
        if not self.writes:
            self.earlier.add(known)
            return
        written[known] = each.person_id = answer.id
        self.created.append(answer.id)
        self._fresh[answer.id] = each
        self._status[answer.id] = "waiting"

    def _tried(self, write: Write) -> Saved | Refused:
        """What writing would answer."""
        if isinstance(write, Taken):
            return Saved(write.id)
        problems = field_values.clean(self.ws, "person", write.draft.fields).problems
        return Refused(problems) if problems else Saved("")


def _other_person(here: Mapping[str, object], there: Mapping[str, object]) -> bool:
    """Whether name and birth (or number) both say somebody else: columns sorted apart."""
    name, birth = str(here.get("name") or ""), str(here.get("birth") or "")
    if not name or match_key(name) == match_key(str(there["name"] or "")):
        return False
    number = here.get("id_number")
    if number and number == there["id_number"]:
        return False
    old = str(there["birth"] or "")
    return not (birth and old and (birth.startswith(old) or old.startswith(birth)))


def _finding(problem: Problem) -> Finding:
    return Finding(problem.field, problem.code, problem.value)


def _alike(session: Session, rows: list[Known], all_rows: list[Understood]) -> Iterator[Person]:
    keys = sorted({row.key for row in rows})
    numbers = {number for row in rows for number in (row.number, row.old_number) if number}
    ids = []
    for row in all_rows:
        if row.row.keyed and row.person_id:
            ids.append(row.person_id)
        elif row.row.keyed:
            numbers.update(str(row.values[name]) for name in NUMBERS if row.values.get(name))
    if keys:
        yield from people.with_match_keys(session, keys)
    some = sorted(numbers)
    for start in range(0, len(some), SLICE_ROWS):
        yield from people.with_numbers(session, some[start : start + SLICE_ROWS])
    if ids:
        yield from people.with_ids(session, ids)
