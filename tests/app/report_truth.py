"""Every report once more, row by row in Python over what plain SELECTs answered: no line of the
engine's, no condition of the catalogue's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import working_days

KINDS = (
    *("person", "need", "care_case", "case_review", "case_note", "accident", "victim"),
    *("training_class", "workshop", "delegate", "application", "hearing", "medical_referral"),
    *("certificate", "amendment"),
)
Row = Mapping[str, Any]
Key = tuple[str | None, str]
GONE, OVER = ("dead", "left"), ("closed", "refused", "cancelled")
LIVE = ("new", "connecting", "partly_met")
GROUPS = {"medical": "medical", "livelihood": "education_work", "social": "social",
          "family": "family", "facility": "admission"}  # fmt: skip
TYPES = ("mobility", "hearing_speech", "vision", "neuro_psychiatric", "intellectual", "other")
REASONS = {"goal_reached": "goal", "dead_or_missing": "dead", "moved_away": "moved",
           "no_contact": "no_contact"}  # fmt: skip
DEGREES = ("profound", "severe", "mild")
FROM_STORE = (("reissue", "lost"), ("exchange", "wrong_data"), ("exchange", "damaged"))
SPANS = {"council": 25, "store": 5, "board": 5}


@dataclass
class Cells:
    """Who or what stands in each cell, by row (None for the total) and column."""

    found: dict[Key, set[Any]] = field(default_factory=lambda: defaultdict(set))

    def put(self, rows: Iterable[str], key: Any, *columns: str) -> None:
        for column in columns:
            for row in (None, *rows):
                self.found[row, column].add(key)

    def __getitem__(self, key: Key) -> int:
        return len(self.found.get(key, ()))


@dataclass
class Stood:
    """All rows as they stood at the end of a day."""

    rows: Mapping[str, list[Row]]

    @classmethod
    def now(cls, session: Session) -> Stood:
        found = {
            kind: [dict(row) for row in session.execute(text(f'SELECT * FROM "{kind}"')).mappings()]
            for kind in KINDS
        }
        return cls(found)

    def all(self, kind: str) -> list[Row]:
        return [one for one in self.rows[kind] if not one["deleted_at"]]

    def listed(self) -> dict[str, Row]:
        return {one["id"]: one for one in self.all("person") if not one["merged_into"]}

    def approved(self) -> dict[str, Row]:
        return {
            key: one
            for key, one in self.listed().items()
            if one["status"] == "approved" and one["life_state"] not in GONE
        }

    def standing(self) -> dict[str, Row]:
        return {key: one for key, one in self.approved().items() if disabled(one) or victim(one)}

    def whose(self, one: Row) -> Row | None:
        """The listed person that a row belongs to through every merger; None when not listed."""
        leads = {each["id"]: each["merged_into"] for each in self.rows["person"]}
        at = one["person_id"]
        while leads.get(at):
            at = leads[at]
        return self.listed().get(at)

    def theirs(self, kind: str) -> Iterator[tuple[Row, Row]]:
        for one in self.all(kind):
            who = self.whose(one)
            if who is not None:
                yield one, who

    def cases(self) -> set[str]:
        return {one["id"] for one, _who in self.theirs("care_case")
                if one["case_status"] not in OVER}  # fmt: skip


def disabled(one: Row) -> bool:
    return bool(one["types"] or one["degree"]) and one["degree"] != "not_disabled"


def victim(one: Row) -> bool:
    return bool(one["mine_victim"])


def years(birth: str, day: str) -> int:
    whole = birth + "-01-01"[len(birth) - 4 :]
    born, on = date.fromisoformat(whole), date.fromisoformat(day)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def band(birth: str | None, day: str) -> str:
    if not birth:
        return "age_unknown"
    for last, name in ((5, "0_5"), (15, "6_15"), (59, "16_59"), (79, "60_79")):
        if years(birth, day) <= last:
            return f"age_{name}"
    return "age_80"


def of(name: str, now: Stood, before: Stood, days: tuple[str, str]) -> Cells:
    """The cells of a report from the first to the last of two days."""
    cells = Cells()
    made = {
        "BC-01": persons, "R-01": persons, "R-02": persons, "BC-01B": movements, "BC-02": causes,
        "BC-03": files, "BC-04": needs, "R-03": needs, "BC-05": cases, "BC-05W": cases,
        "BC-07": accidents, "BC-07D": accidents, "BC-07A": accidents, "BC-10": entries,
        "M07": files, "M08": files, "M07D": files, "R-TH": seats,
    }  # fmt: skip
    made[name](cells, name, now, before, days)
    return cells


def at(one: Row) -> list[str]:
    return [one["commune"] or ""]


def persons(cells: Cells, _name: str, now: Stood, _before: Stood, days: tuple[str, str]) -> None:
    for key, one in now.approved().items():
        if not (disabled(one) or victim(one)):
            cells.put(at(one), key, "neither")
            continue
        types = (one["types"] or "").split()
        cells.put(
            at(one), key, "approved", one["sex"] or "sex_unknown", band(one["birth"], days[1])
        )
        kind = "many" if len(types) > 1 else (types or ["none"])[0]
        degree = one["degree"] if one["degree"] not in (None, "undetermined") else "none"
        cells.put(at(one), key, f"type_{kind}", f"degree_{degree}")
        if one["poverty"] in ("poor", "near_poor"):
            cells.put(at(one), key, one["poverty"])
        if one["ethnicity"] not in (None, "", "kinh"):
            cells.put(at(one), key, "minority")
        is_one, is_other = disabled(one), victim(one)
        cells.put(at(one), key, *["disabled"] * is_one, *["victims"] * is_other)
        alone = "disabled_only" if is_one else "victims_only"
        cells.put(at(one), key, "both" if is_one and is_other else alone)


def movements(cells: Cells, _n: str, now: Stood, before: Stood, _days: tuple[str, str]) -> None:
    first, last, listed = before.standing(), now.standing(), now.listed()
    known = {one["id"]: one for one in before.rows["person"]}
    for one in now.rows["person"]:
        key, place = one["id"], at(one)
        counted = key in listed and one["status"] == "approved" and (disabled(one) or victim(one))
        fresh = key not in known or known[key]["status"] != "approved"
        came = key not in first and (key in last or (counted and fresh))
        if key in first:
            cells.put(place, key, "opening_persons")
        if key in last:
            cells.put(place, key, "closing_persons")
        if came:
            cells.put(place, key, "entered_persons")
        if (key in first or came) and key not in last:
            why = one["life_state"] if counted else "otherwise"
            cells.put(place, key, "ended_persons", f"gone_{why}")


def causes(cells: Cells, _n: str, now: Stood, _before: Stood, days: tuple[str, str]) -> None:
    for key, one in now.approved().items():
        if not disabled(one):
            continue
        told = {one[f"cause_{kind}"] for kind in TYPES} - {None, ""} or {""}
        sex = f"cause_{one['sex'] or 'sex_unknown'}"
        age = f"_cause_{band(one['birth'], days[1])}"
        cells.put(told, key, "with_cause", sex if sex.endswith("unknown") else sex + age)


def needs(cells: Cells, _n: str, now: Stood, _before: Stood, _days: tuple[str, str]) -> None:
    standing = now.approved()
    states = {"new": "new_items", "connecting": "connecting_items", "partly_met": "partly_items"}
    for one, who in now.theirs("need"):
        if who["id"] not in standing:
            continue
        state, group = one["need_status"] or "new", GROUPS.get(one["need_group"] or "", "other")
        if state == "met":
            cells.put(at(who), one["id"], "met_items")
        if state in LIVE:
            key = (who["id"], one["need_group"], one["item"]) if one["item"] else one["id"]
            cells.put(at(who), key, "items", f"{group}_items", states[state])
            cells.put(at(who), who["id"], "persons", f"{group}_persons")


def cases(cells: Cells, name: str, now: Stood, before: Stood, days: tuple[str, str]) -> None:
    first, last = before.cases(), now.cases()
    known = {one["id"] for one in before.rows["care_case"]}
    theirs = {one["id"]: who for one, who in now.theirs("care_case")}
    people = {one["id"]: one for one in now.rows["person"]}
    secret = {one["case_id"] for one in now.all("case_note") if one["confidential"]}
    for one in now.rows["care_case"]:
        key = one["id"]
        rows = [one["worker"] or ""] if name == "BC-05W" else at(
            theirs.get(key) or people[one["person_id"]])  # fmt: skip
        through = key not in known and key in theirs and one["case_status"] == "closed"
        came = key not in first and (key in last or through)
        if key in first:
            cells.put(rows, key, "opening_cases")
        if came:
            cells.put(rows, key, "entered_cases")
        if (key in first or came) and key not in last:
            why = REASONS.get(one["close_reason"] or "", "otherwise")
            cells.put(rows, key, "ended_cases", f"ended_{why}")
        if key not in last:
            continue
        cells.put(rows, key, "closing_cases", *["emergency_cases"] * bool(one["emergency"]))
        cells.put(rows, key, *["secret_cases"] * (key in secret))
        cells.put(rows, theirs[key]["id"], "case_persons")
        reviews = [each for each in now.all("case_review") if each["case_id"] == key]
        latest = max(reviews, key=lambda each: (each["reviewed_on"] or "", each["id"]), default={})
        if (latest.get("next_review_on") or "9") < days[1]:
            cells.put(rows, key, "overdue_cases")


def accidents(cells: Cells, name: str, now: Stood, _before: Stood, _d: tuple[str, str]) -> None:
    events = {one["id"]: one for one in now.all("accident")}
    by = {"BC-07": "accident_on", "BC-07D": "device", "BC-07A": "activity"}[name]
    for key, event in events.items() if by != "activity" else ():
        cells.put([(event[by] or "")[:4] if by == "accident_on" else event[by] or ""], key,
                  "accidents")  # fmt: skip
    for one in now.all("victim"):
        who = now.whose(one) if one["person_id"] else None
        if one["person_id"] and who is None:
            continue
        event = events.get(one["accident_id"] or "", {})
        row = (one if by == "activity" else event).get(by) or ""
        rows = [row[:4] if by == "accident_on" else row]
        sex = (who["sex"] if who else None) or one["victim_sex"]
        birth = (who["birth"] if who else None) or one["victim_birth"]
        key = (event.get("id"), who["id"] if who else one["id"])
        cells.put(rows, key, "hurt", f"hurt_{sex or 'sex_unknown'}")
        cells.put(rows, key, one["consequence"] or "consequence_unknown")
        age = one["age_then"]
        if age is None and birth and event.get("accident_on"):
            age = int(event["accident_on"][:4]) - int(birth[:4])
        if age is not None and age < 16:
            cells.put(rows, key, "hurt_children")


def entries(cells: Cells, _n: str, now: Stood, _before: Stood, _days: tuple[str, str]) -> None:
    waits = {one["person_id"] for one in now.all("amendment") if one["state"] == "waiting"}
    for key, one in now.listed().items():
        state = "entry_approved" if one["status"] == "approved" else one["status"]
        cells.put(
            at(one), key, "entered", state, *[one["life_state"]] * (one["life_state"] in GONE)
        )
        if one["status"] == "approved" and key in waits:
            cells.put(at(one), key, "amended")
        if not all(one[name] for name in ("birth", "sex", "id_number", "types")):
            cells.put(at(one), key, "incomplete")
        if (one["birth"] or "").endswith("-01-01"):
            cells.put(at(one), key, "new_year_births")


def files(cells: Cells, name: str, now: Stood, _before: Stood, days: tuple[str, str]) -> None:
    first, last = days
    boards: dict[str, str] = {}
    for one in now.all("medical_referral"):
        file, day = one["application_id"], one["received_on"]
        if file and day:
            boards[file] = max(boards.get(file, ""), day)
    for one, who in now.theirs("application"):
        came, ended, key = one["received_on"] or "", one["ended_on"] or "", one["id"]
        late = is_late(one, boards.get(key, ""), min(ended or last, last))
        if came and came < first and (not ended or ended >= first):
            cells.put(at(who), key, "files_before")
        if first <= came <= last:
            cells.put(at(who), key, "files_received",
                      f"received_{one['application_kind'] or 'otherwise'}")  # fmt: skip
        if first <= ended <= last:
            well = one["file_step"] in ("issued", "not_disabled")
            told = ("files_solved", f"solved_{'late' if late else 'on_time'}")
            cells.put(at(who), key, *(told if well else ("files_ended",)))
        if came and came <= last and (not ended or ended > last):
            cells.put(at(who), key, "files_after", *["overdue_files"] * late)
    for one, who in now.theirs("hearing"):
        if first <= (one["minutes_on"] or "") <= last:
            told = f"concluded_{one['conclusion'] or 'otherwise'}"
            cells.put(at(who), one["id"], "heard", told)
    for one, who in now.theirs("medical_referral"):
        for column, day in (("board_sent", "sent_on"), ("board_answered", "received_on")):
            if first <= (one[day] or "") <= last:
                cells.put(at(who), one["id"], column)
    certificates(cells, name, now, days)


def is_late(one: Row, board: str, on: str) -> bool:
    """Whether all the working days that were promised had passed on the day before."""
    store = (one["application_kind"], one["application_reason"]) in FROM_STORE
    span = SPANS["board"] if board else SPANS["store" if store else "council"]
    told = one["completed_on"] if one["missing_asked_on"] else one["received_on"]
    since = board or told
    if not since:
        return False
    before = date.fromisoformat(on) - timedelta(days=1)
    return working_days.passed(date.fromisoformat(since), before) >= span


def certificates(cells: Cells, name: str, now: Stood, days: tuple[str, str]) -> None:
    first, last = days
    kinds = {one["id"]: one for one in now.rows["application"]}
    newest: dict[str, tuple[str, str]] = {}
    given = [(one, who) for one, who in now.theirs("certificate")
             if one["certificate_state"] in ("valid", "revoked", "superseded")]  # fmt: skip
    for one, who in given:
        over = [one["ended_on"] or ""]
        if not over[0] and one["certificate_state"] != "valid":
            over = [one["revoked_on"] or one["issued_on"]]
        if who["life_state"] == "dead":
            over.append(who["life_state_on"] or one["issued_on"])
        if one["issued_on"] <= last and not any(day and day <= last for day in over):
            mark = (one["issued_on"], one["id"])
            newest[who["id"]] = max(newest.get(who["id"], ("", "")), mark)
    for one, who in given:
        types, file = (one["types"] or "").split(), kinds.get(one["application_id"] or "", {})
        rows = at(who) if name != "M07D" else ["many" if len(types) > 1 else (types or [""])[0]]
        degree = one["degree"] if one["degree"] in DEGREES else "otherwise"
        if first <= one["issued_on"] <= last and one["origin"] != "paper":
            why = reason(one, file)
            again = ["issued_again"] * (why in ("changed", "reached_6", "lost"))
            cells.put(rows, one["id"], "issued", f"issued_{why}", f"issued_{degree}", *again)
        if first <= (one["revoked_on"] or "") <= last:
            cells.put(rows, one["id"], "revoked")
        if newest.get(who["id"], ("", ""))[1] == one["id"]:
            cells.put(rows, who["id"], "holders", f"holders_{degree}")


def reason(one: Row, file: Row) -> str:
    if one["basis"] in ("lost", "exchange"):
        return str(one["basis"])
    told = file.get("application_reason")
    if file.get("application_kind") == "redetermination" or told == "changed":
        return "changed"
    return "reached_6" if told == "reached_6" else "new"


def seats(cells: Cells, _n: str, now: Stood, _before: Stood, days: tuple[str, str]) -> None:
    events = {one["id"]: one for kind in ("training_class", "workshop") for one in now.all(kind)
              if days[0] <= (one["starts_on"] or "") <= days[1]}  # fmt: skip
    for key, one in events.items():
        for number in range(one["days"] or 0):
            cells.put([key], (key, number), "training_days")
        if "round_id" in one:
            cells.put([key], key, "classes")
            cells.put([key], one["round_id"], "rounds")
        else:
            cells.put([key], key, "workshops")
    for one in now.all("delegate"):
        if one["event_id"] not in events:
            continue
        who = tuple(
            one[name] or "" for name in ("full_name", "organisation", "sex", "level", "unit")
        )
        level = one["level"] if one["level"] in ("province", "district", "commune") else "other"
        cells.put([one["event_id"]], who, "delegates")
        cells.put([one["event_id"]], one["id"], "seats", f"seats_{one['sex'] or 'sex_unknown'}",
                  f"seats_{level}")  # fmt: skip
