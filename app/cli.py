"""The command line: global options, verbs from every room, answers as JSON or in lines."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app import (
    cli_applications,
    cli_belongings,
    cli_cases,
    cli_certificates,
    cli_conflicts,
    cli_council,
    cli_devices,
    cli_duplicates,
    cli_fields,
    cli_finding,
    cli_import,
    cli_inspect,
    cli_lists,
    cli_mine,
    cli_national,
    cli_office,
    cli_offices,
    cli_outgoing,
    cli_overview,
    cli_people,
    cli_print,
    cli_reform,
    cli_reports,
    cli_rounds,
    cli_sharing,
    cli_supports,
    cli_targets,
    cli_training,
    cli_transfer,
    cli_units,
    cli_work,
    paths,
)
from app import cli_documents as documents
from app.cli_context import Answer, Census, Context
from app.cli_parser import WRONG_CALL, Parser, speak_as_chosen
from app.errors import Problem, Refused
from app.open_words import typed, warning
from app.wording import LANGUAGES, say, set_language, translate
from data.errors import DataError

DONE, REFUSED, MISSING = 0, 1, 3
WRITTEN = ("set", "text", "reason", "note", "title", "recipient", "words")
"""Parts of a call that become words of a record."""
LANGUAGE = "SOANSINH_LANG"

Registrar = Callable[[Any], None]
"""Adds verbs to the subparsers; each verb calls `set_defaults(run=function(args, context))`."""

OWN: tuple[Registrar, ...] = (
    cli_office.register,
    cli_devices.register,
    cli_offices.register,
    cli_people.register,
    cli_finding.register,
    cli_fields.register,
    cli_cases.register,
    cli_applications.register,
    cli_council.register,
    cli_certificates.register,
    cli_belongings.register,
    cli_supports.register,
    cli_rounds.register,
    cli_mine.register,
    cli_sharing.register,
    cli_duplicates.register,
    cli_conflicts.register,
    cli_outgoing.register,
    cli_import.register,
    cli_lists.register,
    cli_print.register,
    cli_units.register,
    cli_reform.register,
    cli_reports.register,
    cli_overview.register,
    cli_inspect.register,
    cli_transfer.register,
    cli_work.register,
    cli_training.register,
    cli_targets.register,
    cli_national.register,
)


def run(
    argv: Sequence[str], registrars: Sequence[Registrar] = (), census: Census | None = None
) -> int:
    """Do what the words of the call say; answers the exit code. `census` reads a server's home.

    0 done · 1 refused, standard output is {problems:[{code, field, value, message}]} · 2 wrongly
    called · 3 something of the PC is missing. Answers are JSON with `--json`, and whenever
    standard output is no terminal; `--text` gives lines for people anywhere.
    """
    speak_utf8()
    try:
        chosen, words = _global_options(argv)
        parser = build_parser(registrars)
        args = parser.parse_args(words)
    except SystemExit as left:
        return int(left.code or DONE)
    if not hasattr(args, "run"):
        parser.print_help()
        return WRONG_CALL
    book = chosen.book or ""
    context = Context(chosen.home, chosen.user, _wants_json(chosen), census, book)
    try:
        return _answer(context, args)
    finally:
        context.close()


def build_parser(registrars: Sequence[Registrar] = ()) -> Parser:
    """The parser with the office's verbs and those of the other rooms."""
    parser = Parser(
        prog="soansinh",
        description=translate(
            "Sổ An Sinh: sổ của đơn vị trợ giúp xã hội. Không có việc thì mở cửa sổ."
        ),
        parents=[_globals(shown=True)],
        epilog=translate("Xem cách gọi một việc: soansinh VIỆC --help"),
    )
    verbs = parser.add_subparsers()
    for register in (*OWN, *registrars):
        register(verbs)
    return parser


def speak_utf8() -> None:
    """Let standard output and error take every letter, also on a Windows code page."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def has_verb(argv: Sequence[str]) -> bool:
    """Whether a call names a verb (or asks for help) and not only global options."""
    return bool(_global_options(argv)[1])


def home_of(argv: Sequence[str]) -> Path:
    """The home that a call names, or the usual one: for opening the window on it."""
    return Path(_global_options(argv)[0].home)


def language_of(argv: Sequence[str]) -> str | None:
    """The language that a call names with `--lang`."""
    named: str | None = _global_options(argv)[0].lang
    return named


def _globals(shown: bool) -> argparse.ArgumentParser:
    """The options that may stand before or after the verb."""
    parser = argparse.ArgumentParser(
        add_help=False,
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS if shown else None,
        exit_on_error=shown,
    )
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help=translate("thư mục của sổ (hoặc SOANSINH_HOME)")
    )
    parser.add_argument("--user", metavar="NAME", help=translate("người dùng"))
    parser.add_argument(
        "--book",
        metavar="OFFICE",
        help=translate("đọc sổ của đơn vị khác (tên trong offices list)"),
    )
    parser.add_argument(
        "--json", action="store_true", help=translate("trả lời bằng JSON, dù đang ở màn hình")
    )
    parser.add_argument(
        "--text", action="store_true", help=translate("trả lời bằng dòng chữ, dù không ở màn hình")
    )
    parser.add_argument("--lang", choices=LANGUAGES, help=translate("ngôn ngữ: vi hoặc en"))
    return parser


def _global_options(argv: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """The global options wherever they stand, and the words that are left for the verbs."""
    speak_as_chosen()
    set_language(_usual_language())
    try:
        chosen, words = _globals(shown=False).parse_known_args(list(argv))
    except argparse.ArgumentError as error:
        build_parser().error(str(error))
    chosen.home = chosen.home or paths.default_home()
    set_language(chosen.lang or _usual_language())
    return chosen, words


def _usual_language() -> str:
    usual = os.environ.get(LANGUAGE, LANGUAGES[0])
    return usual if usual in LANGUAGES else LANGUAGES[0]


def _wants_json(chosen: argparse.Namespace) -> bool:
    return bool(chosen.json or not (chosen.text or sys.stdout.isatty()))


def _answer(context: Context, args: argparse.Namespace) -> int:
    try:
        given = args.run(args, context)
        answer = _warned(args, given if isinstance(given, Answer) else _whole(*given))
        if getattr(args, "out", None) is not None:
            answer = _with(answer, context.ignored())
    except Refused as refused:
        answer = refusal(refused.problems)
    except DataError as trouble:
        answer = refusal((trouble_as_problem(trouble),))
    return _tell(answer, context.json)


def _warned(args: argparse.Namespace, answer: Answer) -> Answer:
    """The answer of a verb that wrote, with a warning where open words of the call tell of HIV."""
    given = [getattr(args, name, None) for name in WRITTEN]
    told = "" if getattr(args, "confidential", False) else warning(*typed(given))
    return _with(answer, told)


def _with(answer: Answer, told: str) -> Answer:
    if not told:
        return answer
    lines = plain_lines(answer.document) if answer.lines is None else answer.lines
    warned = [*answer.document.get("told", ()), told]
    return replace(answer, document={**answer.document, "told": warned}, lines=(*lines, told))


def _whole(document: Mapping[str, Any], lines: tuple[str, ...] | None) -> Answer:
    """A verb's document and lines as the answer; troubles of single things in it are put into
    words, and then not everything was done."""
    troubles = [one for one in document.get("problems", ()) if isinstance(one, DataError)]
    if not troubles:
        return Answer(document, lines)
    problems = [trouble_as_problem(one) for one in troubles]
    done = {name: value for name, value in document.items() if name != "problems"}
    lines = (*(plain_lines(done) if lines is None else lines), *map(documents.told, problems))
    return Answer(done | {"problems": [documents.problem(one) for one in problems]}, lines, REFUSED)


def unforeseen(argv: Sequence[str], number: str, file: Path) -> int:
    """Tell of a bug that was recorded under a number in a file; answers the exit code."""
    problem = Problem.of("bug", "", number, file=file)
    document = {"problems": [documents.problem(problem)]}
    chosen, _words = _global_options(argv)
    return _tell(Answer(document, (problem.message,), MISSING), _wants_json(chosen))


def _tell(answer: Answer, as_json: bool) -> int:
    if as_json:
        print(json.dumps(answer.document, ensure_ascii=False, default=list))
    else:
        lines = plain_lines(answer.document) if answer.lines is None else answer.lines
        for line in lines:
            print(line)
    sys.stdout.flush()
    return answer.exit_code


def refusal(problems: Sequence[Problem]) -> Answer:
    """The answer that nothing (or not everything) was done, and why."""
    document = {"problems": [documents.problem(one) for one in problems]}
    return Answer(document, tuple(map(documents.told, problems)), REFUSED)


def trouble_as_problem(trouble: DataError) -> Problem:
    """A trouble of the store or the wire in the user's words."""
    return Problem(trouble.code, "", "", say(trouble.code, trouble.facts))


def plain_lines(document: Mapping[str, Any]) -> tuple[str, ...]:
    """A small document as lines `name: value`, for verbs that have no better words."""
    return tuple(
        f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for name, value in document.items()
    )
