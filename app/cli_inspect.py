"""Verbs of inspection: who did what with a person, what an officer did, a register as of a day."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app import cli_arguments as arguments
from app.actions import inspection, register_then
from app.actions.history_words import when
from app.cli_context import Answer, Context
from app.values.inspection import KINDS, InspectionAsk
from app.wording import translate
from data import text
from data.counting.registers import REGISTERS

SHOWN = 200


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("inspect", help=translate("thanh tra: nhật ký, sổ như một ngày"))
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser("person", help=translate("ai đã xem, in, xuất, sửa, duyệt một người"))
    arguments.take_person(verb)
    who = translate("chỉ việc của cán bộ này")
    verb.add_argument("--by", type=text.tidy, default="", metavar="LOGIN", help=who)
    _take_filters(verb)
    verb.set_defaults(run=person)
    verb = kinds.add_parser("user", help=translate("một cán bộ đã xem, in, xuất, sửa những gì"))
    login = translate("tên đăng nhập")
    verb.add_argument("login", type=text.tidy, metavar="NAME", help=login)
    _take_filters(verb)
    verb.set_defaults(run=user)
    verb = kinds.add_parser("register", help=translate("một sổ như đã ghi đến hết một ngày"))
    verb.add_argument("name", metavar="NAME", help=", ".join(REGISTERS))
    day = translate("ngày (YYYY-MM-DD); mặc định hôm nay")
    verb.add_argument("--as-of", type=arguments.day, default=None, metavar="DATE", help=day)
    _take_out(verb)
    verb.set_defaults(run=register_as_of)
    verb = kinds.add_parser("log", help=translate("nhật ký xem, in, xuất có còn nguyên vẹn"))
    number = translate("số dòng cuối ghi trên tờ in trước")
    verb.add_argument("--last", type=int, default=0, metavar="N", help=number)
    mark = translate("dấu ghi trên tờ in trước")
    verb.add_argument("--mark", default="", metavar="MARK", help=mark)
    verb.set_defaults(run=log)


def _take_filters(verb: Any) -> None:
    which = translate("chỉ các việc này: xem, in, xuất, duyệt, chia sẻ, chuyển, sửa, đổi khóa")
    verb.add_argument("--only", nargs="+", choices=KINDS, default=[], help=which)
    since = translate("từ ngày (YYYY-MM-DD)")
    verb.add_argument("--since", type=arguments.day, default=None, metavar="DATE", help=since)
    until = translate("đến hết ngày (YYYY-MM-DD)")
    verb.add_argument("--until", type=arguments.day, default=None, metavar="DATE", help=until)
    _take_out(verb)


def _take_out(verb: Any) -> None:
    out = translate("tệp .pdf, .xlsx hoặc .csv được ghi ra")
    verb.add_argument("--out", type=Path, default=None, metavar="FILE", help=out)


def person(args: argparse.Namespace, context: Context) -> Answer:
    """Who saw, printed, exported, changed, approved, shared or moved a person."""
    ask = InspectionAsk(args.person, args.by, tuple(args.only), args.since or "", args.until or "")
    return _answer(context, ask, args.out)


def user(args: argparse.Namespace, context: Context) -> Answer:
    """What an officer saw, printed, exported, changed."""
    ask = InspectionAsk("", args.login, tuple(args.only), args.since or "", args.until or "")
    return _answer(context, ask, args.out)


def _answer(context: Context, ask: InspectionAsk, out: Path | None) -> Answer:
    ws = context.workspace()
    found = inspection.find(ws, ask)
    document: dict[str, Any] = {
        "title": found.title,
        "total": found.total,
        "events": [asdict(one) for one in found.lines],
        "notes": list(found.notes),
    }
    from app.actions import inspection_out

    lines = ["\t".join(inspection_out.words_of(ws, one)) for one in found.lines[:SHOWN]]
    if out is not None:
        document["file"] = str(inspection_out.write(context.locking(), found, out))
        lines.append(translate("Đã ghi {file}.", file=document["file"]))
    said = translate("{title}: {count} việc.", title=found.title, count=found.total)
    return Answer(document, (said, *lines, *found.notes))


def register_as_of(args: argparse.Namespace, context: Context) -> Answer:
    """A register as it stood; with a file the rows go there alone."""
    ws = context.workspace()
    then = register_then.at(ws, args.name, args.as_of or "")
    document: dict[str, Any] = {
        "name": then.name,
        "title": then.title,
        "as_of": then.as_of,
        "count": then.count,
        "states": [{"state": state, "count": count} for state, count in then.states],
        "columns": [{"key": key, "label": label} for key, label in then.columns],
        "notes": list(then.notes),
    }
    states = "; ".join(f"{state} {count}" for state, count in then.states)
    lines = [translate("{title}: {count} dòng.", title=then.title, count=then.count), states]
    if args.out is not None:
        from app.actions import inspection_out

        document["file"] = str(inspection_out.write_register(context.locking(), then, args.out))
        lines.append(translate("Đã ghi {file}.", file=document["file"]))
    else:
        keys = [key for key, _label in then.columns]
        rows = register_then.rows(ws, then.name, then.as_of)
        document["rows"] = [
            {"id": one.key, "person": one.person_id, **dict(zip(keys, one.values, strict=True))}
            for one in rows
        ]
        lines += ["\t".join(one.values) for one in rows[:SHOWN]]
    return Answer(document, (*lines, *then.notes))


def log(args: argparse.Namespace, context: Context) -> Answer:
    """Walk the chain of the log; exit code 1 when it is broken."""
    found = inspection.proof(context.workspace(), args.last, args.mark.strip())
    since = (translate("Từ {at}.", at=when(found.since)),) if found.since else ()
    return Answer(asdict(found), (*since, *found.words), exit_code=1 if found.broken else 0)
