"""Screenings: the questions as published, answers of one person, and what the cut-offs say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.actions import access, kept_rows, person
from app.errors import Problem, Refused
from app.rules import dates
from app.rules import screening as rules
from app.rules.screening import Question
from app.values.screening import AskedQuestion, Instrument, ScreeningCard, ScreeningDraft
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, screening_questions
from data.records import hearing as hearings
from data.records import screening as records
from data.records.person import Person
from data.records.screening import Screening

AGES = {"wg_ss": (5, 199), "cfm_2_4": (2, 4), "cfm_5_17": (5, 17)}
"""Whom each instrument was made for, in full years."""


def save(ws: Workspace, draft: ScreeningDraft) -> str:
    """Keep answers, or correct them; answers the id. They change nothing else.

    Raises Refused: person_unknown, screening_unknown, hearing_unknown, screening_instrument,
    screening_age, screening_answer (names each), and what the fields refuse.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        who = person.found(session, draft.person_id)
        row = kept_rows.of_the_person(
            session, Screening, draft.person_id, draft.id or None, "screening_unknown"
        )
        if draft.hearing_id:
            kept_rows.found(session, hearings.Hearing, draft.hearing_id, "hearing_unknown")
        told = {"done_on": draft.done_on or ws.today().isoformat()}
        told |= {"answered_by": draft.answered_by, "instrument": draft.instrument}
        values = kept_rows.checked(ws, "screening", told, row, ("instrument", "done_on"))
        name, day = str(values.get("instrument") or draft.instrument), str(values["done_on"])
        _demand_age(who, name, day)
        edition = row.instrument_edition if row is not None else None
        edition = edition or screening_questions.edition(name, (day + "-12-31")[:10])
        values |= {"instrument_edition": edition, "answers": _answers(name, edition, draft)}
        made = row or Screening(office_id=ws.office.id, person_id=draft.person_id)
        made.hearing_id = draft.hearing_id or made.hearing_id
        kept_rows.put(session, made, values)
        return made.id


def remove(ws: Workspace, screening_id: str, reason: str) -> None:
    """Take answers off that were written by mistake."""
    kept_rows.withdraw(ws, Screening, screening_id, reason, "screening_unknown")


def of_person(ws: Workspace, person_id: str) -> tuple[ScreeningCard, ...]:
    """The screenings of a person, the newest first; the look is logged."""
    ws.demand("view")
    with ws.db.read() as session:
        found = tuple(card(one) for one in records.of_person(session, person_id))
    access.looked(ws, [person_id], "view")
    return found


def of_hearing(ws: Workspace, hearing_id: str) -> tuple[ScreeningCard, ...]:
    """What stands beside a hearing: its own screenings, else all of the person."""
    ws.demand("view")
    with ws.db.read() as session:
        row = kept_rows.found(session, hearings.Hearing, hearing_id, "hearing_unknown")
        own = records.of_hearing(session, hearing_id) or records.of_person(session, row.person_id)
        return tuple(card(one) for one in own)


def instrument(name: str, day: str, edition: str = "") -> Instrument:
    """An instrument as it is read out on a day. Raises Refused (`screening_instrument`)."""
    held = edition or screening_questions.edition(name, day)
    lines = screening_questions.of(name, held)
    if not lines:
        known = ", ".join(one.code for one in codes.get("screening_instrument").items)
        raise Refused.one("screening_instrument", "instrument", name, known=known)
    asked = tuple(
        AskedQuestion(one.number, one.domain, one.answers,
                      one.en if language() == "en" else one.vi, one.en, _condition(one.asked_if),
                      tuple((each, answer_words(one.answers, each))
                            for each in (*rules.ANSWERS[one.answers], *rules.NO_ANSWER)))
        for one in lines
    )  # fmt: skip
    title = codes.label("screening_instrument", name, language())
    source, _, unchecked = lines[0].source.partition(";")
    return Instrument(name, held, title, source, bool(unchecked), asked)


def fitting(birth: str, day: str) -> tuple[str, ...]:
    """The instruments made for somebody of this age; all that may be where it is not known well."""
    if not birth or birth > day[: len(birth)]:
        return tuple(AGES)
    least, most = dates.ages(birth, date.fromisoformat(day))
    return tuple(name for name, (low, high) in AGES.items() if most >= low and least <= high)


def answer_words(kind: str, answer: str) -> str:
    """An answer in words; the Vietnamese ones are not official."""
    no_answer = {"7": translate("Không muốn trả lời"), "9": translate("Không biết")}
    told = {
        "yes_no": (translate("Có"), translate("Không")),
        "difficulty": (
            translate("Không khó khăn"),
            translate("Hơi khó khăn"),
            translate("Rất khó khăn"),
            translate("Hoàn toàn không thể"),
        ),
        "behaviour": (
            translate("Không hề"),
            translate("Ít hơn"),
            translate("Như nhau"),
            translate("Nhiều hơn"),
            translate("Nhiều hơn hẳn"),
        ),
        "often": (
            translate("Hằng ngày"),
            translate("Hằng tuần"),
            translate("Hằng tháng"),
            translate("Vài lần một năm"),
            translate("Không bao giờ"),
        ),
    }
    return no_answer.get(answer) or told[kind][int(answer) - 1]


def card(row: Screening) -> ScreeningCard:
    """A screening as a frozen value, with what the cut-offs of its edition say."""
    answers = dict(one.partition("=")[::2] for one in (row.answers or "").split())
    name, edition = row.instrument or "", row.instrument_edition or ""
    return ScreeningCard(
        id=row.id,
        person_id=row.person_id,
        hearing_id=row.hearing_id or "",
        instrument=name,
        edition=edition,
        answers=answers,
        done_on=row.done_on or "",
        answered_by=row.answered_by or "",
        result=rules.result(questions(name, edition), answers),
        by=row.updated_by,
        at=row.updated_at,
    )


def questions(name: str, edition: str) -> Sequence[Question]:
    """The questions of an edition as the rules read them."""
    return tuple(
        Question(one.number, one.domain, one.answers, _condition(one.asked_if),
                 tuple(one.counts.split()))
        for one in screening_questions.of(name, edition)
    )  # fmt: skip


def _condition(told: str) -> tuple[str, str] | None:
    number, _, answer = told.partition("=")
    return (number, answer) if number else None


def _answers(name: str, edition: str, draft: ScreeningDraft) -> str | None:
    known = questions(name, edition)
    given: Mapping[str, str] = {
        str(number): str(value).strip()
        for number, value in draft.answers.items()
        if str(value).strip()
    }
    wrong = rules.unfit(known, given)
    if wrong:
        raise Refused([Problem.of("screening_answer", "answers", given[one], number=one)
                       for one in wrong])  # fmt: skip
    asked = [one.number for one in rules.asked(known, given)]
    return " ".join(f"{one}={given[one]}" for one in asked if one in given) or None


def _demand_age(who: Person, name: str, day: str) -> None:
    if name in AGES and len(day) == len("2026-01-01") and name not in fitting(who.birth or "", day):
        low, high = AGES[name]
        raise Refused.one("screening_age", "instrument", who.birth, low=low, high=high)


def told(one: ScreeningCard) -> str:
    """What a screening says, in a sentence: it is no measure of the council's."""
    return told_result(one.result)


def told_result(found: rules.Screened) -> str:
    """What the cut-offs say, in a sentence."""
    domains = ", ".join(
        codes.label("screening_domain", each, language()) for each in found.difficult
    )
    if found.identified:
        return translate("Có khó khăn từ ngưỡng trở lên: {domains}", domains=domains)
    if found.identified is None:
        return translate("Chưa trả lời đủ để kết luận sàng lọc")
    return translate("Không có khó khăn từ ngưỡng trở lên")
