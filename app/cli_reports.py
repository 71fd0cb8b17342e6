"""Verbs of reports: list them, run one or a whole set, open a cell, freeze and compare editions."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from app import cli_half_year
from app.actions import file_password, report, report_edition
from app.cli_context import Answer, Census, Context
from app.errors import Refused
from app.reports import document
from app.reports import table as tables
from app.rules import dates
from app.values.report import EditionCard, ReportAsk, ReportMember, ReportTable
from app.wording import language, translate
from data import units


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("report", help=translate("báo cáo, bản đã chốt"))
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser("list", help=translate("các báo cáo và cách đếm từng cột"))
    verb.set_defaults(run=listing)
    verb = kinds.add_parser("run", help=translate("lập một báo cáo"))
    take_question(verb)
    out = translate("tệp .pdf, .xlsx, .csv hoặc .json được ghi ra")
    verb.add_argument("--out", type=Path, default=None, metavar="FILE", help=out)
    verb.set_defaults(run=run)
    verb = kinds.add_parser("set", help=translate("lập mọi báo cáo của kỳ vào một thư mục"))
    _take_parameters(verb)
    folder = translate("thư mục nhận các tệp")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR", help=folder)
    words = translate("loại tệp (mặc định pdf và xlsx)")
    kinds_of_file = ("pdf", "xlsx", "csv", "json")
    verb.add_argument("--as", dest="suffixes", nargs="+", choices=kinds_of_file, help=words)
    verb.set_defaults(run=run_set)
    verb = kinds.add_parser("cell", help=translate("danh sách sau một ô của báo cáo"))
    take_question(verb)
    column = translate("tên cột, như report run cho biết")
    verb.add_argument("--column", required=True, metavar="KEY", help=column)
    row = translate("dòng: mã đơn vị hay mã của dòng; không ghi là cả cột")
    verb.add_argument("--row", default=None, metavar="KEY", help=row)
    out = translate("tệp .pdf, .xlsx hoặc .csv được ghi ra")
    verb.add_argument("--out", type=Path, default=None, metavar="FILE", help=out)
    verb.set_defaults(run=cell)
    _register_editions(kinds)
    cli_half_year.register(kinds)


def _register_editions(kinds: Any) -> None:
    verb = kinds.add_parser("freeze", help=translate("chốt báo cáo thành một bản không sửa được"))
    take_question(verb)
    note = translate("ghi chú của bản chốt")
    verb.add_argument("--note", default="", metavar="TEXT", help=note)
    verb.set_defaults(run=freeze)
    verb = kinds.add_parser("editions", help=translate("các bản đã chốt"))
    only = translate("chỉ của báo cáo này")
    verb.add_argument("name", nargs="?", default="", metavar="NAME", help=only)
    verb.set_defaults(run=editions)
    verb = kinds.add_parser("show", help=translate("một bản đã chốt, đúng như khi chốt"))
    which = translate("mã của bản chốt, hay phần đầu của mã")
    verb.add_argument("edition", metavar="EDITION", help=which)
    out = translate("tệp .pdf, .xlsx, .csv hoặc .json được ghi ra")
    verb.add_argument("--out", type=Path, default=None, metavar="FILE", help=out)
    verb.set_defaults(run=show)
    verb = kinds.add_parser("diff", help=translate("hai bản chốt khác nhau ở đâu, vì sao"))
    verb.add_argument("first", metavar="EDITION", help=which)
    verb.add_argument("second", metavar="EDITION", help=which)
    verb.set_defaults(run=diff)


def take_question(verb: Any) -> None:
    """Let a verb take the name of a report and its parameters."""
    name = translate("báo cáo, như report list cho biết")
    verb.add_argument("name", metavar="NAME", help=name)
    _take_parameters(verb)


def _take_parameters(verb: Any) -> None:
    day = translate("số liệu tính đến ngày (YYYY-MM-DD); mặc định hôm nay")
    verb.add_argument("--as-of", default="", metavar="DATE", help=day)
    since = translate("ngày đầu kỳ, cho báo cáo tăng giảm; mặc định đầu năm")
    verb.add_argument("--since", default="", metavar="DATE", help=since)
    period = translate("kỳ báo cáo theo mã, thay cho hai ngày")
    verb.add_argument("--period", default="", metavar="P", help=period)
    known = translate("sổ ghi đến hết ngày nào, cho báo cáo đếm theo ngày trên giấy tờ")
    verb.add_argument("--recorded-to", default="", metavar="DATE", help=known)
    unit = translate("chỉ người của các đơn vị này")
    verb.add_argument(
        "--unit", action="extend", nargs="+", default=[], metavar="SYSTEM:CODE", help=unit
    )
    borders = translate("địa giới của các dòng: 63 (đến 30/6/2025) hay 34 (từ 01/7/2025)")
    verb.add_argument("--borders", choices=units.SYSTEMS, default="", help=borders)
    level = translate("cấp của các dòng")
    levels = ("province", "district", "commune")
    verb.add_argument("--level", choices=levels, default="", help=level)
    where = translate("thêm điều kiện, ví dụ sex=female hay age=0..15")
    verb.add_argument("--where", action="append", default=[], metavar="COLUMN=VALUE", help=where)


def question(args: argparse.Namespace, name: str = "") -> ReportAsk:
    """The question that a call asks."""
    return ReportAsk(
        name or args.name,
        args.as_of,
        args.since,
        args.period,
        tuple(args.unit),
        args.borders,
        args.level,
        " ".join(args.where),
        args.recorded_to,
    )


def listing(_args: argparse.Namespace, _context: Context) -> Answer:
    """Every report with its columns and their rules; the same in every home."""
    lines = tables.lines()
    found = [document.of_line(one) for one in lines]
    said = [f"{one.name}: {one.title} ({one.cycle})" for one in lines]
    return Answer({"reports": found}, tuple(said))


def run(args: argparse.Namespace, context: Context) -> Answer:
    """Count a report; write it to a file where one is named."""
    census = _server(context)
    if census is not None:
        return _over_all(args, census, context)
    ws = context.locking(personal=False)
    table = report.run(ws, question(args))
    return answer_of(table, _written(ws, table, args.out))


def _server(context: Context) -> Census | None:
    """The census, where the home is a server's."""
    census = context.census
    return census if census is not None and census.is_server(context.home) else None


def _over_all(args: argparse.Namespace, census: Census, context: Context) -> Answer:
    """The same over all offices of a server."""
    with census.counting(context.home) as over:
        table = tables.run(over, question(args))
    return answer_of(table, _written_there(table, args.out, context))


def _written_there(
    table: ReportTable, out: Path | None, context: Context, edition: EditionCard | None = None
) -> str:
    from app.actions import census_edition

    password = file_password.strong(context.given_password() or "")
    return str(census_edition.write(table, out, edition, password)) if out is not None else ""


def _written(
    ws: Any, table: ReportTable, out: Path | None, edition: EditionCard | None = None
) -> str:
    from app.actions import report_out

    return str(report_out.write(ws, table, out, edition)) if out is not None else ""


def answer_of(table: ReportTable, file: str = "") -> Answer:
    """A report as the command line answers it."""
    if not file:
        return Answer(document.of(table), document.lines(table))
    told = {**document.of(table), "file": str(file)}
    return Answer(told, (translate("Đã ghi {file}.", file=file), *table.notes))


def run_set(args: argparse.Namespace, context: Context) -> Answer:
    """Every report of a period into a folder, each in the kinds of file asked for."""
    from app.actions import report_out

    ws = context.locking(personal=False)
    suffixes = tuple(args.suffixes or ("pdf", "xlsx"))
    done = report_out.write_set(ws, question(args, "BC-01"), args.out, suffixes, context.progress)
    files = [str(one) for one in done]
    left = report_out.left_out(question(args, "BC-01"))
    told = {"files": files, "left_out": left}
    why = (translate("Không lập {name}: {why}", name=n, why=w) for n, w in left.items())
    return Answer(told, (*files, *why))


def cell(args: argparse.Namespace, context: Context) -> Answer:
    """Who or what stands in a cell; a server tells nobody's name."""
    if _server(context) is not None:
        raise Refused.one("report_cell_server", "home", str(context.home))
    ws = context.workspace()
    told: dict[str, Any] = {}
    said: list[str] = []
    if args.out is not None:  # first: a list that could not be written was seen by nobody
        from app.actions import report_out

        place = (args.column, args.row)
        file = report_out.write_cell(context.locking(), question(args), place, args.out)
        told["file"] = str(file)
        said.append(translate("Đã ghi {file}.", file=file))
    found = report.cell(ws, question(args), args.column, args.row)
    lines = [" · ".join(part for part in _words(one) if part) for one in found]
    said.insert(0, translate("{count} dòng", count=len(found)))
    told |= {"total": len(found), "items": [_member(one) for one in found]}
    return Answer(told, (*lines, *said))


def _words(one: ReportMember) -> tuple[str, ...]:
    return one.name, one.birth, one.sex, one.number, one.place, one.what


def _member(one: ReportMember) -> dict[str, Any]:
    names = ("key", "person_id", "name", "birth", "sex", "number", "place", "what")
    return {name: getattr(one, name) for name in names}


def freeze(args: argparse.Namespace, context: Context) -> Answer:
    """Keep a report as an edition that nobody changes."""
    card = _frozen(args, context)
    said = translate("Đã chốt bản {id}: {hash}", id=card.id, hash=card.sha256)
    return Answer({"edition": _card(card)}, (said,))


def _frozen(args: argparse.Namespace, context: Context) -> EditionCard:
    census = _server(context)
    if census is None:
        return report_edition.freeze(context.workspace(), question(args), args.note)
    from app.actions import census_edition

    opened = partial(census.counting, context.home)
    return census_edition.freeze(context.home, opened, question(args), args.note)


def editions(args: argparse.Namespace, context: Context) -> Answer:
    """The editions, the newest first."""
    if _server(context) is not None:
        from app.actions import census_edition

        cards = census_edition.listing(context.home, args.name)
    else:
        cards = report_edition.listing(context.workspace(), args.name)
    return Answer({"editions": [_card(one) for one in cards]}, tuple(map(_edition_line, cards)))


def _edition_line(one: EditionCard) -> str:
    day = dates.show(one.as_of, language())
    return "\t".join((one.id, one.name, one.title, day, one.made_by, one.sha256[:12], one.note))


def show(args: argparse.Namespace, context: Context) -> Answer:
    """An edition as it was frozen."""
    if _server(context) is not None:
        from app.actions import census_edition

        card, table = census_edition.page(context.home, args.edition)
        file = _written_there(table, args.out, context, card)
    else:
        ws = context.locking(personal=False)
        card, table = report_edition.page(ws, args.edition)
        file = _written(ws, table, args.out, card)
    answer = answer_of(table, file)
    said = (*document.edition_words(card), *(answer.lines or ()))
    return Answer({"edition": _card(card)} | dict(answer.document), said)


def diff(args: argparse.Namespace, context: Context) -> Answer:
    """What differs between two editions, and which records changed since."""
    if _server(context) is not None:
        from app.actions import census_edition

        found = census_edition.diff(context.home, args.first, args.second)
    else:
        found = report_edition.diff(context.workspace(), args.first, args.second)
    return Answer(document.of_diff(found), document.diff_lines(found))


def _card(card: EditionCard) -> Mapping[str, Any]:
    return document.of_card(card)
