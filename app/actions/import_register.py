"""An existing register taken over as opening stock, and the minute it must agree with."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.actions import import_slice, settings
from app.actions.import_rows import Judged
from app.errors import Refused
from app.imports import birth, discretion
from app.imports.findings import Finding, Understood
from app.papers import handover as paper
from app.rules import care_case as rules
from app.rules import certificate as certificate_rules
from app.values.care_case import CaseDraft
from app.values.imports import Handover, TotalLine
from app.wording import translate
from app.workspace import Workspace
from data import codes, units
from data.base import instant_text
from data.records import care_case, people
from data.records.import_run import ImportRun
from data.records.person import Person

CERTIFICATES, CASES, ALLOWANCES = "certificates", "cases", "allowances"
TABLES = ("all", "commune", "degree", "kind")
ORIGIN, REASON = "paper", "Theo hồ sơ cũ"
"""A case taken over; kept in Vietnamese whatever the program's language, as all that is typed."""
ASKED_MAX = 500
KNOWN = "certificate_on_paper_twice"
"""A line that is in the book already, from the same list read before."""


@dataclass
class Opening:
    """What a register says, line by line, while it is brought in."""

    ws: Workspace
    file_name: str
    register: str
    lines: list[dict[str, object]] = field(default_factory=list)

    def prepare(self, rows: Sequence[Understood]) -> None:
        """Refuse lines that are none of this register; say of the others what they imply."""
        for row in rows:
            if self.register == CERTIFICATES and not row.values.get("certificate_number"):
                row.tell("certificate_number", "register_number_missing", "")
            elif self.register == CERTIFICATES and not row.row.values.get("certificate_on"):
                row.tell("certificate_on", "certificate_day_missing", "")
            elif self.register == CASES and not self._draft(row).opened_on:
                opened = row.row.values.get("case_opened_on", "")
                row.tell("case_opened_on", "register_day_missing", opened)
            elif self.register == CASES and _step(row) not in ("", *rules.LIVE):
                row.tell("case_step", "register_step_unknown", row.row.values["case_step"])
            elif self.register == ALLOWANCES:
                row.values["allowance_monthly"] = "yes"
                if not row.values.get("allowance_amount"):
                    row.tell("allowance_amount", "register_amount_missing", "")

    def take(self, judged: Sequence[Judged], run_id: str) -> None:
        """Open the cases of a slice that was written; keep every line for the totals."""
        if self.register == CASES and run_id:
            self._open(judged, run_id)
        if self.register == CERTIFICATES and run_id:
            self._take_certificates(judged, run_id)
        for each in judged:
            if "row_unclear" not in {one.code for one in each.row.problems}:
                self.lines.append(self._line(each))

    def keep(self, run_id: str) -> None:
        """Keep the lines with the import, for the minute."""
        with self.ws.db.write(self.ws.author("import")) as session:
            run = session.get_one(ImportRun, run_id)
            run.opening = json.dumps(self.lines, ensure_ascii=False)

    def _open(self, judged: Sequence[Judged], run_id: str) -> None:
        waiting = [each for each in judged if each.person_id and each.fate != "refused"]
        with self.ws.db.read() as session:
            known = {
                each.person_id: {case.case_number for case in _cases(session, each.person_id)}
                for each in waiting
            }
        waiting = [
            each
            for each in waiting
            if (self._draft(each.row).case_number or None) not in known[each.person_id]
        ]
        drafts = [
            (
                each.person_id,
                self._draft(each.row),
                discretion.source(self.file_name, each.row.row.sheet, each.row.row.number),
            )
            for each in waiting
        ]
        answers = import_slice.open_cases(self.ws, run_id, drafts)
        for each, answer in zip(waiting, answers, strict=True):
            if isinstance(answer, Refused):
                told = [Finding(one.field, one.code, one.value) for one in answer.problems]
                each.row.warnings += told

    def _take_certificates(self, judged: Sequence[Judged], run_id: str) -> None:
        """Every line is a certificate of its own from now on, as it stands on paper."""
        taken = [each for each in judged if each.person_id and each.fate != "refused"]
        lines = [
            (
                each.person_id,
                _certificate(each.row),
                discretion.source(self.file_name, each.row.row.sheet, each.row.row.number),
            )
            for each in taken
        ]
        answers = import_slice.take_certificates(self.ws, run_id, lines)
        for each, answer in zip(taken, answers, strict=True):
            if isinstance(answer, Refused):
                told = [one for one in answer.problems if one.code != KNOWN]
                each.row.warnings += [Finding(one.field, one.code, one.value) for one in told]

    def _draft(self, row: Understood) -> CaseDraft:
        cells, kinds = row.row.values, row.row.kinds
        written = cells.get("case_opened_on", "")
        kind = kinds.get("case_opened_on", "text")
        opened = birth.parse(written, kind, self.ws.today()).value if written else None
        return CaseDraft(
            reason=cells.get("case_reason") or REASON,
            worker=cells.get("case_worker", ""),
            opened_on=opened or "",
            origin=ORIGIN,
            case_number=cells.get("case_number", ""),
            step=_step(row),
        )

    def _line(self, each: Judged) -> dict[str, object]:
        values = each.row.values
        amount = values.get("allowance_amount")
        return {
            "person": each.person_id if each.fate != "refused" else "",
            "mark": self._mark(each.row),
            "commune": values.get("commune") or "",
            "degree": values.get("degree") or "",
            "kind": _kind(self.register, values.get("types"), values.get("allowance_category")),
            "amount": amount if self.register == ALLOWANCES and isinstance(amount, int) else 0,
        }

    def _mark(self, row: Understood) -> str:
        if self.register == CERTIFICATES:
            return str(row.values.get("certificate_number") or "")
        if self.register == CASES:
            draft = self._draft(row)
            return draft.case_number or draft.opened_on
        return str(row.values.get("allowance_amount") or "")


def compare(ws: Workspace, run_id: str) -> Handover:
    """The totals of a register in its list and in the store as it stands now.

    A line counts as found when its person carries the same certificate number, a case of the same
    number (or day), or the same amount. Raises Refused (`handover_unknown`).
    """
    ws.demand("view")
    with ws.db.read() as session:
        run = _run(session, run_id)
        lines = json.loads(run.opening)
        found = _found(session, run.kind, lines)
        listed, held = _totals(lines), _totals([one for one in lines if _key(one) in found])
        return Handover(
            run.id,
            run.kind,
            run.file_name,
            run.started_at,
            run.by,
            tuple(_compared(listed, held)),
            run.confirmed_at,
            run.confirmed_by,
            run.confirmed_note or "",
            _shared(lines) if run.kind == CERTIFICATES else (),
        )


def minute(ws: Workspace, run_id: str) -> bytes:
    """The hand-over minute as a PDF, to be signed by both sides. Raises Refused, FontMissing."""
    ws.demand("print")
    return paper.typeset(compare(ws, run_id), settings.letterhead(ws), translate)


def confirm(ws: Workspace, run_id: str, note: str = "") -> Handover:
    """A person confirms that the signed minute agrees; where it does not, with the reason.

    Raises Refused: handover_unknown, handover_confirmed, handover_differs (a reason is needed).
    """
    ws.demand("approve")
    found = compare(ws, run_id)
    if found.confirmed_at:
        raise Refused.one("handover_confirmed", "id", run_id, at=found.confirmed_at[:10])
    if not found.agrees and not note.strip():
        raise Refused.one("handover_differs", "note")
    with ws.db.write(ws.author("import")) as session:
        run = _run(session, run_id)
        run.confirmed_at, run.confirmed_by = instant_text(ws.clock()), ws.user.login
        run.confirmed_note = note.strip() or None
    return compare(ws, run_id)


def _run(session: Session, run_id: str) -> ImportRun:
    run = session.get(ImportRun, run_id)
    if run is None or not run.opening:
        raise Refused.one("handover_unknown", "id", run_id)
    return run


def _key(line: dict[str, object]) -> tuple[str, str]:
    return str(line["person"]), str(line["mark"])


def _shared(lines: Sequence[dict[str, object]]) -> tuple[str, ...]:
    """The certificate numbers that several persons of the list carry."""
    persons: dict[str, list[str]] = {}
    for line in lines:
        persons.setdefault(str(line["mark"]), []).append(str(line["person"]))
    return tuple(
        mark
        for mark, whose in sorted(persons.items())
        if mark and len(whose) > 1 and (len(set(whose)) > 1 or not whose[0])
    )


def _found(
    session: Session, register: str, lines: Sequence[dict[str, object]]
) -> set[tuple[str, str]]:
    """The (person, mark) pairs that the store holds."""
    ids = sorted({str(line["person"]) for line in lines} - {""})
    found: set[tuple[str, str]] = set()
    for start in range(0, len(ids), ASKED_MAX):
        for person in people.with_ids(session, ids[start : start + ASKED_MAX]):
            found |= {(person.id, mark) for mark in _marks(session, register, person)}
    return found


def _marks(session: Session, register: str, person: Person) -> Iterator[str]:
    if register == CERTIFICATES:
        yield person.certificate_number or ""
    elif register == ALLOWANCES:
        yield str(getattr(person, "allowance_amount") or "")  # noqa: B009 - from the dictionary
    else:
        for case in _cases(session, person.id):
            yield case.case_number or case.opened_on or ""


def _cases(session: Session, person_id: str) -> list[care_case.CareCase]:
    return care_case.of_person(session, person_id)


def _totals(lines: Sequence[dict[str, object]]) -> dict[tuple[str, str], tuple[int, int]]:
    counts: Counter[tuple[str, str]] = Counter()
    money: Counter[tuple[str, str]] = Counter()
    for line in lines:
        for table in TABLES:
            place = (table, "" if table == "all" else str(line[table]))
            counts[place] += 1
            money[place] += int(str(line["amount"]))
    return {place: (counts[place], money[place]) for place in counts}


def _compared(
    listed: dict[tuple[str, str], tuple[int, int]], held: dict[tuple[str, str], tuple[int, int]]
) -> Iterator[TotalLine]:
    for table in TABLES:
        for place in sorted(place for place in listed if place[0] == table):
            (count, money), (found, found_money) = listed[place], held.get(place, (0, 0))
            yield TotalLine(table, _label(*place), count, found, money, found_money)


def _certificate(row: Understood) -> dict[str, object]:
    """What a line of the register says of the certificate itself."""
    values = row.values
    types = values.get("types")
    degree = values.get("degree")
    return {
        "certificate_number": values.get("certificate_number"),
        "issued_on": values.get("certificate_on"),
        "issued_by": values.get("certificate_by"),
        "types": tuple(types) if isinstance(types, tuple) else tuple(str(types or "").split()),
        "degree": degree if degree in certificate_rules.DEGREES else None,
    }


def _step(row: Understood) -> str:
    """Where a paper file stands by its list; the words as they are where nobody knows them."""
    written = row.row.values.get("case_step", "").strip()
    return codes.match("case_status", written) or written if written else ""


def _kind(register: str, types: object, category: object) -> str:
    if register == ALLOWANCES:
        return str(category or "")
    return " ".join(types) if isinstance(types, tuple) else str(types or "")


def _label(table: str, key: str) -> str:
    if table == "all":
        return translate("Tổng số")
    if not key:
        return translate("Không rõ")
    if table == "commune":
        return units.full_name(key)
    if table == "degree":
        return codes.label("degree", key)
    known = [word for word in key.split() if codes.has("disability_type", word)]
    return ", ".join(codes.label("disability_type", word) for word in known) or key
