"""Verbs of mine action: accidents and their victims, reports of dangerous things, the export."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app import cli_arguments as arguments
from app import cli_asked as asked
from app import cli_records as records
from app.actions import accident, accident_list, hazard, victim
from app.cli_context import Answer, Context
from app.rules import dates
from app.values.accident import AccidentDraft
from app.values.victim import AccidentsFilter, VictimDraft
from app.wording import language, translate
from data import codes, fields


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("accidents", help=translate("tai nạn bom mìn và nạn nhân"))
    kinds = group.add_subparsers(required=True, dest="kind")
    _register_of_persons(kinds)
    _register_of_accidents(kinds)
    group = verbs.add_parser("hazards", help=translate("tin báo vật nghi là bom mìn"))
    _register_hazards(group.add_subparsers(required=True, dest="kind"))


def register_export(kinds: Any) -> None:
    """Add `export mine-action`."""
    words = translate("báo cáo tai nạn, nạn nhân bom mìn theo tên trường IMSMA (CSV, XLSX)")
    verb = kinds.add_parser("mine-action", help=words)
    out = translate("thư mục nhận các tệp")
    verb.add_argument("--out", type=Path, required=True, metavar="DIR", help=out)
    names = translate("kèm tên những người đã đồng ý và được duyệt chia sẻ với nơi nhận")
    verb.add_argument("--names", action="store_true", help=names)
    whom = translate("nơi nhận, cần khi kèm tên")
    verb.add_argument("--recipient", default="", metavar="TEXT", help=whom)
    verb.set_defaults(run=export)


def _verb(kinds: Any, name: str, words: str, *ids: str) -> Any:
    told = {
        "PERSON": translate("mã người, như people list cho biết"),
        "VICTIM": translate("mã nạn nhân, như accidents list hay show cho biết"),
        "ACCIDENT": translate("mã vụ tai nạn, như accidents book cho biết"),
        "ID": translate("mã tin báo, như hazards list cho biết"),
    }
    verb = kinds.add_parser(name, help=words)
    for each in ids:
        verb.add_argument(each.lower(), metavar=each, help=told[each])
    return verb


def _register_of_persons(kinds: Any) -> None:
    verb = _verb(kinds, "list", translate("liệt kê tai nạn của một người"), "PERSON")
    verb.set_defaults(run=of_person)
    verb = _verb(kinds, "add", translate("ghi tai nạn và thương tích"), "PERSON")
    arguments.take_values(verb)
    known = translate("tai nạn đã ghi mà người này cũng là nạn nhân")
    verb.add_argument("--accident", default=None, metavar="ID", help=known)
    verb.set_defaults(run=save_of_person, victim=None)
    verb = _verb(kinds, "edit", translate("sửa điều đã ghi về tai nạn"), "PERSON", "VICTIM")
    arguments.take_values(verb)
    verb.set_defaults(run=save_of_person, accident=None)
    verb = _verb(kinds, "remove", translate("gỡ tai nạn khỏi một người, kèm lý do"), "VICTIM")
    arguments.take_reason(verb)
    verb.set_defaults(run=remove_of_person)


def _register_of_accidents(kinds: Any) -> None:
    verb = _verb(kinds, "book", translate("liệt kê các vụ tai nạn, mới nhất trước"))
    happened = translate("năm xảy ra")
    verb.add_argument("--year", default=None, type=arguments.year, metavar="YYYY", help=happened)
    unit = translate("xã nơi xảy ra")
    verb.add_argument("--unit", default=None, type=arguments.unit, metavar="SYSTEM:CODE", help=unit)
    verb.set_defaults(run=book)
    verb = _verb(kinds, "show", translate("một vụ tai nạn và mọi nạn nhân"), "ACCIDENT")
    verb.set_defaults(run=show)
    verb = _verb(kinds, "record", translate("ghi hay sửa một vụ tai nạn, chưa cần biết nạn nhân"))
    arguments.take_values(verb)
    known = translate("vụ tai nạn cần sửa")
    verb.add_argument("--accident", default=None, metavar="ID", help=known)
    verb.set_defaults(run=record)
    words = translate("thêm hay sửa một nạn nhân của vụ tai nạn, đã đăng ký hay chưa")
    verb = _verb(kinds, "victim", words, "ACCIDENT")
    arguments.take_values(verb)
    who = translate("mã người đã đăng ký")
    verb.add_argument("--person", default=None, metavar="ID", help=who)
    which = translate("nạn nhân cần sửa")
    verb.add_argument("--victim", default=None, metavar="ID", help=which)
    verb.set_defaults(run=save_victim)
    words = translate("nạn nhân chính là người đã đăng ký này")
    verb = _verb(kinds, "link", words, "VICTIM", "PERSON")
    verb.set_defaults(run=link)
    verb = _verb(kinds, "unlink", translate("nạn nhân không phải người ấy, kèm lý do"), "VICTIM")
    arguments.take_reason(verb)
    verb.set_defaults(run=unlink)
    words = translate("nhập tai nạn và nạn nhân từ bảng tính theo mẫu")
    verb = _verb(kinds, "import", words)
    sheet = translate("bảng tính .xlsx, .xls, .ods hoặc .csv")
    verb.add_argument("file", type=Path, metavar="FILE", help=sheet)
    trial = translate("chỉ xem thử, không ghi gì")
    verb.add_argument("--dry-run", action="store_true", help=trial)
    verb.set_defaults(run=take_sheet)
    verb = _verb(kinds, "template", translate("lưu mẫu bảng tính trống để nhập tai nạn"))
    out = translate("tệp .xlsx được ghi ra")
    verb.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx", help=out)
    verb.set_defaults(run=write_template)
    words = translate("gỡ một vụ tai nạn không có nạn nhân, kèm lý do")
    verb = _verb(kinds, "drop", words, "ACCIDENT")
    arguments.take_reason(verb)
    verb.set_defaults(run=drop)


def _register_hazards(kinds: Any) -> None:
    verb = _verb(kinds, "list", translate("liệt kê tin báo, mới nhất trước"))
    states = [item.code for item in codes.get("hazard_state").items]
    words = translate("chỉ tin báo ở tình trạng này")
    verb.add_argument("--state", action="append", choices=states, default=None, help=words)
    verb.set_defaults(run=hazards)
    verb = _verb(kinds, "add", translate("ghi tin báo có vật nghi là bom mìn"))
    arguments.take_values(verb)
    verb.set_defaults(run=save_hazard, id=None)
    verb = _verb(kinds, "edit", translate("sửa một tin báo"), "ID")
    arguments.take_values(verb)
    verb.set_defaults(run=save_hazard)
    for name, step, words, whom in (
        ("pass", "pass_on", translate("đã báo cơ quan xử lý"), translate("đã báo cho ai")),
        ("clear", "clear", translate("đã xử lý xong"), translate("đơn vị xử lý")),
        ("nothing", "not_found", translate("đến nơi không thấy gì"), translate("ai đã đến xem")),
    ):
        verb = _verb(kinds, name, words, "ID")
        verb.add_argument("--by", required=True, metavar="TEXT", help=whom)
        verb.add_argument("--on", default="", metavar="DATE", help=translate("ngày"))
        verb.set_defaults(run=step_hazard, step=step)
    verb = _verb(kinds, "remove", translate("gỡ một tin báo ghi nhầm, kèm lý do"), "ID")
    arguments.take_reason(verb)
    verb.set_defaults(run=remove_hazard)
    words = translate("in tờ hướng dẫn cho người báo, hoặc công văn gửi đơn vị xử lý")
    verb = _verb(kinds, "print", words, "ID")
    out = translate("tệp PDF được ghi ra")
    verb.add_argument("--out", type=Path, required=True, metavar="FILE.pdf", help=out)
    letter = translate("công văn gửi đơn vị này thay cho tờ hướng dẫn")
    verb.add_argument("--letter", default="", metavar="TEXT", help=letter)
    verb.set_defaults(run=print_hazard)


def of_person(args: argparse.Namespace, context: Context) -> Answer:
    """The accidents of a person."""
    ws = asked.about(context.workspace(), "person", args.person)
    found = records.accidents(ws, args.person)
    return Answer({"accidents": found}, records.accident_lines(found))


def save_of_person(args: argparse.Namespace, context: Context) -> Answer:
    """Record an accident of a person, or correct it: fields of `accident` and of `victim`."""
    typed = arguments.values(args.set)
    about = {name: value for name, value in typed.items() if fields.has("accident", name)}
    harm = {name: value for name, value in typed.items() if name not in about}
    draft = AccidentDraft(args.person, harm, about, args.accident, args.victim)
    saved = accident.save(context.workspace(), draft)
    document = {"id": saved.victim_id, "accident_id": saved.accident_id}
    return Answer(document, (translate("Đã lưu tai nạn, mã {id}.", id=saved.victim_id),))


def remove_of_person(args: argparse.Namespace, context: Context) -> Answer:
    """Untie a person from an accident."""
    accident.remove(context.workspace(), args.victim, args.reason)
    return Answer({"id": args.victim, "removed": True}, (translate("Đã gỡ tai nạn."),))


def book(args: argparse.Namespace, context: Context) -> Answer:
    """The accidents of the office."""
    which = AccidentsFilter((args.unit,) if args.unit else (), args.year or "")
    page = accident_list.listing(context.workspace(), which, limit=arguments.SCRIPT_AT_ONCE)
    found = [asdict(one) | {"commune": records.unit(one.commune)} for one in page.lines]
    lines = [translate("{total} vụ tai nạn", total=page.total)]
    for one in page.lines:
        day = dates.show(one.accident_on) if one.accident_on else translate("không rõ ngày")
        hurt = translate("{count} nạn nhân", count=one.victims)
        lines.append("\t".join((one.id, day, one.place, hurt)))
    return Answer({"total": page.total, "accidents": found}, tuple(lines))


def show(args: argparse.Namespace, context: Context) -> Answer:
    """One accident with everybody it hurt."""
    page = accident_list.page(context.workspace(), args.accident)
    document = asdict(page)
    place = document["accident"]["accident_commune"]
    document["accident"]["accident_commune"] = records.unit(place)
    lines = [page.report_id, *(one.message for one in page.remarks)]
    for one in page.victims:
        harm = codes.label("victim_consequence", str(one.fields["consequence"] or ""), language())
        lines.append("\t".join((f"{one.number:02d}", one.id, one.name or "—", harm)))
    return Answer(document, tuple(lines))


def record(args: argparse.Namespace, context: Context) -> Answer:
    """Record an accident, or correct one."""
    key = accident_list.record(context.workspace(), arguments.values(args.set), args.accident)
    return Answer({"id": key}, (translate("Đã lưu vụ tai nạn, mã {id}.", id=key),))


def save_victim(args: argparse.Namespace, context: Context) -> Answer:
    """Add a victim to an accident, or correct one."""
    typed = arguments.values(args.set)
    draft = VictimDraft(args.accident, typed, args.person, args.victim)
    key = victim.save(context.workspace(), draft)
    return Answer({"id": key}, (translate("Đã lưu nạn nhân, mã {id}.", id=key),))


def link(args: argparse.Namespace, context: Context) -> Answer:
    """A victim is a registered person."""
    victim.link(context.workspace(), args.victim, args.person)
    said = translate("Đã gắn nạn nhân với người đăng ký.")
    return Answer({"id": args.victim, "person_id": args.person}, (said,))


def unlink(args: argparse.Namespace, context: Context) -> Answer:
    """A victim is not that person after all."""
    victim.unlink(context.workspace(), args.victim, args.reason)
    said = translate("Đã gỡ liên kết; nạn nhân còn trong vụ tai nạn.")
    return Answer({"id": args.victim, "person_id": None}, (said,))


def take_sheet(args: argparse.Namespace, context: Context) -> Answer:
    """Take accidents over from a sheet; exit 1 when a row was refused."""
    from app.actions import import_accidents

    done = import_accidents.run(context.workspace(), args.file, args.dry_run)
    said = translate(
        "{rows} dòng: {accidents} vụ tai nạn, {victims} nạn nhân ({linked} đã đăng ký), "
        "{unchanged} đã có, {refused} không nhập được.",
        rows=done.rows,
        accidents=done.accidents,
        victims=done.victims,
        linked=done.linked,
        unchanged=done.unchanged,
        refused=len(done.refused),
    )
    lines = (said, *(one.message for one in import_accidents.problems_of(done)))
    return Answer(asdict(done), lines, exit_code=1 if done.refused else 0)


def write_template(args: argparse.Namespace, context: Context) -> Answer:
    """Write the blank sheet."""
    from app.actions import import_accidents

    import_accidents.template(context.workspace(), args.out)
    return Answer({"file": str(args.out)}, (translate("Đã lưu {file}.", file=args.out),))


def drop(args: argparse.Namespace, context: Context) -> Answer:
    """Take off an accident without victims."""
    accident_list.remove(context.workspace(), args.accident, args.reason)
    return Answer({"id": args.accident, "removed": True}, (translate("Đã gỡ vụ tai nạn."),))


def hazards(args: argparse.Namespace, context: Context) -> Answer:
    """Reports of dangerous things."""
    states = tuple(args.state or ())
    page = hazard.listing(context.workspace(), states, limit=arguments.SCRIPT_AT_ONCE)
    lines = [translate("{total} tin báo", total=page.total)]
    for one in page.cards:
        state = codes.label("hazard_state", one.state, language())
        place = str(one.fields["hazard_place"] or one.fields["hazard_hamlet"] or "")
        lines.append("\t".join((one.id, hazard.number(one.id), state, place)))
    found = [asdict(one) | {"number": hazard.number(one.id)} for one in page.cards]
    return Answer({"total": page.total, "hazards": found}, tuple(lines))


def save_hazard(args: argparse.Namespace, context: Context) -> Answer:
    """Take a report down, or correct one."""
    key = hazard.save(context.workspace(), arguments.values(args.set), args.id)
    said = translate("Đã ghi tin báo số {number}, mã {id}.", number=hazard.number(key), id=key)
    return Answer({"id": key, "number": hazard.number(key)}, (said, hazard.guidance()))


def step_hazard(args: argparse.Namespace, context: Context) -> Answer:
    """Pass a report on, or write what became of it."""
    ws = context.workspace()
    hazard.step(ws, args.id, args.step, args.by, args.on)
    state = hazard.card(ws, args.id).state
    return Answer({"id": args.id, "state": state}, (translate("Đã ghi tình trạng tin báo."),))


def remove_hazard(args: argparse.Namespace, context: Context) -> Answer:
    """Take off a report that was written by mistake."""
    hazard.remove(context.workspace(), args.id, args.reason)
    return Answer({"id": args.id, "removed": True}, (translate("Đã gỡ tin báo."),))


def print_hazard(args: argparse.Namespace, context: Context) -> Answer:
    """Print the sheet for who reported, or the letter to who clears."""
    from app.actions import hazard_paper

    hazard_paper.write(context.workspace(), args.id, args.out, args.letter)
    said = translate("Đã in vào {file}.", file=args.out)
    return Answer({"file": str(args.out)}, (said,))


def export(args: argparse.Namespace, context: Context) -> Answer:
    """Write the mine-action report into a folder."""
    from app.actions import export_mine_action
    from app.values.mine_action import MineActionRequest

    request = MineActionRequest(args.out, args.names, args.recipient)
    done = export_mine_action.write(context.locking(), request)
    said = translate(
        "Đã xuất {accidents} vụ tai nạn, {victims} nạn nhân ({named} có tên), {problems} điều "
        "thiếu, vào {folder}.",
        accidents=done.accidents,
        victims=done.victims,
        named=done.named,
        problems=len(done.problems),
        folder=args.out,
    )
    document = asdict(done) | {"files": [str(path) for path in done.files]}
    return Answer(document, (said,))
