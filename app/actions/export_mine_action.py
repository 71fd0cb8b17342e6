"""Write the mine-action report into a folder: accidents and victims as CSV and XLSX, and what
rows lack. Without names it points at nobody; with names both approvals are asked for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import access, accident_list, cold_start, file_password, sharing
from app.errors import Problem, Refused, file_trouble
from app.imports.writing import Page, write_csv, write_xlsx
from app.reports import mine_action as report
from app.reports.mine_action import AccidentFacts, VictimFacts
from app.rules import accident as rules
from app.values.mine_action import Lacking, MineActionDone, MineActionRequest
from app.values.sharing import Leave, SharingDraft
from app.wording import say, translate
from app.workspace import Workspace
from data import fields, units
from data.records import accident as accidents
from data.records import merger
from data.records import victim as victims
from data.records.accident import Accident
from data.records.person import Person
from data.records.victim import Victim

PURPOSE = "mine_action"
ACCIDENTS, VICTIMS, PROBLEMS, BOOK = (
    "accidents.csv",
    "victims.csv",
    "problems.csv",
    "mine_action.xlsx",
)
HEADINGS = ("report_id", "field", "code", "message")


def write(ws: Workspace, request: MineActionRequest) -> MineActionDone:
    """Write accidents.csv, victims.csv, problems.csv and mine_action.xlsx; what is there is
    replaced, and in the log before it can be seen.

    Names go only to a named recipient, of who may be shared with it (`sharing.leaves`); the others
    stay nameless and are told in the problems. Raises Refused: not_allowed,
    mine_action_names_to_whom, mine_action_folder, file_password_needed.
    """
    ws.demand("export")
    file_password.demand(ws)
    if request.names and not request.recipient.strip():
        raise Refused.one("mine_action_names_to_whom", "recipient")
    with ws.db.read() as session:
        cold_start.demand_rows(session)
        told, hurt, remarks = _gather(session)
    persons = [one.person["id"] for one in hurt if one.person]
    leave: Mapping[str, Leave] = {}
    if request.names:
        ws.demand("names")
        leave, withheld = sharing.leaves(ws, [str(one) for one in persons], PURPOSE,
                                         request.recipient)  # fmt: skip
        remarks += _nameless(hurt, leave, withheld)
        hurt = [_named(one, leave) for one in hurt]
    remarks += [each for one in told for each in _lacks(one)]
    remarks += [each for one in hurt for each in _lacks_of(one)]
    access.seen_many(ws, [str(one) for one in persons], "export", "mine-action")
    named = [one.person["id"] for one in hurt if one.named]
    what = translate("Báo cáo bom mìn có tên")
    sharing.record(ws, [leave[str(one)] for one in dict.fromkeys(named)], what)
    files = _write(request.out, told, hurt, remarks, ws.file_password)
    return MineActionDone(files, len(told), len(hurt), len(named), tuple(remarks))


def ask(ws: Workspace, recipient: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Ask the head to share the names of all registered victims with a recipient at once.

    Answers as `sharing.request`: ids, and who lacks what. Raises Refused: not_allowed,
    mine_action_names_to_whom.
    """
    ws.demand("enter")
    if not recipient.strip():
        raise Refused.one("mine_action_names_to_whom", "recipient")
    with ws.db.read() as session:
        _told, hurt, _remarks = _gather(session)
    persons = tuple(dict.fromkeys(str(one.person["id"]) for one in hurt if one.person))
    why = translate("Báo cáo bom mìn có tên")
    return sharing.request(ws, SharingDraft(persons, PURPOSE, recipient, why))


def _gather(session: Session) -> tuple[list[AccidentFacts], list[VictimFacts], list[Lacking]]:
    """Every accident with its victims, then the victims whose accident nobody knows."""
    told, hurt, remarks = [], [], []
    for row in accidents.all_of(session):
        places, twice = _places(session, row)
        values = accident_list.shown("accident", row)
        every = sorted(victims.of_accident(session, row.id), key=lambda one: places[one.id])
        rows, again = victims.once(session, every)
        found = [_victim(session, one, places[one.id], values) for one in rows]
        here = [one for one in found if one is not None]
        remarks += [*twice, *_again(here, again)]
        told.append(_accident(row, values, here))
        hurt += here
        for one in accident_list.remarks(row, rows):
            remarks.append(_lacking(report.accident_id(row.id), one))
    rows, again = victims.once(session, victims.without_accident(session))
    found = [_victim(session, one, 0, {}) for one in rows]
    alone = [one for one in found if one is not None]
    return told, hurt + alone, remarks + _again(alone, again)


def _again(told: list[VictimFacts], again: Mapping[str, Victim]) -> list[Lacking]:
    """Who stands in the book twice, beside the row that goes out for her."""
    twice = {one.id for one in again.values()}
    return [
        _lacking(report.victim_id(one), Problem.of("mine_victim_twice", "vi_id"))
        for one in told
        if one.id in twice
    ]


def _places(session: Session, row: Accident) -> tuple[dict[str, int], list[Lacking]]:
    stored = [(one.id, one.number) for one in victims.ever_of_accident(session, row.id)]
    places = rules.numbers(stored)
    moved = [number for key, number in stored if number is not None and places[key] != number]
    key = report.accident_id(row.id)
    return places, [
        _lacking(key, Problem.of("mine_number_twice", "vi_id", number)) for number in moved
    ]


def _accident(
    row: Accident, values: Mapping[str, object], hurt: list[VictimFacts]
) -> AccidentFacts:
    key = row.accident_commune or ""
    above = {one.level: one.name for one in units.path(key)} if units.has(key) else {}
    return AccidentFacts(
        id=row.id,
        values=values,
        province=above.get("province", ""),
        district=above.get("district", ""),
        commune=above.get("commune", ""),
        consequences=tuple(str(one.values.get("consequence") or "") for one in hurt),
    )


def _victim(
    session: Session, row: Victim, number: int, accident: Mapping[str, object]
) -> VictimFacts | None:
    """A victim ready to be told; None when the person was removed from the book."""
    who = session.get(Person, merger.survivor(session, row.person_id)) if row.person_id else None
    if who is not None and who.deleted_at:
        return None
    person: dict[str, object] = {}
    if who is not None:
        open_ones = [field.name for field in fields.of("person") if not field.restricted]
        person = {name: getattr(who, name) for name in open_ones} | {"id": who.id}
    values = accident_list.shown("victim", row)
    return VictimFacts(row.id, row.accident_id or "", number, values, accident, person, False)


def _named(one: VictimFacts, leave: Mapping[str, Leave]) -> VictimFacts:
    named = str(one.person.get("id")) in leave
    return VictimFacts(one.id, one.accident_id, one.number, one.values, one.accident, one.person,
                       named)  # fmt: skip


def _nameless(
    hurt: list[VictimFacts], leave: Mapping[str, Leave], why: tuple[Problem, ...]
) -> list[Lacking]:
    """Whose name is withheld though names were asked for, and what would let it out."""
    reasons: dict[str, list[str]] = {}
    for one in why:
        reasons.setdefault(one.value, []).append(one.code)
    found = []
    for victim in hurt:
        key = report.victim_id(victim)
        if not victim.person:
            found.append(_lacking(key, Problem.of("mine_name_unregistered", "vi_name")))
        elif victim.person["id"] not in leave:
            codes = reasons.get(str(victim.person["id"]), [])
            words = " ".join(_without_name(code) for code in codes)
            found.append(_lacking(key, Problem.of("mine_name_withheld", "vi_name", why=words)))
    return found


def _without_name(code: str) -> str:
    """Why something may not be shared, in words that name nobody: the list leaves the office."""
    words = say(code, {"name": "", "purpose": translate("báo cáo bom mìn"), "recipient": "…"})
    return words.removeprefix(": ")[:1].upper() + words.removeprefix(": ")[1:]


def _lacks(one: AccidentFacts) -> Iterator[Lacking]:
    key = report.accident_id(one.id)
    for name, field, code in (
        ("accident_on", "ac_date", "mine_date_unknown"),
        ("accident_commune", "ac_subdistrict", "mine_place_unknown"),
        ("accident_accuracy", "ac_location", "mine_accuracy_unknown"),
        ("device", "ac_eo", "mine_device_unknown"),
    ):
        if not one.values.get(name):
            yield _lacking(key, Problem.of(code, field))


def _lacks_of(one: VictimFacts) -> Iterator[Lacking]:
    key = report.victim_id(one)
    lost = one.values.get("later_consequence") == rules.IMPAIRED and not one.values.get("losses")
    for missing, field, code in (
        (not (one.person.get("sex") or one.values.get("victim_sex")), "vi_gender",
         "mine_sex_unknown"),
        (report.age(one) is None, "vi_age_accident", "mine_age_unknown"),
        (not one.values.get("consequence"), "vi_consequence", "mine_consequence_unknown"),
        (lost, "vi_loss_check", "mine_loss_unknown"),
    ):  # fmt: skip
        if missing:
            yield _lacking(key, Problem.of(code, field))


def _lacking(report_id: str, problem: Problem) -> Lacking:
    return Lacking(report_id, problem.field, problem.code, problem.message)


def _write(
    out: Path,
    told: list[AccidentFacts],
    hurt: list[VictimFacts],
    remarks: list[Lacking],
    password: str,
) -> tuple[Path, ...]:
    pages = (
        (ACCIDENTS, [report.headings(report.ACCIDENT), *map(report.accident_row, told)]),
        (VICTIMS, [report.headings(report.VICTIM), *map(report.victim_row, hurt)]),
        (PROBLEMS, [HEADINGS, *((r.report_id, r.field, r.code, r.message) for r in remarks)]),
    )
    try:
        out.mkdir(parents=True, exist_ok=True)
        files = [write_csv(out / name, rows, password) for name, rows in pages]
        sheets = [Page(name.removesuffix(".csv"), rows, 1) for name, rows in pages]
        files.append(write_xlsx(out / BOOK, sheets, password))
    except OSError as error:
        reason = file_trouble(error)
        raise Refused.one("mine_action_folder", "out", out.name, reason=reason) from error
    return tuple(files)
