"""Write the list of people to a spreadsheet: numbers masked, each person's export logged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from app.actions import access, cold_start, file_password, person
from app.actions.field_values import readable
from app.errors import Refused, file_trouble
from app.imports.writing import Page, write_csv, write_xlsx
from app.rules import dates
from app.rules.masking import masked
from app.values.person import PageKey, PeopleFilter, PersonCard
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, fields, units

PAGE_ROWS = 500
"""Rows logged and written together; a stop is heard after each."""
WORDS_KEPT = 20_000
WIDTHS = (6, 30, 14, 10, 18, 20, 22, 20, 20, 34, 28, 18, 14, 16, 16, 40)

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def people(
    ws: Workspace,
    which: PeopleFilter,
    path: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> int:
    """Write everybody who fits the filter, in list order, to .xlsx or .csv; answers how many.
    Under a password a .csv lies in a zip (`locked_file.name_of`).

    Rows stream through: memory does not grow with them. Every person written is in the access
    log. When stopped, or when the disk refuses, no file is left. Raises Refused (`not_allowed`,
    `export_kind`, `export_not_written`, `file_password_needed`).
    """
    ws.demand("export")
    file_password.demand(ws)
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise Refused.one("export_kind", "out", path.name)
    with ws.db.read() as session:
        cold_start.demand_rows(session)
    writing = _Writing(ws, which, path.name, progress, cancelled)
    try:
        if path.suffix.lower() == ".csv":
            write_csv(path, writing.rows(), ws.file_password)
        else:
            title = translate("Danh sách (GIẢ LẬP)") if ws.office.demo else translate("Danh sách")
            pages = [Page(title, writing.rows(), 1, WIDTHS)]
            write_xlsx(path, pages, ws.file_password)
    except _Stopped:
        return 0
    except OSError as error:
        reason = file_trouble(error)
        raise Refused.one("export_not_written", "out", path.name, reason=reason) from error
    return writing.done


class _Stopped(Exception):
    """Somebody stopped the export."""


class _Writing:
    """The rows of one export, fetched and logged page by page."""

    def __init__(
        self,
        ws: Workspace,
        which: PeopleFilter,
        file_name: str,
        progress: Progress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self.ws = ws
        self.which = which
        self.file_name = file_name
        self.progress = progress
        self.cancelled = cancelled
        self.done = 0

    def rows(self) -> Iterator[tuple[object, ...]]:
        """The headings, then one row for each person."""
        yield _headings()
        total = person.total(self.ws, self.which) if self.progress else 0
        for cards in self._pages():
            access.seen_many(self.ws, [card.id for card in cards], "export", self.file_name)
            for card in cards:
                self.done += 1
                yield _row(self.done, card)
            if self.progress is not None:
                self.progress(self.done, max(total, self.done))
            if self.cancelled is not None and self.cancelled():
                raise _Stopped

    def _pages(self) -> Iterator[tuple[PersonCard, ...]]:
        """The people page by page; thousands that were ticked are put in order only once."""
        if len(self.which.ids) > PAGE_ROWS:
            ordered = person.ids(self.ws, self.which)
            for start in range(0, len(ordered), PAGE_ROWS):
                some = replace(self.which, ids=ordered[start : start + PAGE_ROWS])
                yield person.listing(self.ws, some, None, PAGE_ROWS).cards
            return
        after: PageKey | None = None
        while True:
            page = person.listing(self.ws, self.which, after, PAGE_ROWS)
            yield page.cards
            if page.next is None:
                return
            after = page.next


def _headings() -> tuple[str, ...]:
    def label(name: str) -> str:
        return fields.get("person", name).label(language())

    return (
        translate("STT"),
        label("name"),
        label("birth"),
        label("sex"),
        label("id_number"),
        label("hamlet"),
        translate("Xã"),
        translate("Huyện"),
        translate("Tỉnh"),
        translate("Xã hiện nay"),
        label("types"),
        label("degree"),
        label("mine_victim"),
        translate("Trạng thái hồ sơ"),
        label("life_state"),
        translate("Mã hồ sơ"),
    )


def _row(number: int, card: PersonCard) -> tuple[object, ...]:
    lang = language()
    commune, district, province = _places(card.commune)
    return (
        number,
        card.name,
        dates.show(card.birth) if card.birth else "",
        _words("sex", card.sex, lang),
        masked(card.id_number or ""),
        card.hamlet,
        commune,
        district,
        province,
        _full_name(card.current_commune),
        _words("types", card.types, lang),
        _words("degree", card.degree, lang),
        "x" if card.mine_victim else "",
        codes.label("person_status", card.status, lang),
        _words("life_state", card.life_state, lang),
        card.id,
    )


@lru_cache(maxsize=WORDS_KEPT)
def _words(name: str, value: object, lang: str) -> str:
    """A value in words; a hundred thousand people share some hundred of them."""
    return readable(fields.get("person", name), value, lang)


@lru_cache(maxsize=WORDS_KEPT)
def _full_name(key: str | None) -> str:
    return units.full_name(key) if key else ""


@lru_cache(maxsize=WORDS_KEPT)
def _places(key: str | None) -> tuple[str, str, str]:
    """Commune, district (empty in today's system) and province of a unit key."""
    if not key or not units.has(key):
        return key or "", "", ""
    named = {unit.level: unit.name for unit in units.path(key)}
    return named.get("commune", ""), named.get("district", ""), named.get("province", "")
