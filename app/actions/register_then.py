"""Any register of the office as it stood at the end of a past day, for who inspects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from app.actions import access, field_values, report
from app.errors import Refused
from app.reports import notes
from app.reports.over import Over
from app.rules import dates
from app.rules.masking import masked
from app.values.inspection import RegisterLine, RegisterName, RegisterThen
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, fields, units
from data.counting import registers
from data.counting.people import Moment
from data.counting.registers import PERSONS, REGISTERS, Line
from data.counting.then import Source
from data.history import LATER

PERSON_HEADS = ("name", "birth", "sex", "id_number", "place")
WORDS_KEPT = 20_000


def names() -> tuple[RegisterName, ...]:
    """Every register there is."""
    return tuple(RegisterName(name, title(name)) for name in REGISTERS)


def title(name: str) -> str:
    """What a register is called."""
    known = {
        PERSONS: translate("Sổ người"),
        "certificates": translate("Sổ cấp giấy xác nhận"),
        "blanks": translate("Sổ phôi"),
        "applications": translate("Sổ hồ sơ xác định"),
        "cases": translate("Sổ quản lý ca"),
        "needs": translate("Sổ nhu cầu"),
        "referrals": translate("Sổ chuyển gửi"),
        "supports": translate("Sổ hỗ trợ"),
        "devices": translate("Sổ dụng cụ"),
        "entitlements": translate("Sổ ưu đãi đi lại"),
        "consents": translate("Sổ đồng ý"),
        "sharings": translate("Sổ chia sẻ ra ngoài"),
        "accidents": translate("Sổ tai nạn bom mìn"),
        "victims": translate("Sổ nạn nhân bom mìn"),
        "hazards": translate("Sổ tin báo vật nghi là bom mìn"),
    }
    return known[name]


def at(ws: Workspace, name: str, as_of: str = "") -> RegisterThen:
    """Heads, numbers and notes of a register. Raises Refused: not_allowed, inspection_register,
    register_day, book_still_coming."""
    ws.demand("logs")
    day = settled(ws, name, as_of)
    with report.counting(ws) as over:
        return then(over, name, day)


def then(over: Over, name: str, day: str) -> RegisterThen:
    """The same of a book that is open to be counted."""
    source, moment = _stood(over, day)
    states = tuple(registers.tally(source, name, moment))
    standing = registers.standing(source, moment) if name == PERSONS else None
    count = sum(number for _state, number in states)
    told = tuple((_state(name, code), number) for code, number in states)
    said = (*_notes(day, standing), *notes.of_moves(source.moves, moment.closing))
    return RegisterThen(name, title(name), day, _heads(name), count, told, said)


def rows(
    ws: Workspace, name: str, as_of: str = "", start: int = 0, limit: int = 0
) -> tuple[RegisterLine, ...]:
    """Some rows, each person's logged as looked at. Raises Refused as `at`."""
    found = tuple(stream(ws, name, as_of, start, limit))
    access.looked(ws, [one.person_id for one in found if one.person_id], "register")
    return found


def stream(
    ws: Workspace, name: str, as_of: str = "", start: int = 0, limit: int = 0
) -> Iterator[RegisterLine]:
    """Rows one after the other; whoever lets them out logs them."""
    ws.demand("logs")
    day = settled(ws, name, as_of)
    with report.counting(ws) as over:
        yield from lines(over, name, day, start, limit)


def lines(
    over: Over, name: str, day: str, start: int = 0, limit: int = 0
) -> Iterator[RegisterLine]:
    """The same of a book that is open to be counted."""
    source, moment = _stood(over, day)
    for one in registers.lines(source, name, moment, start, limit):
        yield RegisterLine(one.id, one.person_id, _values(name, one))


def settled(ws: Workspace, name: str, as_of: str) -> str:
    """The day that is meant. Raises Refused (`inspection_register`, `register_day`)."""
    if name not in REGISTERS:
        raise Refused.one("inspection_register", "name", name, known=", ".join(REGISTERS))
    today = ws.today().isoformat()
    day = as_of or today
    if not dates.valid(day) or dates.precision(day) != "day" or day > today:
        raise Refused.one("register_day", "as_of", day)
    return day


def _stood(over: Over, day: str) -> tuple[Source, Moment]:
    """The tables with what leads back to the end of a day, and with who moved since, as reports of
    that day have them."""
    closing = LATER if day >= over.today.isoformat() else over.end_of_day(day)
    return over.source(closing), Moment(day, closing, day, closing)


def _heads(name: str) -> tuple[tuple[str, str], ...]:
    lang = language()
    register = REGISTERS[name]
    place = ("place", translate("Nơi ở"))
    who = (*((one, fields.get("person", one).label(lang)) for one in PERSON_HEADS[:-1]), place)
    named = who if register.of_persons else ()
    return (*named, *((one, _label(register.entity, one, lang)) for one in register.columns))


def _label(entity: str, name: str, lang: str) -> str:
    if fields.has(entity, name):
        return fields.get(entity, name).label(lang)
    return codes.label("workflow_field", name, lang)


def _values(name: str, one: Line) -> tuple[str, ...]:
    register, lang = REGISTERS[name], language()
    told: list[str] = []
    if register.of_persons:
        who = one.who
        commune = units.full_name(who["commune"]) if who["commune"] else ""
        told = [
            who["name"] or (translate("chưa đăng ký") if not one.person_id else ""),
            dates.show(who["birth"]) if who["birth"] else "",
            _words("person", "sex", who["sex"], lang),
            masked(who["id_number"] or ""),
            ", ".join(part for part in (who["hamlet"], commune) if part),
        ]
    own = (_words(register.entity, key, value, lang) for key, value in one.values.items())
    return (*told, *own)


@lru_cache(maxsize=WORDS_KEPT)
def _words(entity: str, name: str, value: object, lang: str) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return ""
    if (entity, name) == ("person", "status"):
        return codes.label("person_status", str(value), lang)
    if not fields.has(entity, name):
        return str(value)
    return field_values.discreet(
        field_values.readable(fields.get(entity, name), value, lang), False
    )


def _state(name: str, code: str) -> str:
    register = REGISTERS[name]
    return _words(register.entity, register.state, code, language()) or translate("chưa ghi")


def _notes(day: str, standing: int | None) -> tuple[str, ...]:
    told = [
        translate(
            "Như máy này đã ghi đến hết ngày {day}: người đã gỡ, đã gộp lúc ấy không có; người "
            "mất, người đi vẫn đứng với tình trạng lúc ấy.",
            day=dates.show(day),
        )
    ]
    if standing is not None:
        standing_words = translate("Đã duyệt, còn sống, còn ở đây: {count} người.", count=standing)
        told.append(standing_words)
    told.append(translate("Điều máy khác ghi trước ngày ấy nhưng gửi về sau vẫn được tính."))
    return tuple(told)
