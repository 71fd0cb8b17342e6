"""Every verb that reads: what it is asked about exists, and its lines are in the office's words.

Both walk over the verbs themselves, so that a new one is held to the same.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

import pytest

from app import cli
from app.actions import (
    accident,
    assistive_device,
    care_case,
    case_assessment,
    case_review,
    consent,
    drafts,
    entitlement,
    flag,
    gift_round,
    hazard,
    need,
    person,
    provider,
    referral,
    sharing,
    task,
)
from app.cli_context import Answer, Context
from app.errors import Refused
from app.values.accident import AccidentDraft
from app.values.assistive_device import AidDraft
from app.values.care_case import CaseDraft, NoteDraft
from app.values.case_plan import AssessmentDraft, ReviewDraft
from app.values.entitlement import AgreementDraft
from app.values.need import NeedDraft
from app.values.provider import ProviderDraft
from app.values.referral import ReferralDraft, ReferralStep
from app.values.sharing import ConsentDraft, SharingDraft
from app.values.support import RoundDraft
from app.values.task import FlagDraft, TaskDraft
from data import codes
from tests import desk
from tests.desk import PASSWORD, Desk, typed

WORD = re.compile(r"[a-z][a-z_.]{2,}")
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
EVENT = re.compile(rf"\w+:{ID.pattern}\S*|{ID.pattern}")
"""Ids, also of a coming event, which `tasks done` takes."""
STAMP = re.compile(r"\d{4}-\d\d(-|\b)")
READS = frozenset("list show book today timeline caseload".split())
NAMES = frozenset("ID PERSON ACCIDENT CODE LOGIN SYSTEM:CODE YYYY NAME".split())
NOBODY = "khong-co"
OTHERS = frozenset(("server", "offices", "device", "units"))
"""Verbs of other rooms, or without a store."""


IDS: dict[str, str] = {}
"""What the office has one of, by the words of the call that shows it."""


def lived(at: Desk) -> dict[str, str]:
    """An office with one of everything that people read; answers the ids."""
    minh, who = at.minh, person.save(at.minh, typed(birth="1971-03-12")).id
    intake = {"criteria": "urgent", "reporter_kind": "hamlet", "emergency": "yes"}
    case = care_case.open(minh, who, CaseDraft("Ốm nặng", opened_on="2026-01-05", intake=intake))
    case_assessment.save(minh, AssessmentDraft(case, {"domain": "health", "situation": "Đau"}))
    desk.submitted(minh, case)
    care_case.approve(at.hoa, case)
    care_case.note(minh, case, NoteDraft("Đã đỡ", "visit", "2026-02-03"))
    case_review.add(minh, ReviewDraft(case, {"outcome": "Tốt", "verdict": "adjust"}))
    need.save(minh, NeedDraft(who, {"item": "medical.prosthesis", "declared_by": "self"}))
    offered = {"service_name": "Làm chân giả", "service_kind": "aids", "service_cost": "insured"}
    service = provider.save(minh, ProviderDraft(offered))
    sent = referral.save(minh, ReferralDraft(who, {"referral_reason": "Mất chân"}, None, service))
    referral.step(minh, sent, ReferralStep("sent", "2026-01-05", due_on="2026-01-20"))
    rice = {"round_name": "Tết", "support_kind": "goods", "support_what": "gạo"}
    round_ = gift_round.save(minh, RoundDraft(rice | {"round_on": "2026-02-10"}))
    gift_round.add(minh, round_, [who])
    gift_round.tick(minh, round_, [who], "received")
    leg = {"aid_kind": "prosthetic_leg", "fitted_on": "2024-03"}
    assistive_device.save(minh, AidDraft(who, leg))
    bus = {"firm": "Xe buýt", "benefit": "bus_free", "valid_until": "2090-12-31"}
    agreed = entitlement.save_agreement(minh, AgreementDraft(bus))
    entitlement.add(minh, agreed, [who])
    flag.add(minh, FlagDraft(who, "hard_to_reach", "Nhà vắng", "2090-01-01"))
    task.add(minh, TaskDraft("Gọi lại", "2026-02-01", person_id=who))
    drafts.keep(minh, "form:1", {"x": 1})
    drafts.keep(minh, "person:new", {"name": "Đang gõ"})
    blast = {"accident_on": "1983-05-14", "accident_commune": desk.CAT_TUONG, "killed": 1,
             "device": "cluster_bomblet"}  # fmt: skip
    harm = {"consequence": "injured", "injuries": ("eyes",)}
    hit = accident.save(minh, AccidentDraft(who, harm, blast)).accident_id
    found = {"hazard_commune": desk.CAT_TUONG, "hazard_place": "Bờ ao", "hazard_device": "shell"}
    hazard.save(minh, found)
    law = {"consent_purpose": "referral", "consent_basis": "law", "consent_source": "Luật"}
    consent.save(minh, ConsentDraft(who, law))
    sharing.request(minh, SharingDraft((who,), "referral", "BV Quy Nhơn", "Chuyển gửi"))
    return {
        "PERSON": who,
        "cases show": case,
        "rounds show": round_,
        "agreements show": agreed,
        "accidents show": str(hit),
        "people show": who,
        "LOGIN": "minh",
    }


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    home = tmp_path_factory.mktemp("reading") / "office"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOANSINH_PASSWORD", PASSWORD)
        people = desk.at(home)
        IDS.update(lived(people))
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


def asking(parser: argparse.ArgumentParser) -> Iterator[list[str]]:
    """Words that name something unknown, for each option of a verb that names anything."""
    needed = [one for one in parser._actions if not one.option_strings]
    for option in parser._actions:
        names = option.metavar in NAMES or option.choices
        if not names or isinstance(option, argparse._HelpAction):
            continue
        if option in needed:
            yield [NOBODY]
        elif not any(one.required for one in needed):
            yield [option.option_strings[0], NOBODY]


def test_nobody_is_answered_an_empty_list_about_what_there_is_not(
    context: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    parser, asked, empty = cli.build_parser(), 0, []
    for said, verb in verbs(parser):
        if said[-1] not in READS or said[0] in OTHERS:
            continue
        for more in asking(verb):
            asked += 1
            words = [*said, *more]
            try:
                args = parser.parse_args(words)
            except SystemExit as wrong:
                told = capsys.readouterr().err
                assert wrong.code == 2 and NOBODY in told and more[0] in told, words
                continue
            try:
                answer = args.run(args, context)
            except Refused as refused:
                answer = cli.refusal(refused.problems)
            if not isinstance(answer, Answer) or answer.exit_code != 1:
                empty.append(" ".join(words))
            else:
                assert NOBODY in " ".join(answer.lines or ()), words
    assert empty == [] and asked > 30


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
        needed = [one.metavar for one in verb._actions if not one.option_strings]
        words = [IDS.get(" ".join(said)) or IDS[str(one)] for one in needed if one != "NEED"]
        more = ["--all"] if said == ("today",) else []
        args = parser.parse_args([*said, *words, *more])
        answer = args.run(args, context)
        answer = answer if isinstance(answer, Answer) else cli._whole(*answer)
        read += 1
        lines = cli.plain_lines(answer.document) if answer.lines is None else answer.lines
        for line in lines:
            plain = EVENT.sub("", line)
            bare = [one for one in WORD.findall(plain) if one in codes_]
            ids = said == ("timeline",) and ID.search(line)
            if bare or ids or STAMP.search(plain):
                wrong.append(f"{' '.join(said)}: {bare} {line}")
    assert wrong == [] and read > 20, "\n".join(wrong)
