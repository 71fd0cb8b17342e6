"""Every verb that reads: what it is asked about must exist, and its lines are in the office's words.

Both walk over the verbs themselves, so that a new one is held to the same.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from app import cli
from app.cli_context import Answer, Context
from app.errors import Refused
from tests import desk
from tests.desk import PASSWORD

READS = frozenset("list show book today timeline caseload".split())
NAMES = frozenset("ID PERSON ACCIDENT CODE LOGIN SYSTEM:CODE YYYY NAME".split())
NOBODY = "khong-co"
OTHERS = frozenset(("server", "offices", "device", "units"))
"""Verbs of other rooms, or without a store."""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    home = tmp_path_factory.mktemp("reading") / "office"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOANSINH_PASSWORD", PASSWORD)
        desk.at(home).close()
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
