"""Verbs about what helps many: the directory, gift rounds, agreements with firms."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from app import cli_arguments as arguments
from app import cli_documents as documents
from app import cli_records as records
from app import cli_rows as rows
from app.actions import entitlement, gift_round, provider, support_papers
from app.cli_context import Answer, Context
from app.values.entitlement import AgreementDraft, EntitlementCard
from app.values.provider import ProviderDraft, ProvidersFilter
from app.values.support import GiftLine, RoundDraft
from app.wording import translate


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    _providers(rows.kinds(verbs, "providers", translate("danh bạ dịch vụ")))
    _rounds(rows.kinds(verbs, "rounds", translate("đợt quà")))
    _agreements(rows.kinds(verbs, "agreements", translate("thỏa thuận ưu đãi với đơn vị vận tải")))


def _providers(kinds: Any) -> None:
    verb = rows.verb(kinds, "list", translate("tìm trong danh bạ"), providers_list)
    verb.add_argument("--query", default="", metavar="Q", help=translate("chữ cần tìm"))
    arguments.take_codes(verb, "--kind", "service_kind")
    verb.add_argument("--ended", action="store_true", help=translate("cả dịch vụ đã thôi"))
    rows.sets(kinds, "add", translate("thêm một dịch vụ"), providers_save).set_defaults(id=None)
    rows.sets(kinds, "edit", translate("sửa một dịch vụ"), providers_save, "ID")
    rows.removes(kinds, provider.remove)
    rows.imports(kinds, "provider")


def _rounds(kinds: Any) -> None:
    words = {
        "list": translate("liệt kê đợt quà"),
        "show": translate("danh sách của một đợt"),
        "add": translate("lập một đợt"),
        "edit": translate("sửa một đợt"),
        "put": translate("thêm người vào đợt"),
    }
    of = (gift_round.listing, gift_round.page, gift_round.save, gift_round.add)
    rows.lists(kinds, rows.Lists("rounds", "gift_round", _gift, words, RoundDraft, *of))
    verb = rows.verb(kinds, "tick", translate("đánh dấu đã nhận, vắng"), rounds_tick, "ID")
    verb.add_argument("--status", required=True, choices=gift_round.TICKS, help=translate("dấu"))
    verb.add_argument("people", nargs="+", metavar="PERSON", help=translate("mã người"))
    rows.verb(kinds, "close", translate("kết thúc đợt"), rounds_close, "ID")
    rows.out(rows.verb(kinds, "print", translate("in danh sách ký nhận"), rounds_print, "ID"))


def _agreements(kinds: Any) -> None:
    words = {
        "list": translate("liệt kê thỏa thuận"),
        "show": translate("người hưởng theo thỏa thuận"),
        "add": translate("ghi một thỏa thuận"),
        "edit": translate("sửa một thỏa thuận"),
        "put": translate("thêm người hưởng"),
    }
    of = (
        *(entitlement.agreements, entitlement.page),
        *(entitlement.save_agreement, entitlement.add),
    )
    rows.lists(kinds, rows.Lists("agreements", "agreement", _entitled, words, AgreementDraft, *of))
    verb = rows.verb(kinds, "end", translate("thôi hưởng, kèm lý do"), agreements_end)
    verb.add_argument("ids", nargs="+", metavar="ID", help=translate("mã lượt hưởng"))
    arguments.take_reason(verb)
    asking = translate("xin thủ trưởng cho gửi danh sách tới đơn vị vận tải")
    rows.verb(kinds, "ask", asking, agreements_ask, "ID")
    out = translate("in danh sách cho đơn vị vận tải")
    rows.out(rows.verb(kinds, "print", out, agreements_print, "ID"))


def providers_list(args: argparse.Namespace, context: Context) -> Answer:
    """The services that fit."""
    which = ProvidersFilter(args.query, tuple(args.kind), ended=args.ended)
    return rows.listed("providers", provider.listing(context.workspace(), which), "provider")


def providers_save(args: argparse.Namespace, context: Context) -> Answer:
    """Enter a service, or correct one."""
    draft = ProviderDraft(arguments.values(args.set), args.id)
    return rows.saved(provider.save(context.workspace(), draft))


def _gift(one: GiftLine) -> Iterator[str]:
    yield from (one.person_id, one.name)
    told = {
        "support_status": one.status,
        "support_on": one.support_on or None,
        "received_by": one.received_by or None,
    }
    yield from records.facts("support", told)


def _entitled(one: EntitlementCard) -> Iterator[str]:
    return rows.line_of(asdict(one), "entitlement")


def rounds_tick(args: argparse.Namespace, context: Context) -> Answer:
    """Tick who received and who was absent."""
    count = gift_round.tick(context.workspace(), args.id, args.people, args.status)
    said = translate("Đã đánh dấu {count} người.", count=count)
    return Answer({"id": args.id, "ticked": count}, (said,))


def rounds_close(args: argparse.Namespace, context: Context) -> Answer:
    """End a round."""
    gift_round.close(context.workspace(), args.id)
    return rows.saved(args.id)


def rounds_print(args: argparse.Namespace, context: Context) -> Answer:
    """The list to sign, as a PDF."""
    return rows.written(args.out, support_papers.gift_list(context.workspace(), args.id))


def agreements_end(args: argparse.Namespace, context: Context) -> Answer:
    """End benefits."""
    count = entitlement.end(context.workspace(), args.ids, args.reason)
    said = translate("Đã thôi {count} lượt hưởng.", count=count)
    return Answer({"ended": count}, (said,))


def agreements_print(args: argparse.Namespace, context: Context) -> Answer:
    """The list for the firm, as a PDF."""
    paper = support_papers.firm_list(context.workspace(), args.id)
    done = rows.written(args.out, paper.content)
    left_out = [documents.problem(one) for one in paper.left_out]
    told = {"persons": list(paper.persons), "left_out": left_out}
    why = [one.message for one in paper.left_out]
    return Answer({**done.document, **told}, (translate("Đã ghi {file}.", file=args.out), *why))


def agreements_ask(args: argparse.Namespace, context: Context) -> Answer:
    """Ask the head to name everybody entitled to the firm."""
    ids, lacking = support_papers.ask(context.workspace(), args.id)
    said = translate("Đã xin thủ trưởng cho {count} người.", count=len(ids))
    document = {"ids": list(ids), "problems": [documents.problem(one) for one in lacking]}
    return Answer(document, (said, *(one.message for one in lacking)))
