"""Verbs of reports: the half-yearly figures on determining disability (Mẫu 07, 08)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.actions.half_year import BY_COMMUNE, BY_OFFICE
from app.cli_context import Answer, Context
from app.wording import language, translate

FORMS = ("07", "08")


def register(kinds: Any) -> None:
    """Add `half-year` to the verbs of reports."""
    verb = kinds.add_parser(
        "half-year", help=translate("báo cáo sáu tháng về xác định mức độ khuyết tật")
    )
    when = translate("kỳ: 2026-1 là 15/12/2025 đến 14/6/2026, 2026-2 là 15/6 đến 14/12/2026")
    verb.add_argument("--period", required=True, metavar="YEAR-HALF", help=when)
    form = translate("Mẫu 07 của cơ quan, Mẫu 08 theo xã hay theo cơ quan")
    verb.add_argument("--form", choices=FORMS, default=FORMS[0], help=form)
    over = translate("mỗi dòng của Mẫu 08 là một xã hay một cơ quan máy này được xem")
    verb.add_argument("--over", choices=(BY_COMMUNE, BY_OFFICE), default=BY_COMMUNE, help=over)
    verb.add_argument("--out", type=Path, metavar="FILE.pdf", help=translate("tệp PDF"))
    verb.set_defaults(run=half_year)


def half_year(args: argparse.Namespace, context: Context) -> Answer:
    """The figures by name, each with its rule and what it counts; with --out the paper too."""
    from app.actions import half_year as counting
    from app.actions import half_year_paper
    from app.reports import table as tables

    ws = context.workspace()
    found = counting.run(ws, args.period, args.over)
    if args.out is not None:
        half_year_paper.write(ws, args.period, args.out, args.form, args.over)
    period, parts = found.period, counting.parts()
    document = {
        "period": period.name,
        "begins": period.begins,
        "ends": period.ends,
        "figures": [
            {
                "name": one.name,
                "label": one.label(language()),
                "unit_of_count": one.unit,
                "value": found.values[one.name],
                "parts": list(parts.get(one.name, ())),
                "rule": one.told(language()),
            }
            for one in counting.columns()
        ],
        "lines": [
            {"label": one.label, "unit": one.unit or None, "values": dict(one.values)}
            for one in found.lines
        ],
        "missing": list(found.missing),
        "path": str(args.out) if args.out is not None else None,
    }
    lines = [
        f"{one.label(language())}\t{found.values[one.name]}\t{tables.unit_word(one)}"
        for one in counting.columns()
    ]
    return Answer(document, tuple(lines))
