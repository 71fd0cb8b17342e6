"""What many verbs read from a call in the same way: numbers, days, FIELD=VALUE, all or some ids."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from app import cli_documents as documents
from app.cli_context import Answer
from app.errors import Problem, Refused
from app.values.care_case import Hanging
from app.wording import translate
from data import codes, units

READ_AT_ONCE = 100
"""Lines shown on a terminal when nobody says how many; scripts get up to `SCRIPT_AT_ONCE`."""
SCRIPT_AT_ONCE = 10_000
NUMBER_MAX = 2**31 - 1
DIGITS_MAX = 10
FIELDS_OF: dict[str, tuple[str, ...]] = {
    "people": ("person",),
    "cases assess": ("case_assessment",),
    "cases plan": ("case_plan",),
    "cases activity": ("plan_activity",),
    "cases review": ("case_review",),
    "cases": ("care_case",),
    "needs": ("need",),
    "providers": ("provider",),
    "referrals": ("referral",),
    "supports": ("support",),
    "rounds": ("gift_round",),
    "aids repair": ("repair",),
    "aids": ("assistive_device",),
    "agreements": ("agreement",),
    "accidents record": ("accident",),
    "accidents victim": ("victim",),
    "accidents": ("accident", "victim"),
    "hazards": ("hazard",),
    "consents": ("consent",),
    "applications": ("application",),
    "complaints": ("complaint",),
    "medical": ("medical_referral",),
    "council sessions": ("council_session",),
    "sessions": ("council_session",),
    "council": ("council_member",),
    "members": ("council_member",),
    "hearings": ("hearing",),
    "certificate opening": ("certificate_opening",),
    "certificate": ("certificate",),
    "period": ("period",),
    "training round": ("training_round",),
    "training class": ("training_class",),
    "training workshop": ("workshop",),
    "training delegate": ("delegate",),
}
"""Of which records a verb's `--set` takes fields, by how the verb begins."""


def take_person(verb: Any, name: str = "person", sign: str = "PERSON") -> None:
    """Let a verb take the id of a person."""
    verb.add_argument(name, metavar=sign, help=translate("mã người, như people list cho biết"))


def take_about(verb: Any, words: str) -> None:
    """Let a listing take `--person ID`."""
    verb.add_argument("--person", default="", metavar="ID", help=words)


def take_search(verb: Any, statuses: Sequence[str], words: str) -> None:
    """Let a verb take `--query`, `--status` and `--unit`."""
    query = translate("tên có dấu hay không, số giấy tờ, điện thoại, thôn")
    verb.add_argument("--query", default="", metavar="Q", help=query)
    verb.add_argument("--status", action="append", choices=statuses, default=None, help=words)
    take_units(verb, translate("chỉ người của các đơn vị này"))


def take_units(verb: Any, words: str) -> None:
    """Let a verb take `--unit SYSTEM:CODE…`, units that there are."""
    verb.add_argument(
        "--unit", action="extend", nargs="+", default=[], type=unit, metavar="SYSTEM:CODE",
        help=words,
    )  # fmt: skip


def take_codes(verb: Any, option: str, list_name: str) -> None:
    """Let a listing take codes of a list, several times; its words do as well."""
    listed = ", ".join(one.code for one in codes.get(list_name).items)
    read = code_of(list_name)
    verb.add_argument(option, action="append", default=[], type=read, metavar="CODE", help=listed)


def take_code(verb: Any, option: str, list_name: str, words: str = "") -> None:
    """Let a verb demand one code of a list; its words do as well."""
    listed = ", ".join(one.code for one in codes.get(list_name).items)
    told = f"{words}: {listed}" if words else listed
    read = code_of(list_name)
    if option.startswith("-"):
        verb.add_argument(option, required=True, type=read, metavar="CODE", help=told)
    else:
        verb.add_argument(option, type=read, metavar="CODE", help=told)


def take_pages(verb: Any, most: str, first: str) -> None:
    """Let a verb take `--limit` and `--offset`."""
    verb.add_argument("--limit", type=not_negative, default=None, metavar="N", help=most)
    verb.add_argument("--offset", type=not_negative, default=0, metavar="N", help=first)


def limit_of(args: argparse.Namespace, as_json: bool) -> int:
    """How many lines to answer when nobody said it."""
    if args.limit is not None:
        return int(args.limit)
    return SCRIPT_AT_ONCE if as_json else READ_AT_ONCE


def take_values(verb: Any, required: bool = True) -> None:
    """Let a verb take `--set FIELD=VALUE…`; its help says how to list the fields."""
    said = " ".join(verb.prog.split()[1:])
    records = next(told for begins, told in FIELDS_OF.items() if said.startswith(begins))
    setting = translate(
        "tên trường và giá trị, ví dụ note='Nhà xa'; không ghi gì sau dấu = là xóa. "
        "Xem các trường: {listing}",
        listing=", ".join(f"soansinh fields {one}" for one in records),
    )
    usual: dict[str, Any] = {} if required else {"default": []}
    verb.add_argument(
        "--set", action="extend", nargs="+", required=required, metavar="FIELD=VALUE",
        help=setting, **usual,
    )  # fmt: skip


def values(pairs: Sequence[str]) -> dict[str, object]:
    """FIELD=VALUE words as a mapping. Raises Refused (`field_value_wanted`)."""
    found: dict[str, object] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise Refused.one("field_value_wanted", "set", pair)
        found[name.strip()] = value
    return found


def take_reason(verb: Any, words: str = "") -> None:
    """Let a verb demand `--reason TEXT`."""
    verb.add_argument("--reason", required=True, metavar="TEXT", help=words or translate("lý do"))


def take_aware(verb: Any) -> None:
    """Let a verb that undoes something take `--aware`: see `demand_known`."""
    words = translate("đã biết những gì theo việc bị bỏ, vẫn làm")
    verb.add_argument("--aware", action="store_true", help=words)


def demand_known(hanging: Sequence[Hanging], aware: bool) -> None:
    """Raise Refused (`hanging`) with what hangs on something that is to be undone, unless the
    caller says that he knows it: as the window tells it before the deed."""
    if hanging and not aware:
        raise Refused([Problem.of("hanging", "id", one.id, words=one.words) for one in hanging])


def take_all_or_ids(verb: Any, every: str, some: str) -> None:
    """Let a verb take ids, or `--all`."""
    verb.add_argument("ids", nargs="*", metavar="ID", help=some)
    verb.add_argument("--all", action="store_true", help=every)


def wants_all(args: argparse.Namespace) -> bool:
    """Whether all are meant. Raises Refused (`all_or_ids`) when both or neither were given."""
    if args.all == bool(args.ids):
        raise Refused.one("all_or_ids", "ids")
    return bool(args.all)


def decided(done: str, ids: Sequence[str], problems: Sequence[Problem], said: str) -> Answer:
    """Whom a decision was taken on, and who was refused and why (then the exit code is 1)."""
    document: dict[str, Any] = {done: list(ids)}
    if not problems:
        return Answer(document, (said,))
    document["problems"] = [documents.problem(one) for one in problems]
    return Answer(document, (said, *map(documents.told, problems)), exit_code=1)


def not_negative(words: str) -> int:
    """A whole number from 0 on."""
    digits = words.isascii() and words.isdigit() and len(words) <= DIGITS_MAX
    if not digits or int(words) > NUMBER_MAX:
        said = translate("“{words}” phải là số từ 0 đến {limit}", words=words, limit=NUMBER_MAX)
        raise argparse.ArgumentTypeError(said)
    return int(words)


def unit(words: str) -> str:
    """The key of a unit that there is."""
    if not units.has(words):
        said = translate("không có đơn vị “{words}”; ghi như 63:548 hoặc 34:21853", words=words)
        raise argparse.ArgumentTypeError(said)
    return words


def code_of(list_name: str) -> Callable[[str], str]:
    """Reads a code of a list, or its words."""

    def read(words: str) -> str:
        found = codes.match(list_name, words)
        if found is None:
            known = ", ".join(one.code for one in codes.get(list_name).items)
            said = translate("không có “{words}”; chọn trong: {known}", words=words, known=known)
            raise argparse.ArgumentTypeError(said)
        return found

    return read


def year(words: str) -> str:
    """A year of four digits."""
    if not (words.isascii() and words.isdigit() and len(words) == 4):
        said = translate("“{words}” phải là năm, bốn chữ số", words=words)
        raise argparse.ArgumentTypeError(said)
    return words


def day(words: str) -> str:
    """A real day in ISO form."""
    from datetime import date

    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        said = translate("“{words}” phải là ngày có thật viết dạng 2026-11-23", words=words)
        raise argparse.ArgumentTypeError(said) from None
