"""Every verb that reads: what it is asked about exists, and its lines are in the office's words.

Both walk over the verbs themselves, so that a new one is held to the same.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli
from app.actions import (
    approval_desk,
    care_case,
    conflict_words,
    finding,
    need,
    person,
)
from app.actions.user import add
from app.cli_context import Answer, Context
from app.errors import Refused
from app.values.care_case import CasesFilter
from app.values.need import NeedsFilter
from app.values.person import PeopleFilter
from app.values.user import UserDraft
from app.workspace import Workspace, attach
from data import codes
from data.base import new_id
from data.records.approval import Amendment
from data.records.sync import Conflict
from tests import desk
from tests.app import reading_office
from tests.app.reading_office import NUMBERS as GIVEN
from tests.desk import PASSWORD

WORD = re.compile(r"[a-z][a-z_.]{2,}")
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
EVENT = re.compile(rf"\w+:{ID.pattern}\S*|{ID.pattern}")
"""Ids, also of a coming event, which `tasks done` takes."""
STAMP = re.compile(r"\d{4}-\d\d(-|\b)")
UNIT = re.compile(r"\b(63|34):\d+")
READS = frozenset(
    "list show book today timeline caseload members questions offers clashes "
    "editions run cell half-year quality".split()
)
NAMES = frozenset(
    "ID PERSON ACCIDENT CODE LOGIN SYSTEM:CODE YYYY NAME P SESSION EDITION KEY COLUMN=VALUE "
    "YEAR-HALF DATE".split()
)
NOBODY = "khong-co"
OTHERS = frozenset(("server", "offices", "device", "units"))
"""Verbs of other rooms, or without a store."""
WANTED = {"--column": "approved", "--period": "2026-1"}
"""What options that must be given are given."""


NUMBERS = {name: one for name, one in GIVEN.items() if name != "rep_name"}
IDS: dict[str, str] = {}
"""What the office has one of, by the words of the call that shows it."""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    home = tmp_path_factory.mktemp("reading") / "office"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOANSINH_PASSWORD", PASSWORD)
        people = desk.at(home)
        IDS.update(reading_office.lived(people))
        people.close()
        made = Context(home, "lan")
        made.workspace()
        yield made
        made.close()


def verbs(
    parser: argparse.ArgumentParser, said: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every verb with the words that call it."""
    below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    for group in below:
        for name, child in group.choices.items():
            yield from verbs(child, (*said, name))
    if said and not below:
        yield said, parser


def calling(said: tuple[str, ...], parser: argparse.ArgumentParser, but: object) -> list[str]:
    """What a verb must be given, except what is asked about something unknown."""
    given: list[str] = []
    for one in parser._actions:
        if not one.required or one is but or one.metavar == "NEED":
            continue
        if one.option_strings:
            given += [one.option_strings[0], WANTED[one.option_strings[0]]]
        else:
            given.append(IDS.get(" ".join(said)) or IDS[str(one.metavar)])
    return given


def asking(
    said: tuple[str, ...], parser: argparse.ArgumentParser
) -> Iterator[tuple[argparse.Action, list[str]]]:
    """Words that name something unknown, for each option of a verb that names anything."""
    for option in parser._actions:
        names = option.metavar in NAMES or option.choices
        if names and not isinstance(option, argparse._HelpAction):
            named = [option.option_strings[0]] if option.option_strings else []
            yield option, [*calling(said, parser, option), *named, NOBODY]


def test_nobody_is_answered_an_empty_list_about_what_there_is_not(
    context: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    parser, asked, empty = cli.build_parser(), 0, []
    for said, verb in verbs(parser):
        if said[-1] not in READS or said[0] in OTHERS:
            continue
        for option, more in asking(said, verb):
            asked += 1
            words = [*said, *more]
            try:
                args = parser.parse_args(words)
            except SystemExit as wrong:
                told = capsys.readouterr().err
                named = option.option_strings[0] if option.option_strings else option.metavar
                assert wrong.code == 2 and NOBODY in told and str(named) in told, words
                continue
            try:
                answer = args.run(args, context)
            except Refused as refused:
                answer = cli.refusal(refused.problems)
            if not isinstance(answer, Answer) or answer.exit_code != 1:
                empty.append(" ".join(words))
            else:
                assert NOBODY in " ".join(answer.lines or ()), words
    assert empty == [] and asked > 75


def test_who_only_looks_on_reads_no_number_whole_and_no_list_or_file_has_one(
    context: Context, tmp_path: Path
) -> None:
    add(context.workspace(), UserDraft("xem", "viewer"))
    looker = Context(context.home, "xem", _opened=attach(context.workspace().db, "xem"))
    parser, read, told = cli.build_parser(), 0, []
    for said, verb in verbs(parser):
        if said[-1] not in READS or said[0] in OTHERS:
            continue
        words = [*said, *calling(said, verb, None), *IDS.get(f"{' '.join(said)} --", "").split()]
        args = parser.parse_args(words)
        try:
            answer = args.run(args, looker)
        except Refused:
            continue
        answer = answer if isinstance(answer, Answer) else cli._whole(*answer)
        read += 1
        told += [f"{' '.join(said)} {one}" for one in whole_numbers(answer)]
    assert told == [] and read > 40, "\n".join(told)
    show = parser.parse_args(["people", "show", IDS["PERSON"]])
    assert "••••••••4321" in json.dumps(show.run(show, looker).document, ensure_ascii=False)
    assert set(whole_numbers(show.run(show, context))) == set(NUMBERS), "who works here reads on"
    listed = parser.parse_args(["people", "list"])
    assert not whole_numbers(Answer({}, listed.run(listed, context).lines)), "a list never does"
    for number, words in enumerate(
        (
            ("export", "people"),
            ("inspect", "register", "persons"),
            ("inspect", "person", IDS["PERSON"]),
            ("report", "cell", "BC-10", "--column", "entered"),
        )
    ):
        file = tmp_path / f"{number}.csv"
        args = parser.parse_args([*words, "--out", str(file)])
        args.run(args, context)
        content = file.read_text("utf-8-sig")
        assert content.count("\n") > 1, words
        assert not whole_numbers(Answer({}, (content,))), words
    args = parser.parse_args(["export", "mine-action", "--out", str(tmp_path / "mìn")])
    for one in args.run(args, context).document["files"]:
        if one.endswith(".csv"):
            assert not whole_numbers(Answer({}, (Path(one).read_text("utf-8-sig"),))), one
    neither_what_waits_nor_a_search_tells_a_number(context.workspace(), looker.workspace())


def neither_what_waits_nor_a_search_tells_a_number(ws: Workspace, looker: Workspace) -> None:
    """A change of a number that waits for approval, and looking for its beginnings."""
    who, number, other = IDS["PERSON"], NUMBERS["id_number"], "052071987654"
    with ws.db.write(ws.author()) as session:
        waits = {"id_number": [number, other]}
        row = Amendment(id=new_id(), office_id=ws.office.id, person_id=who, state="waiting",
                        changes=json.dumps(waits))  # fmt: skip
        session.add(row)
    both = json.dumps(json.dumps(waits))
    clash = Conflict(entity="amendment", row_id=row.id, field="changes", theirs=both, mine=both,
                     person_id=who, mine_by="minh", mine_at="", theirs_by="lan")  # fmt: skip
    waiting = approval_desk.review(looker, who).asked
    assert waiting and waiting.changes == {"id_number": ("••••••••4321", "••••••••7654")}
    with looker.db.read() as session:
        told = conflict_words.card(looker, session, clash, row)
    for one in (person.page(looker, who), told):
        assert number not in repr(one) and other not in repr(one), one
    assert approval_desk.review(ws, who).asked.changes == {"id_number": (number, other)}  # type: ignore[union-attr]
    doors = {
        "list": lambda at, q: person.listing(at, PeopleFilter(query=q)).cards,
        "find": lambda at, q: finding.find(at, q).people,
        "cases": lambda at, q: care_case.cases(at, CasesFilter(query=q)).cards,
        "needs": lambda at, q: need.listing(at, NeedsFilter(query=q)).lines,
    }
    for name, look in doors.items():
        assert look(ws, number[:9]) and not look(looker, number[:9]), name
        assert not look(looker, NUMBERS["phone"][:9]) and not look(looker, f"huong {number[:7]}")
        for shown in (number, NUMBERS["phone"], "4321", "huong"):
            assert look(looker, shown), (name, shown)


def whole_numbers(answer: Answer) -> list[str]:
    """The names of the numbers that an answer tells whole."""
    told = json.dumps(answer.document, default=str) + "\n".join(answer.lines or ())
    return [name for name, one in NUMBERS.items() if one in told]


def test_every_verb_that_takes_fields_says_where_they_are_listed(context: Context) -> None:
    parser, setting = cli.build_parser(), 0
    for said, verb in verbs(parser):
        sets = [one for one in verb._actions if "--set" in one.option_strings]
        records = re.findall(r"soansinh fields (\w+)", " ".join(str(one.help) for one in sets))
        assert bool(sets) == bool(records), said
        setting += len(sets)
        for record in records:
            args = parser.parse_args(["fields", record])
            told = args.run(args, context)
            assert told.document["fields"] and len(told.lines) == len(told.document["fields"]) + 1
    assert setting > 20


def english() -> frozenset[str]:
    """Codes that are no word of Vietnamese labels: where one stands in a line it was not put into
    words. Peoples are left out, whose codes are their names."""
    lists = [codes.get(name) for name in codes.lists() if name != "ethnicity"]
    told = {word for one in lists for item in one.items for word in WORD.findall(item.vi.lower())}
    return frozenset(item.code for one in lists for item in one.items) - told


def test_lines_for_people_have_neither_codes_nor_stamps(context: Context) -> None:
    parser, codes_, read, wrong = cli.build_parser(), english(), 0, []
    for said, verb in verbs(parser):
        if said[-1] not in READS or said[0] in OTHERS or said[0] == "transfer":
            continue
        more = IDS.get(f"{' '.join(said)} --", "").split()
        args = parser.parse_args([*said, *calling(said, verb, None), *more])
        answer = args.run(args, context)
        answer = answer if isinstance(answer, Answer) else cli._whole(*answer)
        read += 1
        lines = cli.plain_lines(answer.document) if answer.lines is None else answer.lines
        for line in lines:
            plain = EVENT.sub("", line)
            bare = [one for one in WORD.findall(plain) if one in codes_]
            ids = said == ("timeline",) and ID.search(line)
            if bare or ids or STAMP.search(plain) or UNIT.search(plain):
                wrong.append(f"{' '.join(said)}: {bare} {line}")
    assert wrong == [] and read > 40, "\n".join(wrong)
