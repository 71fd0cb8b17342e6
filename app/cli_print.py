"""Verbs about papers: complete files of people, files and forms of cases, sheets for visits."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app import cli_arguments as arguments
from app import cli_asked as asked
from app import cli_council_papers
from app.actions import person
from app.cli_context import Answer, Context
from app.errors import Refused
from app.rules import paper_code
from app.values.paper_form import FormRequest, FormResult
from app.values.papers import PrintResult
from app.values.person import PeopleFilter
from app.wording import translate

FORMS = paper_code.KINDS[:6]


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("print", help=translate("in hồ sơ ra PDF"))
    kinds = group.add_subparsers(required=True, dest="kind")
    _register_case_file(kinds)
    _register_case(kinds)
    _register_form(kinds)
    _register_visit(kinds)
    cli_council_papers.register_single(kinds)
    for name, words, function in (
        (
            "review",
            translate("in hồ sơ nhiều ca trình xem xét, đầu tập là danh sách"),
            print_review,
        ),
    ):
        verb = kinds.add_parser(name, help=words)
        _take_cases(verb, many=True)
        _take_out(verb)
        verb.set_defaults(run=function)


def _register_case(kinds: Any) -> None:
    verb = kinds.add_parser("case", help=translate("in cả hồ sơ của một ca: Mẫu 01 đến 06"))
    _take_cases(verb, many=False)
    _take_out(verb)
    _take_recipient(verb)
    verb.set_defaults(run=print_case)


def _register_visit(kinds: Any) -> None:
    words = translate("in phiếu mang theo khi thăm, mỗi ca một phiếu")
    verb = kinds.add_parser("visit", help=words)
    whose = verb.add_mutually_exclusive_group(required=True)
    whose.add_argument("--case", action="extend", nargs="+", metavar="ID", help=_case_words())
    words = translate("những ca của cán bộ này có việc đến hạn")
    whose.add_argument("--worker", metavar="LOGIN", help=words)
    words = translate("đến hạn tới ngày này, mặc định hôm nay")
    verb.add_argument("--on", type=arguments.day, default=None, metavar="DATE", help=words)
    _take_out(verb)
    verb.set_defaults(run=print_visit)


def _register_form(kinds: Any) -> None:
    verb = kinds.add_parser("form", help=translate("in một mẫu: điền sẵn, hoặc để trống"))
    verb.add_argument("--form", choices=FORMS, required=True, help=translate("số của mẫu"))
    whose = verb.add_mutually_exclusive_group()
    whose.add_argument("--case", default="", metavar="ID", help=_case_words())
    whose.add_argument(
        "--person", default="", metavar="ID", help=translate("mã người, như people list cho biết")
    )
    verb.add_argument("--blank", action="store_true", help=translate("để trống, điền bằng tay"))
    verb.add_argument(
        "--count",
        type=arguments.not_negative,
        default=1,
        metavar="N",
        help=translate("số tờ trống khi chưa biết của ai"),
    )
    _take_out(verb)
    _take_recipient(verb)
    verb.set_defaults(run=print_form)


def _take_recipient(verb: Any) -> None:
    whom = translate("đưa ra ngoài cho nơi nhận này: chỉ in người đã đồng ý và được duyệt chia sẻ")
    verb.add_argument("--recipient", default="", metavar="TEXT", help=whom)


def _take_cases(verb: Any, many: bool) -> None:
    extra: dict[str, Any] = {"action": "extend", "nargs": "+"} if many else {}
    verb.add_argument("--case", required=True, metavar="ID", help=_case_words(), **extra)


def _case_words() -> str:
    return translate("mã ca, như cases list cho biết")


def _take_out(verb: Any) -> None:
    words = translate("tệp PDF nhận bản in")
    verb.add_argument("--out", type=Path, required=True, metavar="PATH", help=words)
    words = translate("in cả ghi chép mật, khi được quyền đọc")
    verb.add_argument("--confidential", action="store_true", help=words)


def _register_case_file(kinds: Any) -> None:
    verb = kinds.add_parser("case-file", help=translate("in hồ sơ đầy đủ của người"))
    who = verb.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "--person",
        action="extend",
        nargs="+",
        metavar="ID",
        help=translate("mã người, như people list cho biết"),
    )
    who.add_argument("--query", metavar="Q", help=translate("những người tìm được"))
    whole = translate("cả xã")
    who.add_argument(
        "--unit", action="append", type=arguments.unit, metavar="SYSTEM:CODE", help=whole
    )
    who.add_argument("--all", action="store_true", help=translate("mọi người trong sổ"))
    verb.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="PATH",
        help=translate("tệp PDF, hoặc thư mục khi mỗi người một tệp"),
    )
    verb.add_argument("--separate", action="store_true", help=translate("mỗi người một tệp"))
    _take_recipient(verb)
    verb.set_defaults(run=print_case_file)


def print_case(args: argparse.Namespace, context: Context) -> Answer:
    """Print the whole file of one case: which forms are in it, which have nothing yet."""
    from app.actions import form_printing

    ws = context.locking()
    done = form_printing.write_case(ws, _whole(args), args.out)
    return _written(done)


def _whole(args: argparse.Namespace) -> FormRequest:
    return FormRequest(
        "case", args.case, confidential=args.confidential, recipient=args.recipient.strip()
    )


def print_form(args: argparse.Namespace, context: Context) -> Answer:
    """Print one form, filled from a case or person, or blank with a code that opens it again."""
    from app.actions import form_printing

    request = FormRequest(
        args.form,
        args.case,
        args.person,
        args.blank,
        args.count,
        args.confidential,
        args.recipient.strip(),
    )
    return _written(form_printing.write(context.locking(not args.blank), [request], args.out))


def print_visit(args: argparse.Namespace, context: Context) -> Answer:
    """Print the sheets that go along on visits, one a case, as given or as due."""
    from app.actions import form_printing, visits_due

    ws = context.locking()
    due = args.on or ws.today().isoformat()
    cases = args.case or visits_due.cases(ws, due, asked.of_worker(ws, args.worker))
    some = [
        FormRequest("visit", one, confidential=args.confidential) for one in dict.fromkeys(cases)
    ]
    return _written(form_printing.write(ws, some, args.out))


def print_review(args: argparse.Namespace, context: Context) -> Answer:
    """Print the files of cases for a supervisor, with the list to tick as first sheet."""
    from app.actions import form_printing, printing

    request = printing.PrintRequest(
        (), args.out, confidential=args.confidential, case_ids=tuple(args.case)
    )
    done = printing.case_files(context.locking(), request, context.progress)
    said = translate("Đã in hồ sơ {count} ca vào {file}.", count=done.persons, file=args.out)
    told = form_printing.left_out(context.workspace(), args.confidential)
    counted = {"cases": list(done.printed), "told": list(told)}
    return _many(counted, done, "\n".join((said, *told)))


def _written(done: FormResult) -> Answer:
    document = {
        "path": str(done.path),
        "pages": done.pages,
        "forms": list(done.forms),
        "codes": list(done.codes),
        "empty": list(done.empty),
    }
    said = translate("Đã in {pages} trang vào {file}.", pages=done.pages, file=done.path)
    document["told"] = list(done.told)
    return Answer(document, (said, *done.codes, *done.told))


def print_case_file(args: argparse.Namespace, context: Context) -> Answer:
    """Print complete files of people to PDF: one file with an index, or one each."""
    from app.actions import printing

    ws = context.locking()
    ws.demand("print")
    if args.query is not None and not args.query.strip():
        raise Refused.one("query_empty", "query", args.query)  # only --all prints everybody
    which = PeopleFilter(query=args.query or "", units=tuple(args.unit or ()))
    ids = tuple(args.person or ()) or person.ids(ws, which)
    if not ids:
        raise Refused.one("nobody_to_print", "query", args.query)
    request = printing.PrintRequest(ids, args.out, args.separate, recipient=args.recipient.strip())
    done = printing.case_files(ws, request, context.progress)
    said = translate("Đã in {count} hồ sơ vào {file}.", count=done.persons, file=args.out)
    return _many({"people": done.persons}, done, said)


def _many(counted: dict[str, Any], done: PrintResult, said: str) -> Answer:
    """What a run of many answers; exit code 1 when somebody could not be printed."""
    if done.failed and not done.persons:
        raise Refused(done.failed)
    document = counted | {
        "files": [str(path) for path in done.files],
        "index": str(done.index) if done.index else None,
        "pages": done.pages,
        "resumed_from": done.resumed_from,
    }
    if done.failed:
        document["problems"] = [asdict(one) for one in done.failed]
    document["told"] = [*document.get("told", ()), *done.told]
    lines = (said, *done.told, *(f"{one.value}\t{one.message}" for one in done.failed))
    return Answer(document, lines, exit_code=1 if done.failed else 0)
