"""Bring a list of persons in: look first, then slice by slice, and hand back what was refused."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from app.actions import (
    cold_start,
    field_values,
    import_layout,
    import_ready,
    likeness,
    reform_plan,
)
from app.actions.field_values import Ground
from app.actions.import_certificates import Certificates
from app.actions.import_ready import Ready, Readying
from app.actions.import_register import Opening
from app.actions.import_rows import Judged, Slices
from app.actions.import_slice import rows_at
from app.actions.national_in import Incoming
from app.errors import Problem, Refused
from app.imports import ahead, birth, differences, discretion, handback, labels, legacy
from app.imports.findings import Finding, Understood
from app.imports.listing import LOST_ROWS, Pass, label_of
from app.imports.places import Gazetteer
from app.imports.reading import ListFile, open_list
from app.imports.sheet import COLUMNS_MAX
from app.imports.understanding import Reader
from app.rules import dates
from app.values.duplicates import Alike
from app.values.imports import (
    BY_HAND,
    Difference,
    ImportOptions,
    ImportPreview,
    ImportResult,
    PreviewRow,
    RowProblem,
)
from app.wording import language, say
from app.workspace import Workspace
from data import fields, national_layouts
from data.records import import_run

PREVIEW_ROWS = 200
WARNINGS_MAX = 5_000
AHEAD_FROM_BYTES = 120_000
"""About 3,000 rows: for fewer a second process, which takes half a second to begin, does not pay"""
COLLECTED_AFTER = 50_000
"""Objects made and kept before the first search for circular garbage."""
FATES = ("new", "same", "changed", "maybe", "refused")

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def fields_for_columns() -> tuple[str, ...]:
    """What a column may be mapped to, for the wizard: parts first, then the persons' fields."""
    return (*labels.PARTS, *(each.name for each in fields.of("person") if not each.restricted))


def preview(
    ws: Workspace,
    path: Path,
    options: ImportOptions | None = None,
    rows_shown: int = PREVIEW_ROWS,
    cancelled: Cancelled | None = None,
) -> ImportPreview:
    """What a list would bring, without writing anything; the first rows and the refused ones.

    Raises Refused for a file that cannot be a list (see app.imports.reading) or has no headings.
    """
    ws.demand("import")
    chosen = replace(options or ImportOptions(), dry_run=True)
    file = _opened(path, chosen)
    likeness.settle(ws)
    looked = _Run(ws, file, chosen, None, cancelled)
    shown: list[PreviewRow] = []
    with _seldom_collected():
        for judged in looked.rows():
            worth = judged.fate == "refused" or judged.row.key in chosen.edits
            if len(shown) < rows_shown or (worth and len(shown) < 2 * rows_shown):
                shown.append(preview_row(judged, chosen, _alike(ws, judged, chosen)))
    with ws.db.read() as session:
        before = import_run.last_of(session, file.sha256())
    return ImportPreview(
        file=path.name,
        sheets=tuple(looked.reading.sheets),
        rows=tuple(shown),
        total=looked.counts.total(),
        fates={fate: looked.counts[fate] for fate in FATES},
        refused=tuple(looked.refused),
        warnings=tuple(looked.warnings),
        encodings=dict(looked.reading.encodings),
        unsure=tuple(looked.reading.unsure[:3]),
        questions=tuple(looked.reading.questions),
        brought_before=before,
    )


def run(
    ws: Workspace,
    path: Path,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportResult:
    """Bring the list in, in slices of up to 1,000 rows; each slice is one transaction.

    A row that cannot be taken is told in `refused` and hinders nobody. For people who are known
    already, what is empty is filled and what is there is kept, but for the options' decisions;
    guarded fields of an approved person await approval. `progress(done, total)` is called after
    each slice (total is a guess until the end); `cancelled` is asked before each: the slices
    written until then stay, and running the list again goes on where it stopped. Raises Refused
    when the file cannot be a list, and data.errors (DiskFull, ...) with whole slices kept.
    """
    ws.demand("import")
    chosen = options or ImportOptions()
    with ws.db.read() as session:
        cold_start.demand_rows(session)
    work = _Run(ws, _opened(path, chosen), chosen, progress, cancelled)
    likeness.settle(ws)
    with _seldom_collected():
        for _ in work.rows():
            pass
    work.finish()
    return work.result()


def refused_file(result: ImportResult, path: Path, options: ImportOptions | None = None) -> int:
    """Write the refused rows of a run with their reasons as .xlsx; answers how many they are.

    Raises Refused when the list itself is no longer there, OSError when `path` is not writable.
    """
    if result.source is None:
        return 0
    return handback.write(open_list(result.source), result.refused, path, options)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Let the search for circular garbage wait for more of it: rows make hardly any.

    At its usual pace it takes a fifth of an import on the command line (the window looks itself).
    """
    before = gc.get_threshold()
    gc.set_threshold(max(COLLECTED_AFTER, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _opened(path: Path, options: ImportOptions) -> ListFile:
    problems = [
        Problem.of("list_mapping_unknown", "mapping", name)
        for name in (options.mapping or {}).values()
        if name and not labels.is_field(name)
    ]
    problems += [
        Problem.of("list_encoding_unknown", "encodings", name)
        for name in options.encodings.values()
        if name not in (*legacy.OLD, "unicode")
    ]
    if options.register and labels.in_register(options.register) is None:
        problems.append(Problem.of("register_unknown", "register", options.register))
    if problems:
        raise Refused(problems)
    return open_list(path)


@dataclass
class _Run:
    """One run over a list, and what came of it so far."""

    ws: Workspace
    file: ListFile
    options: ImportOptions
    progress: Progress | None
    cancelled: Cancelled | None
    id: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)
    stopped: bool = False

    def __post_init__(self) -> None:
        with self.ws.db.read() as session:
            answers = reform_plan.answers_of(session)
        said = {place: answer.new for place, answer in answers.items()}
        reader = Reader(Gazetteer(self.ws.office.units, said), self.ws.today())
        self.reading = Pass(self.file, reader, self.options, import_layout.recall(self.ws))
        self.total = self.file.rows_about()
        name = discretion.blotted(self.file.path.name)
        status = "draft" if self.options.draft else "waiting"
        self.readying = Readying(Ground.of(self.ws), name, status, answers)
        self.slices = Slices(self.ws, self.readying, self.options)
        kind = self.options.register
        self.certificates = Certificates(self.ws)
        layout = national_layouts.all_of().get(kind)
        self.opening: Opening | Incoming | None = None
        if layout is not None:
            self.opening = Incoming(self.ws, name, layout, self.file.sha256())
        elif kind:
            self.opening = Opening(self.ws, name, kind)

    def rows(self) -> Iterator[Judged]:
        """Every row with its fate (new, same, changed, maybe, refused), written as the run goes."""
        waiting: list[tuple[Understood, Ready | None]] = []
        beside = self.file.path.stat().st_size >= AHEAD_FROM_BYTES
        ready = self.readying if self.opening is None else import_ready.later
        here = ((row, ready(row)) for row in self.reading.persons())
        for row in ahead.persons(self.reading, ready) if beside else here:
            waiting.append(row)
            if len(waiting) < rows_at(self._read_rows):
                continue
            if self.cancelled is not None and self.cancelled():
                self.stopped = True
                return
            yield from self._slice(waiting)
            waiting = []
        yield from self._slice(waiting)
        for sheet, number, told in self.certificates.late:
            words = say(told.code, {"value": told.value})
            self.warnings.append(RowProblem(sheet, number, *told, words))
        for remark in self.reading.remarks:
            (self.refused if remark.code in LOST_ROWS else self.warnings).append(remark)
        code = self.reading.refusal()
        if code:
            raise Refused.one(code, "file", self.file.path.name, limit=COLUMNS_MAX)

    def _slice(self, some: list[tuple[Understood, Ready | None]]) -> Iterator[Judged]:
        rows = [row for row, _ready in some]
        if rows and not self.id and not self.options.dry_run:
            self.begin()
        if self.opening is not None:
            self.opening.prepare(rows)
            some = [(row, self.readying(row)) for row in rows]
        held = self.certificates.held(rows)
        taken = self.slices.take(some)
        self.certificates.tell(taken, held)
        if self.opening is not None:
            self.opening.take(taken, "" if self.options.dry_run else self.id)
        for judged in taken:
            row = judged.row
            self.counts[judged.fate] += 1
            self.counts["awaiting"] += judged.awaits
            if judged.fate == "refused":
                self.refused += [row_problem(row, each) for each in row.problems]
            room = len(self.warnings) < WARNINGS_MAX
            self.warnings += [
                row_problem(row, each) for each in row.warnings if room or each.code in BY_HAND
            ]
            yield judged
        if self.progress is not None and rows:
            done = self._read_rows
            self.progress(done, max(self.total, done))

    @property
    def _read_rows(self) -> int:
        return sum(self.counts[fate] for fate in FATES)

    def begin(self) -> None:
        """Remember that this file is being brought in, by whom and when."""
        kind = self.options.register or ("corrections" if self.options.corrections else "list")
        self.id = import_layout.begin(self.ws, self.file, kind)
        self.slices.run_id = self.id

    def finish(self) -> None:
        """Remember what came of it, and how its columns were taken."""
        if not self.id:
            return
        blotted = discretion.blotted
        columns = {
            blotted(sheet.name): {
                column.letter: [blotted(column.header), column.field] for column in sheet.columns
            }
            for sheet in self.reading.sheets
        }
        counts = {fate: self.counts[fate] for fate in FATES} | {"cancelled": int(self.stopped)}
        import_layout.finish(self.ws, self.id, counts, columns)
        if self.opening is not None:
            self.opening.keep(self.id)
        import_layout.remember(self.ws, self.reading, self.options)

    def result(self) -> ImportResult:
        """What came of the run."""
        return ImportResult(
            rows=self._read_rows,
            created=self.counts["new"] + self.counts["maybe"],
            matched=self.counts["same"] + self.counts["changed"],
            changed=self.counts["changed"],
            awaiting=self.counts["awaiting"],
            possible_duplicates=self.counts["maybe"],
            refused=tuple(self.refused),
            warnings=tuple(self.warnings),
            encodings=dict(self.reading.encodings),
            questions=tuple(self.reading.questions),
            id=self.id,
            cancelled=self.stopped,
            source=self.file.path,
            people=tuple(self.slices.created),
        )


def row_problem(row: Understood, finding: Finding) -> RowProblem:
    """A finding about a row as it crosses the floor, with its sentence."""
    name = finding.field
    facts: dict[str, object] = {"value": finding.value, "label": label_of(name), "field": name}
    facts["name"] = str(row.values.get("name") or "")
    if finding.code == "birth_no_such_day":
        facts |= dates.no_such_day(finding.value, date.today())
    if finding.code == birth.GUESSED:
        facts["day"] = dates.show(str(row.values.get(name) or ""), language())
    message = say(finding.code, facts)
    return RowProblem(row.row.sheet, row.row.number, name, finding.code, finding.value, message)


def _alike(ws: Workspace, judged: Judged, options: ImportOptions) -> tuple[Alike, ...]:
    """All whom a row resembles, where the officer says who it is."""
    decided = options.decisions.get(judged.row.key)
    if not judged.twin or not (judged.fate == "maybe" or (decided and decided.fate)):
        return ()
    return likeness.alike(ws, judged.row.values)


def preview_row(
    judged: Judged, options: ImportOptions, alike: tuple[Alike, ...] = ()
) -> PreviewRow:
    """A row as the wizard shows it."""
    row = judged.row
    shown = {
        name: field_values.readable(fields.get("person", name), value)
        for name, value in row.values.items()
    }
    return PreviewRow(
        row.row.sheet,
        row.row.number,
        row.row.raw,
        dict(row.values),
        shown,
        tuple(row_problem(row, each) for each in row.problems),
        tuple(row_problem(row, each) for each in row.warnings),
        judged.fate,
        judged.twin_name,
        judged.twin,
        tuple(_difference(each, judged) for each in judged.differences),
        frozenset(options.edits.get(row.key, ())),
        alike,
    )


def _difference(one: differences.Difference, judged: Judged) -> Difference:
    about = fields.get("person", one.field)
    there, here = (field_values.readable(about, value) for value in (one.there, one.here))
    waits = judged.awaits and about.guarded and one.take
    return Difference(one.field, about.label(language()), there, here, one.take, waits)
