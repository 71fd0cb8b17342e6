"""The verb `import`: lists, corrections, registers; which imports there were, and undoing one."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.cli_context import Answer, Context
from app.errors import Refused
from app.values.imports import (
    Handover,
    ImportCard,
    ImportOptions,
    ImportResult,
    RowDecision,
    RowProblem,
)
from app.wording import translate

LIST, TEMPLATE = "list", "list-template"
REGISTERS = ("certificates", "cases", "allowances")
ALONE = ("undo", "minute", "confirm")
WARNINGS_READ_AT_ONCE = 50
"""Remarks shown in lines for reading; JSON has them all."""
PARTS = ("columns", "encodings", "edits", "decisions")


def register(verbs: Any) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "import",
        help=translate("nhập danh sách .xlsx, .xls, .ods, .csv"),
        description=translate(
            "FILE là danh sách; “list” kể các lượt đã nhập; “list-template” ghi danh sách mẫu."
        ),
    )
    verb.add_argument(
        "file",
        type=Path,
        metavar="FILE|list|list-template",
        nargs="?",
        help=translate("tệp danh sách"),
    )
    verb.add_argument("--dry-run", action="store_true", help=translate("chỉ xem thử, không ghi"))
    verb.add_argument("--draft", action="store_true", help=translate("giữ ở dạng nháp"))
    verb.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help=translate("tệp JSON: cột, kiểu chữ, ô sửa và lựa chọn từng dòng"),
    )
    verb.add_argument(
        "--corrections", action="store_true", help=translate("chỉ sửa người đã có, theo mã hoặc số")
    )
    verb.add_argument("--undo", metavar="IMPORT_ID", help=translate("hoàn tác cả lượt nhập"))
    verb.add_argument(
        "--register", choices=REGISTERS, help=translate("nhận bàn giao sổ đang có, theo hồ sơ cũ")
    )
    verb.add_argument(
        "--minute", metavar="IMPORT_ID", help=translate("in biên bản bàn giao ra PDF")
    )
    verb.add_argument("--confirm", metavar="IMPORT_ID", help=translate("xác nhận biên bản đã ký"))
    verb.add_argument("--note", default="", metavar="TEXT", help=translate("lý do chênh lệch"))
    verb.add_argument(
        "--out", type=Path, metavar="FILE", help=translate("nơi ghi danh sách mẫu hoặc biên bản")
    )
    verb.add_argument(
        "--unit", action="append", metavar="SYSTEM:CODE", help=translate("danh sách mẫu của đơn vị")
    )
    verb.add_argument("--blank", action="store_true", help=translate("mẫu trống, không điền người"))
    verb.set_defaults(run=import_, parser=verb)


def import_(args: argparse.Namespace, context: Context) -> Answer:
    """Bring a list in; exit code 0 once the file was read, also with refused rows."""
    alone = [name for name in ALONE if getattr(args, name)]
    if alone:
        if args.file is not None or len(alone) > 1:
            args.parser.error(translate("--{name} đi một mình, không có tệp", name=alone[0]))
        return {"undo": _undo, "minute": _minute, "confirm": _confirm}[alone[0]](args, context)
    if args.file is None:
        args.parser.error(translate("thiếu FILE"))
    if str(args.file) == LIST:
        return _list(context)
    if str(args.file) == TEMPLATE:
        return _template(args, context)
    return bring(args, context, args.register or "")


def bring(args: argparse.Namespace, context: Context, register: str) -> Answer:
    """Bring the list of a call in, as a register or as a layout of the national system."""
    from app.actions import import_list

    mapping = read_mapping(args.mapping) if args.mapping else {}
    options = ImportOptions(
        dry_run=args.dry_run,
        draft=args.draft,
        mapping=mapping.get("columns"),
        encodings=mapping.get("encodings", {}),
        corrections=args.corrections,
        register=register,
        edits=mapping.get("edits", {}),
        decisions=mapping.get("decisions", {}),
    )
    ws = context.workspace()
    result = import_list.run(ws, args.file, options, context.progress)
    told, lines = document(result), _lines(result)
    if result.id and register in REGISTERS:
        from app.actions import import_register

        compared = import_register.compare(ws, result.id)
        told["handover"] = handover(compared)
        lines = (*lines, *_totals(compared))
    return Answer(told, lines)


def read_mapping(path: Path) -> dict[str, Any]:
    """A mapping file: `{columns, encodings, edits, decisions}`, or the columns alone.

    `columns` gives fields by letter or heading (`B`, `DS!B`), `encodings` by sheet (`*` for all),
    `edits` texts by row and letter (`{"DS!12": {"B": "…"}}`), `decisions` by row
    (`{"DS!12": {"fate": "same", "who": ID, "take": ["phone"], "keep": ["note"]}}`, or `{"fate":
    "new", "apart": [ID…]}`). Raises Refused.
    """
    try:
        given = json.loads(path.read_text("utf-8-sig"))
        if not isinstance(given, dict):
            raise ValueError("{ }")
        found = dict(given) if any(part in given for part in PARTS) else {"columns": given}
        unknown = set(found) - set(PARTS)
        if unknown:
            raise ValueError(", ".join(sorted(unknown)))
        for part in ("columns", "encodings"):
            _texts(found.get(part, {}))
        for cells in found.get("edits", {}).values():
            _texts(cells)
        found["decisions"] = {
            row: RowDecision(
                str(one.get("fate", "")),
                frozenset(one.get("take", ())),
                frozenset(one.get("keep", ())),
                str(one.get("who", "")),
                frozenset(one.get("apart", ())),
            )
            for row, one in found.get("decisions", {}).items()
        }
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise Refused.one("mapping_unreadable", "mapping", path.name, reason=str(error)) from error
    return found


def _texts(part: Mapping[str, object]) -> None:
    if not all(isinstance(value, str) for value in part.values()):
        raise ValueError(str(dict(part)))


def document(result: ImportResult) -> dict[str, Any]:
    """What came of a list, as it stands in JSON."""
    return {
        "rows": result.rows,
        "created": result.created,
        "matched": result.matched,
        "unchanged": result.unchanged,
        "changed": result.changed,
        "awaiting_approval": result.awaiting,
        "possible_duplicates": result.possible_duplicates,
        "refused": [asdict(one) for one in result.refused],
        "warnings": [asdict(one) for one in result.warnings],
        "encodings": dict(result.encodings),
        "questions": [asdict(one) for one in result.questions],
        "id": result.id,
    }


def _lines(result: ImportResult) -> tuple[str, ...]:
    said = translate(
        "{rows} dòng: {created} người mới, {matched} đã có ({changed} được bổ sung), "
        "{refused} dòng cần sửa.",
        rows=result.rows,
        created=result.created,
        matched=result.matched,
        changed=result.changed,
        refused=result.refused_rows,
    )
    return (said, *_remarks(result))


def _remarks(result: ImportResult) -> list[str]:
    """What was refused and what is worth a look, each naming sheet, row and column."""
    others = [one for one in result.warnings if one not in result.by_hand]
    told = (*result.refused, *result.by_hand, *others[:WARNINGS_READ_AT_ONCE])
    lines = [_remark(one) for one in told]
    more = len(others) - WARNINGS_READ_AT_ONCE
    if more > 0:
        lines.append(translate("… và {count} điều nên xem nữa (đủ trong --json).", count=more))
    return lines


def _remark(one: RowProblem) -> str:
    from app.imports.listing import label_of

    if not one.row:
        return one.message  # about a whole sheet, which its sentence names
    if not one.field:
        return translate(
            "{sheet}, dòng {row}: {message}", sheet=one.sheet, row=one.row, message=one.message
        )
    return translate(
        "{sheet}, dòng {row}, {label}: {message}",
        sheet=one.sheet,
        row=one.row,
        label=label_of(one.field),
        message=one.message,
    )


def _list(context: Context) -> Answer:
    from app.actions import import_undo

    cards = import_undo.imports(context.workspace())
    lines = [_past(one) for one in cards] or [translate("Chưa nhập danh sách nào trên máy này.")]
    return Answer({"imports": [asdict(one) for one in cards]}, tuple(lines))


def _past(one: ImportCard) -> str:
    """One import as a sentence, its id in front for `--undo`."""
    from app.actions.history_words import when
    from app.imports.listing import kind_label

    count = one.counts.get
    facts = {
        "id": one.id,
        "at": when(one.started_at),
        "by": one.by,
        "kind": kind_label(one.kind),
        "file": one.file,
        "new": count("new", 0) + count("maybe", 0),
        "changed": count("changed", 0),
        "refused": count("refused", 0),
    }
    said = translate(
        "{id}  {at}, {by}: {kind} “{file}”, {new} người mới, {changed} được bổ sung, "
        "{refused} dòng cần sửa",
        **facts,
    )
    if one.kind == "corrections":
        said = translate(
            "{id}  {at}, {by}: {kind} “{file}”, {changed} được sửa, {refused} dòng cần sửa", **facts
        )
    if one.undone_at:
        at = when(one.undone_at)
        said += translate("; đã hoàn tác lúc {at} ({by})", at=at, by=one.undone_by)
    elif not one.finished_at:
        said += translate("; dừng giữa chừng")
    return said


def _template(args: argparse.Namespace, context: Context) -> Answer:
    from app.actions import list_template

    if args.out is None:
        args.parser.error(translate("thiếu --out"))
    done = list_template.write(context.workspace(), args.out, tuple(args.unit or ()), args.blank)
    said = translate(
        "Đã ghi danh sách mẫu {file}: {communes} xã, {people} người.",
        file=done.file,
        communes=done.communes,
        people=done.people,
    )
    told = {"file": str(done.file), "communes": done.communes, "people": done.people}
    return Answer(told, (said,))


def handover(compared: Handover) -> dict[str, Any]:
    """A register's totals in its list and in the program, as they stand in JSON."""
    lines = [asdict(line) | {"differs": line.differs} for line in compared.lines]
    return asdict(compared) | {"lines": lines, "agrees": compared.agrees}


def _totals(compared: Handover) -> tuple[str, ...]:
    return tuple(
        f"{line.table}\t{line.label}\t{line.listed}\t{line.found}" for line in compared.lines
    )


def _minute(args: argparse.Namespace, context: Context) -> Answer:
    from app.actions import import_register

    if args.out is None:
        args.parser.error(translate("thiếu --out"))
    content = import_register.minute(context.workspace(), args.minute)
    try:
        args.out.write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused.one("export_not_written", "out", args.out.name, reason=reason) from error
    said = translate("Đã ghi biên bản {file}.", file=args.out)
    return Answer({"file": str(args.out)}, (said,))


def _confirm(args: argparse.Namespace, context: Context) -> Answer:
    from app.actions import import_register

    compared = import_register.confirm(context.workspace(), args.confirm, args.note)
    return Answer(handover(compared), _totals(compared))


def _undo(args: argparse.Namespace, context: Context) -> Answer:
    from app.actions import import_undo

    done = import_undo.undo(context.workspace(), args.undo)
    said = translate(
        "Đã hoàn tác: gỡ {removed} bản ghi, trả lại {restored} ô.",
        removed=done.removed,
        restored=done.restored,
    )
    return Answer(asdict(done), (said,))
