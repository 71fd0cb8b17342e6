"""Verbs about sessions of the council and their public notices."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from app import cli_arguments as arguments
from app import cli_rows as rows
from app.actions import council_calendar, council_session, notice
from app.cli_context import Answer, Context
from app.errors import Refused
from app.rules import dates
from app.values.council import NoticeCard, PutDraft, SessionDraft
from app.wording import language, translate
from data import codes


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    _sessions(rows.kinds(verbs, "sessions", translate("phiên họp của Hội đồng xác định")))
    _notices(rows.kinds(verbs, "notices", translate("thông báo niêm yết kết quả của phiên họp")))


def _sessions(kinds: Any) -> None:
    rows.verb(kinds, "list", translate("liệt kê phiên họp"), sessions_list)
    rows.verb(kinds, "show", translate("một phiên: thành viên, người được xét"), show, "ID")
    for name, words, ids in (
        ("add", translate("lập một phiên họp"), ()),
        ("edit", translate("sửa một phiên họp"), ("ID",)),
    ):
        verb = rows.sets(kinds, name, words, save, *ids)
        for who in ("chair", "secretary"):
            told = translate("mã thành viên, mặc định theo vai trong Hội đồng")
            verb.add_argument(f"--{who}", default="", metavar="MEMBER", help=told)
        if not ids:
            verb.set_defaults(id=None)
    verb = rows.verb(kinds, "put", translate("đưa hồ sơ đủ giấy tờ vào phiên"), put, "ID")
    verb.add_argument("people", nargs="*", metavar="PERSON", help=translate("mã người"))
    verb.add_argument("--application", action="extend", nargs="+", default=[], metavar="ID",
                      help=translate("mã hồ sơ, như applications list cho biết"))  # fmt: skip
    verb.add_argument("--starts", default="", metavar="HH:MM", help=translate("giờ người đầu"))
    verb.add_argument("--minutes", type=arguments.not_negative, default=15, metavar="N",
                      help=translate("mỗi người bao nhiêu phút"))  # fmt: skip
    verb = rows.verb(kinds, "order", translate("xếp lại thứ tự người được xét"), reorder, "ID")
    verb.add_argument("hearings", nargs="+", metavar="HEARING", help=translate("mã lần xét"))
    verb = rows.verb(kinds, "take-out", translate("rút một người khỏi phiên"), take_out, "HEARING")
    arguments.take_reason(verb)
    verb = rows.verb(kinds, "hold", translate("bắt đầu họp, ai có mặt"), hold, "ID")
    told = translate("mã thành viên có mặt; MEMBER=TÊN khi đi thay người ấy")
    verb.add_argument("--present", action="extend", nargs="+", required=True, metavar="MEMBER",
                      help=told)  # fmt: skip
    verb.add_argument("--starts", default="", metavar="HH:MM", help=translate("giờ bắt đầu"))
    words = translate("vì sao vẫn họp khi Hội đồng còn thiếu thành phần")
    verb.add_argument("--without-roles", default="", metavar="TEXT", help=words)
    verb = rows.verb(kinds, "close", translate("kết thúc phiên họp"), close, "ID")
    verb.add_argument("--ends", default="", metavar="HH:MM", help=translate("giờ kết thúc"))
    verb = rows.verb(kinds, "cancel", translate("hủy một phiên chưa họp"), cancel, "ID")
    arguments.take_reason(verb)


def _notices(kinds: Any) -> None:
    rows.verb(kinds, "list", translate("liệt kê thông báo niêm yết"), notices_list)
    words = translate("thông báo của một phiên và danh sách")
    rows.verb(kinds, "show", words, notices_show, "SESSION")
    verb = rows.verb(kinds, "write", translate("lập thông báo của một phiên"), write, "SESSION")
    verb.add_argument("--place", default="", metavar="TEXT", help=translate("nơi niêm yết"))
    verb.add_argument("--number", default="", metavar="TEXT", help=translate("số thông báo"))
    words = translate("ai đứng trên danh sách thế nào; Chủ tịch quyết với người chưa thành niên")
    verb = rows.verb(kinds, "decide", words, decide, "SESSION")
    listed = "|".join(one.code for one in codes.get("notice_shows").items)
    verb.add_argument("shows", nargs="+", metavar="HEARING=CODE", help=listed)
    rows.verb(kinds, "approve", translate("duyệt thông báo"), approve, "SESSION")
    for name, words, run in (
        ("post", translate("ghi ngày bắt đầu niêm yết"), post),
        ("take-down", translate("ghi ngày đã gỡ thông báo"), take_down),
    ):
        verb = rows.verb(kinds, name, words, run, "SESSION")
        verb.add_argument("--on", default="", metavar="DATE", help=translate("mặc định hôm nay"))


def sessions_list(_args: argparse.Namespace, context: Context) -> Answer:
    """All sessions."""
    found = council_session.listing(context.workspace())
    lines = (
        "\t".join((one.id, dates.show(one.on, language()), one.starts, one.place,
                   codes.label("session_state", one.state, language()), str(one.persons)))
        for one in found
    )  # fmt: skip
    return Answer({"sessions": [asdict(one) for one in found]}, tuple(lines))


def show(args: argparse.Namespace, context: Context) -> Answer:
    """One session."""
    page = council_session.page(context.workspace(), args.id)
    lines = (
        "\t".join((one.id, str(one.order), one.at, one.name, dates.show(one.birth, language()) if
                   one.birth else "", codes.label("hearing_state", one.state, language())))
        for one in page.lines
    )  # fmt: skip
    told = asdict(page)
    return Answer({**told.pop("card"), **told}, tuple(lines))


def save(args: argparse.Namespace, context: Context) -> Answer:
    """Plan a session, or correct it."""
    draft = SessionDraft(arguments.values(args.set), args.id, args.chair, args.secretary)
    return rows.saved(council_session.save(context.workspace(), draft))


def put(args: argparse.Namespace, context: Context) -> Answer:
    """Put files into a session."""
    draft = PutDraft(tuple(args.application), tuple(args.people), args.starts, args.minutes)
    return rows.added(council_calendar.put(context.workspace(), args.id, draft))


def reorder(args: argparse.Namespace, context: Context) -> Answer:
    """Give the persons of a session another order."""
    council_calendar.reorder(context.workspace(), args.id, args.hearings)
    return rows.saved(args.id)


def take_out(args: argparse.Namespace, context: Context) -> Answer:
    """Take somebody out of a session."""
    council_calendar.take_out(context.workspace(), args.hearing, args.reason)
    return rows.saved(args.hearing)


def hold(args: argparse.Namespace, context: Context) -> Answer:
    """Begin a session."""
    present = {one: name for one, _, name in (word.partition("=") for word in args.present)}
    council_session.hold(context.workspace(), args.id, present, args.starts, args.without_roles)
    return rows.saved(args.id)


def close(args: argparse.Namespace, context: Context) -> Answer:
    """End a session."""
    council_session.close(context.workspace(), args.id, args.ends)
    return rows.saved(args.id)


def cancel(args: argparse.Namespace, context: Context) -> Answer:
    """Call a session off."""
    council_calendar.cancel(context.workspace(), args.id, args.reason)
    return rows.saved(args.id)


def notices_list(_args: argparse.Namespace, context: Context) -> Answer:
    """All notices."""
    found = notice.listing(context.workspace())
    return Answer({"notices": [asdict(one) for one in found]}, tuple(_notice(one) for one in found))


def notices_show(args: argparse.Namespace, context: Context) -> Answer:
    """The notice of a session."""
    found = notice.of_session(context.workspace(), args.session)
    if found is None:
        raise Refused.one("notice_unknown", "id", args.session)
    lines = (
        "\t".join((one.hearing_id, one.name, one.hamlet, _said(one.types, one.degree),
                   codes.label("notice_shows", one.shows, language()) if one.shows else "?"))
        for one in found.lines
    )  # fmt: skip
    return Answer(asdict(found), (_notice(found), *lines))


def write(args: argparse.Namespace, context: Context) -> Answer:
    """Write the notice of a session."""
    found = notice.write(context.workspace(), args.session, args.place, args.number)
    return Answer(asdict(found), (_notice(found),))


def decide(args: argparse.Namespace, context: Context) -> Answer:
    """How persons stand on the list."""
    told = {one: code for one, _, code in (word.partition("=") for word in args.shows)}
    notice.decide(context.workspace(), args.session, told)
    return rows.saved(args.session)


def approve(args: argparse.Namespace, context: Context) -> Answer:
    """Let the notice be hung up."""
    notice.approve(context.workspace(), args.session)
    return rows.saved(args.session)


def post(args: argparse.Namespace, context: Context) -> Answer:
    """The notice hangs."""
    found = notice.post(context.workspace(), args.session, args.on)
    return Answer(asdict(found), (_notice(found),))


def take_down(args: argparse.Namespace, context: Context) -> Answer:
    """The notice was taken down."""
    notice.take_off(context.workspace(), args.session, args.on)
    return rows.saved(args.session)


def _notice(one: NoticeCard) -> str:
    days = (dates.show(day, language()) if day else "" for day in (one.posted_on, one.take_down_on))
    state = codes.label("notice_state", one.state, language())
    return "\t".join((one.session_id, one.number, state, *days))


def _said(types: tuple[str, ...], degree: str) -> str:
    named = ", ".join(codes.label("disability_type", one, language()) for one in types)
    return f"{named}: {codes.label('degree', degree, language())}" if degree else named
