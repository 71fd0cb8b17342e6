"""The rows of a list on their way into the store: judged against who is known, then written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from app.actions import field_values, import_slice, likeness
from app.actions.import_known import NEW, Register, Rehearsal, Verdict, verdict
from app.actions.import_ready import Ready, Readying, finding
from app.actions.import_slice import Apart, Judgement, Write
from app.actions.likeness import Match
from app.actions.person import Entered, Taken
from app.errors import Refused
from app.imports import differences, discretion
from app.imports.differences import Difference
from app.imports.findings import Understood
from app.rules.likeness import Facts
from app.values.imports import ImportOptions, RowDecision
from app.workspace import Workspace
from data import fields
from data.records import meant, national_file
from data.text import match_key, tidy

NUMBERS = ("id_number", "old_id_number")
CODE = "national_code"


@dataclass
class Judged:
    """What becomes of a row: its fate, whom it means, and the fields that differ."""

    row: Understood
    ready: Ready | None = None
    fate: str = "refused"
    twin: str = ""
    twin_name: str = ""
    differences: tuple[Difference, ...] = ()
    awaits: bool = False
    person_id: str = ""


@dataclass
class _Slice:
    """Rows under judgement together: whom they may mean, who is new among them, what to write."""

    register: Register = field(default_factory=Register)
    matches: list[Match] = field(default_factory=list)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    stubs: dict[str, dict[str, object]] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)
    coded: Mapping[str, list[str]] = field(default_factory=dict)
    writes: list[tuple[Judged, Write]] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)


@dataclass
class Slices:
    """Judges and writes slices of rows; in a dry run it only judges."""

    ws: Workspace
    readying: Readying
    options: ImportOptions
    run_id: str = ""
    rehearsed: Rehearsal = field(default_factory=Rehearsal)
    created: list[str] = field(default_factory=list)
    _now: _Slice = field(default_factory=_Slice)

    @property
    def writes(self) -> bool:
        """Whether rows are written; a dry run only judges."""
        return not self.options.dry_run

    def take(self, rows: list[tuple[Understood, Ready | None]]) -> list[Judged]:
        """The fate of each row: new, same, changed, maybe or refused; written by then.

        One transaction for the slice, judgement and writing: nobody can come between them. Raises
        data.errors; what earlier slices wrote stays.
        """
        judged = [Judged(row, ready) for row, ready in rows]
        good = [each for each in judged if not each.row.problems]
        self._now = _Slice()
        for each in good:
            if each.ready is not None:
                self._now.facts[each.row.key] = each.ready.facts
        if self.writes:
            with self.ws.db.write(self.ws.author("import")) as session:
                self._judge(session, good)
                self._write(session)
        else:
            with self.ws.db.read() as session:
                self._judge(session, good)
            for moved in self._now.moved:
                self.rehearsed.keep(moved, self._now.values[moved])
        for each in judged:
            if each.row.row.closed:
                self._tell_closed(each)
        return judged

    def _judge(self, session: Session, good: list[Judged]) -> None:
        """The fate of each good row, and what is to be written."""
        self._look_up(session, good)
        for each in good:
            if each.row.row.keyed:
                self._named(each)
            elif each.row.key in self._now.facts:
                self._found(each, self._now.facts[each.row.key])

    def _look_up(self, session: Session, good: list[Judged]) -> None:
        """Whom of the store (in a dry run, of the list too) the rows mean, and how they stand."""
        now = self._now
        now.matches = likeness.matches(session, now.facts.values())
        if not self.writes:
            now.matches = self.rehearsed.matches(now.facts.values(), now.matches)
        of: dict[str, list[Match]] = {}
        for match in now.matches:
            of.setdefault(match.one.id, []).append(match)
        now.verdicts = {key: verdict(of.get(row.id, ())) for key, row in now.facts.items()}
        ids, numbers = _names([each.row for each in good if each.row.row.keyed])
        now.named = meant.named(session, ids, numbers)
        twins = {each.twin.id for each in now.verdicts.values() if each.twin}
        twins.update(one for several in now.named.values() for one in several)
        twins.update(one.who for one in self.options.decisions.values() if one.who)
        codes = {str(each.row.values.get(CODE) or "") for each in good} - {""}
        now.coded = national_file.with_code(session, codes) if codes else {}
        twins.update(one for several in now.coded.values() for one in several)
        now.values = meant.values_of(session, twins) | self.rehearsed.values(twins)
        now.stubs = meant.stubs_of(session, {one.stub for one in now.verdicts.values()} - {""})

    def _found(self, each: Judged, facts: Facts) -> None:
        """A row of a list: new, known, or perhaps known; the officer's word counts more."""
        verdict = self._chosen(each, self._verdict(each, facts))
        decided = self._decision(each).fate if verdict.fate == "maybe" else ""
        each.fate = decided or verdict.fate
        self._tell_twin(each, verdict.twin)
        if each.fate == "same" and verdict.twin:
            each.person_id = verdict.twin.id if self.writes else each.twin
            kept = self._merged_away(each, verdict)
            self._change(each, verdict.twin.id, self._here(each), kept=kept)
            return
        if verdict.fate == "maybe" and verdict.twin and not self.writes:
            there, here = self._now.values.get(verdict.twin.id, {}), self._here(each)
            each.differences = differences.compare(there, here, self._decision(each))
        self._add(each, facts)
        if decided == "new" and verdict.twin:
            others = self._decision(each).apart or {verdict.twin.id}
            self._now.writes += [(each, Apart(facts.id, other)) for other in sorted(others)]

    def _chosen(self, each: Judged, verdict: Verdict) -> Verdict:
        """Of several whom a row resembles, the officer may name another than the surest one."""
        who = self._decision(each).who
        known = verdict.fate == "maybe" and verdict.twin and verdict.twin.id != who
        if not known or not verdict.twin or who not in self._now.values:
            return verdict
        return verdict._replace(twin=verdict.twin._replace(id=who), stub="")

    def _verdict(self, each: Judged, facts: Facts) -> Verdict:
        """The surer of whom the store and whom this slice knows."""
        here = self._now.register.matches(facts)
        self._now.matches += here
        found = (self._now.verdicts[each.row.key], verdict(here), self._by_code(each))
        return max(found, key=lambda one: one.rank)

    def _by_code(self, each: Judged) -> Verdict:
        """Whom the national system's own code stands for; the officer says so where the name is
        another one."""
        ids = self._now.coded.get(str(each.row.values.get(CODE) or ""), [])
        there = self._now.values.get(ids[0]) if len(ids) == 1 else None
        if not there:
            return NEW
        twin = likeness.facts_of(there, ids[0])
        if _other_person(each.row.values, there):
            return Verdict("maybe", twin, (1, 99, ids[0]))
        return Verdict("same", twin, (3, 0, ids[0]))

    def _tell_twin(self, each: Judged, twin: Facts | None) -> None:
        """Whom the row means, where that is somebody of the store."""
        stored = self._now.values.get(twin.id, {}) if twin else {}
        if twin and stored.get("id"):
            each.twin, each.twin_name = twin.id, str(stored["name"])

    def _merged_away(self, each: Judged, verdict: Verdict) -> frozenset[str]:
        """Fields whose value the record merged away had: whoever merged it chose otherwise."""
        had, here = self._now.stubs.get(verdict.stub, {}), self._here(each)
        return frozenset(name for name, old in had.items() if old and old == here.get(name))

    def _here(self, each: Judged) -> Mapping[str, object]:
        return _ready(each).values

    def _add(self, each: Judged, facts: Facts) -> None:
        """Somebody new: later rows of the list are compared with this one too."""
        ready = _ready(each)
        self._now.register.add(facts)
        self._now.values[ready.id] = dict(ready.values)
        self._now.moved.add(ready.id)
        if self.writes:
            each.person_id = ready.id
            closed = self._sealable(each.row)
            if closed:
                sealed = field_values.clean(self.ws, "person", closed).values
                ready = replace(ready, values={**ready.values, **sealed})
            self._now.writes.append((each, ready))

    def _named(self, each: Judged) -> None:
        """A row that names a known person: its columns replace what the record has."""
        row = each.row
        if row.person_id:
            found = self._now.named.get(row.person_id, [])
        else:
            numbers = _numbers(row)
            found = sorted({one for number in numbers for one in self._now.named.get(number, ())})
        if len(found) != 1:
            code = "correction_ambiguous" if found else "correction_unknown"
            key = row.person_id or str(row.values.get("id_number") or "")
            row.tell("person_id" if row.person_id else "id_number", code, key)
            return
        each.twin = found[0]
        there = self._now.values[each.twin]
        if tidy(row.row.values.get("name", "")) == there["name"]:
            row.values["name"] = there["name"]  # as written, remarks in brackets and all
            row.values.pop("other_name", None)
        each.twin_name = str(there["name"])
        if _other_person(row.values, there):
            row.tell("name", "correction_other_person", f"{row.values['name']} / {there['name']}")
            return
        cleaned = field_values.clean(self.ws, "person", row.values)
        row.problems += [finding(problem) for problem in cleaned.problems]
        if row.problems:
            return
        each.fate, each.person_id = "same", each.twin
        self._change(each, each.twin, cleaned.values, frozenset(row.values) - row.derived)

    def _change(
        self,
        each: Judged,
        twin: str,
        here: Mapping[str, object],
        winning: frozenset[str] = frozenset(),
        kept: frozenset[str] = frozenset(),
    ) -> None:
        """Fill and change somebody known, as the officer chose."""
        there = self._now.values.get(twin, {})
        if not there:
            return
        decision = self._decision(each)
        decision = replace(decision, keep=decision.keep | (kept - decision.take))
        each.differences = differences.compare(there, here, decision, winning)
        taken = {one.field: one.here for one in each.differences if one.take}
        if not taken:
            return
        each.fate = "changed"
        self._now.moved.add(twin)
        guarded = fields.guarded("person")
        each.awaits = there.get("status") == "approved" and not guarded.isdisjoint(taken)
        there.update(
            {name: value for name, value in taken.items() if not each.awaits or name not in guarded}
        )
        if each.person_id:
            write = Taken(each.person_id, taken, self.readying.source(each.row))
            self._now.writes.append((each, write))

    def _decision(self, each: Judged) -> RowDecision:
        return self.options.decisions.get(each.row.key, differences.PLAIN)

    def _sealable(self, row: Understood) -> dict[str, str]:
        """What the row says in restricted fields, as far as this user may and can write it."""
        if self.ws.restricted is None:
            return {}
        said = row.row.closed.items()
        return {name: value for name, value in said if value != discretion.UNCLEAR}

    def _tell_closed(self, each: Judged) -> None:
        """What a row says and not everybody may read: sealed for somebody new, else kept out."""
        sealed = each.fate in ("new", "maybe") and self._sealable(each.row) == each.row.row.closed
        each.row.tell("", "restricted_sealed" if sealed else "restricted_kept_out", "")

    def _write(self, session: Session) -> None:
        """Write the slice; a row that cannot be written after all is refused."""
        writes = self._now.writes
        facts = {one.id: one for one in self._now.facts.values()}
        judged = Judgement(facts, self._now.matches)
        asked = [each for _, each in writes]
        answers = import_slice.write(self.ws, session, self.run_id, asked, judged)
        self.created += [write.id for _, write in writes if isinstance(write, Entered)]
        for (each, _), answer in zip(writes, answers, strict=True):
            if isinstance(answer, Refused):
                each.fate = "refused"
                each.row.problems += [finding(problem) for problem in answer.problems]


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


def _names(rows: list[Understood]) -> tuple[set[str], set[str]]:
    """The ids, and of rows without one the numbers, that rows name people by."""
    ids = {row.person_id for row in rows if row.person_id}
    numbers = {number for row in rows if not row.person_id for number in _numbers(row)}
    return ids, numbers


def _numbers(row: Understood) -> list[str]:
    return [str(row.values[name]) for name in NUMBERS if row.values.get(name)]


def _ready(each: Judged) -> Entered:
    assert each.ready is not None
    return each.ready.entered
