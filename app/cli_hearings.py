"""Verbs about one person before the council: sheet, vote, minutes of paper; and screenings."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from app import cli_arguments as arguments
from app import cli_asked as asked
from app import cli_rows as rows
from app.actions import hearing, hearing_paper, hearing_vote, screening
from app.cli_context import Answer, Context
from app.errors import Problem, Refused, file_trouble
from app.rules import dates
from app.rules.council import Votes
from app.values.council import HearingCard, PaperHearing, SheetDraft, VoteDraft
from app.values.screening import ScreeningCard, ScreeningDraft
from app.wording import language, translate
from data import codes

SHEET = ("type_signs", "degree_signs", "scores", "observed", "birth", "form", "form_reason")
VOTE = ("conclusion", "votes", "types", "degree", "opinions", "related", "chair_decided",
        "departs_reason", "minutes_number")  # fmt: skip
SHAPES = {
    "type_signs": '["1.4", "6.3"]',
    "degree_signs": '["1.1"]',
    "types": '["mobility"]',
    "related": '["MEMBER"]',
    "scores": '{"1": 0, "2": "X"}',
    "votes": '{"types": 6, "degree": 6}',
    "opinions": '{"MEMBER": "words"}',
}
"""Fields of a file that are no plain text, as they are written there; MEMBER is a member's id."""


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    kinds = rows.kinds(verbs, "hearings", translate("xét từng người tại Hội đồng"))
    verb = rows.verb(kinds, "list", translate("các lần xét của một phiên hay một người"), listing)
    verb.add_argument("--session", default="", metavar="ID", help=translate("mã phiên họp"))
    verb.add_argument("--person", default="", metavar="PERSON", help=translate("mã người"))
    rows.verb(kinds, "show", translate("một lần xét: phiếu, đề xuất, biểu quyết"), show, "ID")
    words = translate("ghi phiếu và, nếu có, biểu quyết của những người trong tệp")
    verb = rows.verb(kinds, "record", words, record)
    told = translate(
        "tệp JSON: một đối tượng hay danh sách, mỗi đối tượng có id, {sheet}; và {vote}",
        sheet=", ".join(SHEET),
        vote=", ".join(VOTE),
    )
    verb.add_argument("file", metavar="FILE.json", type=Path, help=told)
    verb = rows.verb(kinds, "adjourn", translate("hoãn một trường hợp"), adjourn, "ID")
    arguments.take_reason(verb)
    words = translate("mở lại một kết luận ghi sai khi phiên còn họp")
    rows.verb(kinds, "reopen", words, reopen, "ID")
    words = translate("nhập biên bản giấy của phiên trước, giữ nguyên như trên giấy")
    verb = rows.sets(kinds, "paper", words, paper, "PERSON")
    verb.add_argument("--id", default="", metavar="ID", help=translate("sửa lần nhập này"))
    rows.removes(kinds, hearing_paper.remove)
    _screenings(rows.kinds(verbs, "screenings", translate("sàng lọc chức năng, đứng bên kết luận")))


def _screenings(kinds: Any) -> None:
    verb = rows.verb(kinds, "questions", translate("lời văn và lựa chọn của bộ câu hỏi"), questions)
    arguments.take_code(verb, "instrument", "screening_instrument")
    verb.add_argument("--on", type=arguments.day, default=None, metavar="DATE",
                      help=translate("ngày, mặc định hôm nay"))  # fmt: skip
    words = translate("sàng lọc của một người")
    rows.verb(kinds, "list", words, screenings_list, "PERSON")
    verb = rows.verb(kinds, "add", translate("ghi câu trả lời"), screenings_add, "PERSON")
    arguments.take_code(verb, "--instrument", "screening_instrument")
    verb.add_argument("--answer", action="extend", nargs="+", required=True, metavar="NUMBER=CODE",
                      help=translate("số câu và số trả lời"))  # fmt: skip
    asked_on = translate("ngày hỏi, mặc định hôm nay")
    verb.add_argument("--on", default="", metavar="DATE", help=asked_on)
    verb.add_argument("--by", default="", metavar="TEXT", help=translate("ai trả lời"))
    verb.add_argument("--hearing", default="", metavar="ID", help=translate("mã lần xét"))
    rows.removes(kinds, screening.remove)


def listing(args: argparse.Namespace, context: Context) -> Answer:
    """The hearings of a session, or of a person."""
    if bool(args.session) == bool(args.person):
        raise Refused.one("hearings_of_whom", "session")
    ws = asked.about(context.workspace(), "person", args.person)
    if args.session:
        found = asked.there("session", lambda: hearing.of_session(ws, args.session))
    else:
        found = hearing.of_person(ws, args.person)
    return Answer({"hearings": [asdict(one) for one in found]}, tuple(_line(one) for one in found))


def show(args: argparse.Namespace, context: Context) -> Answer:
    """One hearing."""
    found = hearing.show(context.workspace(), args.id)
    beside = screening.of_hearing(context.workspace(), args.id)
    document = asdict(found) | {"screenings": [asdict(one) for one in beside]}
    return Answer(document, (_line(found),))


def record(args: argparse.Namespace, context: Context) -> Answer:
    """Sheets and votes of a file; who cannot be taken is named, the others are written."""
    told = _read(args.file)
    ws = context.workspace()
    cards, problems = [], list[dict[str, str]]()
    for one in told:
        hearing_id = str(one.get("id") or "")
        try:
            if any(name in one for name in SHEET):
                card = hearing.record(ws, _sheet(hearing_id, one))
            if one.get("conclusion"):
                card = hearing_vote.conclude(ws, _vote(hearing_id, one))
            elif not any(name in one for name in SHEET):
                card = hearing.show(ws, hearing_id)
            cards.append(card)
        except Refused as refused:
            problems += [asdict(each) | {"id": hearing_id} for each in refused.problems]
    document: dict[str, Any] = {"hearings": [asdict(one) for one in cards]}
    if problems:
        document["problems"] = problems
    lines = (
        *(_line(one) for one in cards),
        *(f"{one['id']}\t{one['message']}" for one in problems),
    )
    return Answer(document, lines, exit_code=1 if problems else 0)


def adjourn(args: argparse.Namespace, context: Context) -> Answer:
    """Put a case off."""
    hearing_vote.adjourn(context.workspace(), args.id, args.reason)
    return rows.saved(args.id)


def reopen(args: argparse.Namespace, context: Context) -> Answer:
    """Take a conclusion back that was written down wrongly."""
    hearing_vote.reopen(context.workspace(), args.id)
    return rows.saved(args.id)


def paper(args: argparse.Namespace, context: Context) -> Answer:
    """Minutes of an earlier session as they stand on paper."""
    draft = PaperHearing(args.person, arguments.values(args.set))
    return rows.saved(hearing_paper.save(context.workspace(), draft, args.id))


def questions(args: argparse.Namespace, context: Context) -> Answer:
    """An instrument word for word."""
    on = args.on or context.workspace().today().isoformat()
    found = screening.instrument(args.instrument, on)
    lines = [found.title, found.source]
    for one in found.questions:
        choices = "; ".join(f"{answer} {words}" for answer, words in one.choices)
        lines.append(f"{one.number}\t{one.words}\t{choices}")
    return Answer(asdict(found), tuple(lines))


def screenings_list(args: argparse.Namespace, context: Context) -> Answer:
    """The screenings of a person."""
    ws = asked.about(context.workspace(), "person", args.person)
    found = screening.of_person(ws, args.person)
    document = {"screenings": [asdict(one) for one in found]}
    return Answer(document, tuple(_screening_line(one) for one in found))


def screenings_add(args: argparse.Namespace, context: Context) -> Answer:
    """Keep answers."""
    answers = {one: str(value) for one, value in arguments.values(args.answer).items()}
    draft = ScreeningDraft(args.person, args.instrument, answers, args.on, args.by, args.hearing)
    return rows.saved(screening.save(context.workspace(), draft))


def _read(path: Path) -> list[Mapping[str, Any]]:
    try:
        document = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise Refused.one("file_unreadable", "file", path.name,
                          reason=file_trouble(error)) from None  # fmt: skip
    except ValueError:
        raise Refused.one("hearing_file_unreadable", "file", path.name) from None
    told = document if isinstance(document, list) else [document]
    if not told or not all(isinstance(one, dict) for one in told):
        raise Refused.one("hearing_file_unreadable", "file", path.name)
    problems = []
    for one in told:
        for name, value in one.items():
            if name not in ("id", *SHEET, *VOTE):
                problems.append(Problem.of("assessment_field", name, value))
            wanted = SHAPES.get(name)
            if wanted is not None and type(value) is not type(json.loads(wanted)):
                problems.append(Problem.of("hearing_field_shape", name, value, wanted=wanted))
    if problems:
        raise Refused(problems)
    return told


def _sheet(hearing_id: str, told: Mapping[str, Any]) -> SheetDraft:
    given = {name: told[name] for name in SHEET if name in told}
    for name in ("type_signs", "degree_signs"):
        if name in given:
            given[name] = tuple(str(one) for one in given[name])
    return SheetDraft(hearing_id, **given)


def _vote(hearing_id: str, told: Mapping[str, Any]) -> VoteDraft:
    given = {name: told[name] for name in VOTE if name in told and name != "votes"}
    for name in ("types", "related"):
        if name in given:
            given[name] = tuple(str(one) for one in given[name])
    known = {one.name for one in fields(Votes)}
    votes = told.get("votes") or {}
    wrong = [
        Problem.of("assessment_field", f"votes.{name}", value)
        for name, value in votes.items()
        if name not in known or type(value) is not int or value < 0
    ]
    if wrong:
        raise Refused(wrong)
    return VoteDraft(hearing_id, Votes(**votes), **given)


def _line(one: HearingCard) -> str:
    state = codes.label("hearing_state", one.state, language())
    said = codes.label("council_conclusion", one.conclusion, language()) if one.conclusion else ""
    degree = codes.label("degree", one.degree, language()) if one.degree else ""
    return "\t".join((one.id, dates.show(one.on, language()), one.person_name, state, said, degree))


def _screening_line(one: ScreeningCard) -> str:
    day = dates.show(one.done_on, language())
    name = codes.label("screening_instrument", one.instrument, language())
    return "\t".join((one.id, day, name, screening.told(one)))
