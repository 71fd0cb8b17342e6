"""Verbs about periods of reporting, targets of units, and the quality of the records."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from app import cli_arguments as arguments
from app import cli_rows as rows
from app import sheet_words
from app.actions import period, progress, quality, target
from app.cli_context import Answer, Context
from app.errors import Refused
from app.values.period import PeriodDraft, ProgressLine, TargetDraft
from app.values.quality import QualityLine
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, units


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    kinds = rows.kinds(verbs, "period", translate("kỳ báo cáo"))
    rows.verb(kinds, "list", translate("liệt kê kỳ báo cáo"), periods)
    rows.sets(kinds, "set", translate("đặt một kỳ theo mã, mới hay đã có"), set_period)
    made = rows.verb(kinds, "year", translate("đặt các kỳ thường lệ của một năm"), set_year)
    made.add_argument("year", type=arguments.not_negative, metavar="YEAR", help=translate("năm"))
    rows.removes(kinds, period.remove)
    kinds = rows.kinds(verbs, "target", translate("chỉ tiêu của từng đơn vị"))
    made = rows.verb(kinds, "list", translate("liệt kê chỉ tiêu"), targets)
    _period(made, required=False)
    made = rows.verb(kinds, "set", translate("giao chỉ tiêu cho một đơn vị trong kỳ"), set_target)
    listed = ", ".join(one.code for one in codes.get("target_figure").items)
    made.add_argument("figure", metavar="FIGURE", help=listed)
    made.add_argument("number", metavar="N", help=translate("số được giao"))
    made.add_argument("--unit", required=True, metavar="SYSTEM:CODE", help=translate("đơn vị"))
    _period(made, required=True)
    rows.removes(kinds, target.remove)
    _sheets(kinds)
    _quality(verbs)


def _sheets(kinds: Any) -> None:
    words = translate("ghi bảng tính trống để giao chỉ tiêu: mỗi đơn vị, mỗi chỉ tiêu một dòng")
    made = rows.verb(kinds, "sheet", words, write_sheet)
    rows.out(made)
    _period(made, required=False)
    made = rows.verb(kinds, "import", translate("nhập chỉ tiêu từ bảng tính"), take_sheet)
    made.add_argument("file", type=Path, metavar="FILE", help=translate("tệp bảng tính"))
    words = translate("mã kỳ cho những dòng chưa ghi kỳ")
    made.add_argument("--period", default="", metavar="P", help=words)
    dry = translate("chỉ thử, không ghi gì")
    made.add_argument("--dry-run", action="store_true", help=dry)


def _quality(verbs: Any) -> None:
    words = translate("hồ sơ thiếu, đáng ngờ, có thể trùng, chưa gửi")
    verb = verbs.add_parser("quality", help=words)
    who = translate("theo xã (mặc định) hay theo người nhập")
    verb.add_argument("--by", choices=("unit", "person"), default="unit", help=who)
    of = translate("những hồ sơ sau một dòng: mã xã, hay tên đăng nhập của người nhập")
    verb.add_argument("--of", default=None, metavar="KEY", help=of)
    what = translate("chỉ hồ sơ có lỗi này; ghi nhiều lần được")
    kinds = tuple(quality.defect_words())
    verb.add_argument("--defect", action="append", default=[], choices=kinds, help=what)
    verb.set_defaults(run=check)


def check(args: argparse.Namespace, context: Context) -> Answer:
    """What is to mend, the worst first."""
    if args.of is not None:
        return _behind(args, context)
    found = _by(args)(context.workspace())
    return Answer({"quality": [asdict(one) for one in found]}, tuple(map(_quality_line, found)))


def _by(args: argparse.Namespace) -> Callable[[Workspace], tuple[QualityLine, ...]]:
    return quality.by_person if args.by == "person" else quality.by_unit


def _behind(args: argparse.Namespace, context: Context) -> Answer:
    """Whose records they are."""
    if args.of not in {one.key for one in _by(args)(context.workspace())}:
        raise Refused.one("quality_nobody", "of", args.of)
    found = quality.people(context.workspace(), args.by, args.of, tuple(args.defect))
    said = quality.defect_words()
    lines = [
        "\t".join((one.name, one.place, ", ".join(said[each] for each in one.defects)))
        for one in found
    ]
    return Answer({"total": len(found), "items": [asdict(one) for one in found]}, tuple(lines))


def _quality_line(one: QualityLine) -> str:
    said = translate(
        "{entered} hồ sơ: {lacking} mục trống, {doubtful} chỗ đáng ngờ, {alike} có thể trùng, "
        "{unsent} chưa gửi",
        entered=one.entered,
        lacking=one.lacking,
        doubtful=one.new_year + one.odd_birth + one.same_phone,
        alike=one.alike,
        unsent=one.unsent,
    )
    return f"{one.name}\t{said}"


def _period(verb: Any, required: bool) -> None:
    words = translate("mã kỳ, như period list cho biết")
    verb.add_argument("--period", required=required, default="", metavar="P", help=words)


def periods(_args: argparse.Namespace, context: Context) -> Answer:
    """All periods, the newest first."""
    return rows.listed("periods", period.listing(context.workspace()), "period")


def set_period(args: argparse.Namespace, context: Context) -> Answer:
    """Set one period."""
    draft = PeriodDraft(arguments.values(args.set))
    return rows.saved(period.save(context.workspace(), draft))


def set_year(args: argparse.Namespace, context: Context) -> Answer:
    """Set the usual periods of a year."""
    made = period.begin_year(context.workspace(), args.year)
    said = translate("Đã đặt {count} kỳ: {codes}", count=len(made), codes=", ".join(made) or "-")
    return Answer({"codes": list(made)}, (said,))


def targets(args: argparse.Namespace, context: Context) -> Answer:
    """All targets; those of one period with how far the units are."""
    ws = context.workspace()
    cards = target.listing(ws, args.period)
    answer = rows.listed("targets", cards, "target")
    if not args.period:
        return answer
    figures = dict.fromkeys(str(one.fields["figure"]) for one in cards) or {"approved": None}
    found = [progress.of_period(ws, args.period, figure) for figure in figures]
    told = [asdict(line) | {"figure": one.figure} for one in found for line in one.lines]
    document = {"period": args.period, "as_of": found[0].as_of, **answer.document}
    notes = list(dict.fromkeys(note for one in found for note in one.notes))
    lines = [_line(one.figure, line) for one in found for line in one.lines]
    return Answer({**document, "progress": told, "notes": notes}, (*lines, *notes))


def _line(figure: str, line: ProgressLine) -> str:
    number = "-" if line.number is None else str(line.number)
    percent = "-" if line.percent is None else f"{line.percent:g} %"
    named = codes.label("target_figure", figure, language())
    place = units.full_name(line.unit) if line.unit else translate("Cả cơ quan")
    said = progress.standing_words(line.standing)
    return "\t".join((named, place, number, str(line.done), percent, said))


def write_sheet(args: argparse.Namespace, context: Context) -> Answer:
    """Write the blank sheet."""
    from app.actions import target_sheet

    file = target_sheet.blank(context.workspace(), args.out, args.period)
    return Answer({"file": str(file)}, (translate("Đã ghi {file}.", file=file),))


def take_sheet(args: argparse.Namespace, context: Context) -> Answer:
    """Take the numbers of a sheet in."""
    from app.actions import target_sheet

    done = target_sheet.take(context.workspace(), args.file, args.period, args.dry_run)
    answer = rows.taken(done)
    before = {"replaced": [asdict(one) for one in done.replaced],
              "kept": [asdict(one) for one in done.kept]}  # fmt: skip
    told = (sheet_words.before(one) for one in (*done.replaced, *done.kept))
    head, *others = answer.lines or ("",)
    lines = (head, *told, *others)
    return replace(answer, document=dict(answer.document) | before, lines=lines)


def set_target(args: argparse.Namespace, context: Context) -> Answer:
    """Set a target."""
    typed = {"figure": args.figure, "unit": args.unit, "period": args.period, "number": args.number}
    return rows.saved(target.save(context.workspace(), TargetDraft(typed)))
