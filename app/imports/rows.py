"""Tells persons from titles, totals, signatures and headings, row after row."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from app.imports import discretion, labels, layout
from app.imports.decoding import Decoder, TextRow
from app.imports.layout import Layout
from app.imports.sheet import EMPTY, Cell, Row, Sheet
from data.text import fold, tidy

SAMPLE_ROWS = 200
TOTAL = re.compile(
    r"^(tong (cong|so)\b|tong .*\d|tong$|tong cong|cong$|"
    r"cong (\d|cong|so|danh sach|trang|tong|toan))"
)
FOOTER = re.compile(
    r"^(nguoi lap|lap bieu|lap bang|tm |tm$|kt |tuq |t m |k t |chu tich|pho chu tich|ke toan|"
    r"thu truong|noi nhan|can bo|cong chuc|xac nhan|giam doc|pho giam doc|truong phong|"
    r"nguoi kiem tra|nguoi tong hop|ky ten|ky va|xa .* ngay .* thang|.*\bngay .*thang .*nam .*)"
)
NUMBERED = re.compile(r"^\d+$")
ORDINAL = re.compile(r"^\d{1,6}[.)]?$")
HEADING = re.compile(
    r"^(?:(?:[IVX]{1,5}|[A-Z]|\d{1,2})\s*[.):\-/]\s*)?"
    r"(xã|phường|thị trấn|p\.|x\.|tt\.|thôn|làng|bản|ấp|xóm|buôn|khu phố|khối|khu|tổ dân phố|tổ)"
    r"\s*:?\s*(.+)$",
    re.IGNORECASE,
)
GROUP = re.compile(r"^([IVX]{1,5}|[A-Z])\s*[.)\-/]\s*\S")
"""`II. TRẺ EM` alone in a row: a group of the list, nobody's name."""
COMMUNE_KINDS = frozenset(("xã", "phường", "thị trấn", "p.", "x.", "tt."))
TITLE_COMMUNE = re.compile(
    r"(?:ubnd|uỷ ban nhân dân|ủy ban nhân dân)\s+(?:xã|phường|thị trấn)\s+(.+?)\s*$"
    r"|\b(?:xã(?!\s+hội(?:\s*$|\s*[,;.()\-–]|\s+(?:chủ|và|của|huyện|quận|tỉnh|thành|thị|năm)\b))"
    r"|phường|thị trấn)\s*:?\s+([^,;()\-–]+)",
    re.IGNORECASE,
)
"""Not the `xã hội` of offices and of the state's name; there are communes Hội Sơn, Hội Xuân."""
EVIDENCE = (
    "person_id birth birth_male birth_female birth_year sex sex_male sex_female id_number hamlet "
    "commune address_text types degree mine_victim district phone head_name groups"
)
BIRTHS = ("birth", "birth_male", "birth_female")
REASON = "ly do"
DAY = re.compile(r"\d\s*[/.\-]\s*\d+\s*[/.\-]\s*\d")
YEAR = re.compile(r"(?:18|19|20)\d\d")
NUMBERS = ("id_number", "old_id_number")
FILLED_DOWN = frozenset("hamlet commune district province address_text permanent_text".split())


class ListRow(NamedTuple):
    """A row of a table that holds a person, or should: `doubt` is a code when it does not.

    `values` maps fields and parts to texts, `kinds` to the kind of the cell; `places` are commune
    and hamlet that stand above the row in headings, title or sheet name; `keyed` rows name a known
    person by id or number. `closed` is what not everybody may read, by restricted field (see
    discretion): it is in none of the others. `headed` are the fields that have a column: an empty
    cell of theirs says something, a column that is missing does not.
    """

    sheet: str
    number: int
    values: Mapping[str, str]
    kinds: Mapping[str, str]
    raw: tuple[str, ...]
    places: Mapping[str, str]
    doubt: str = ""
    keyed: bool = False
    closed: Mapping[str, str] = MappingProxyType({})
    headed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Taking:
    """How a sheet shall be taken: columns and encoding as chosen, cells corrected in place.

    `edits` are texts by row number and column letter. `corrections` makes a row somebody by a
    number alone. `commune` is the one that the sheet is named after, for a sheet whose title and
    columns name none. `recall` finds what was chosen for an earlier list of the same shape.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    edits: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    corrections: bool = False
    register: str = ""
    recall: Callable[[str], Mapping[str, str]] = lambda key: {}
    commune: str = ""


@dataclass
class Table:
    """A sheet being read: its layout once found, its decoder, and its rows as they come."""

    sheet: Sheet
    taking: Taking = field(default_factory=Taking)
    layout: Layout | None = None
    decoder: Decoder = field(default_factory=Decoder)
    title: tuple[str, ...] = ()
    headings: tuple[tuple[str, ...], ...] = ()
    blank: bool = True
    _waiting: deque[TextRow] = field(default_factory=deque)
    _places: dict[str, str] = field(default_factory=dict)
    _rest: Iterator[Row] = iter(())
    _footer: bool = False
    _last: dict[str, str] = field(default_factory=dict)
    key: str = ""
    commune: str = ""
    remembered: bool = False

    def __post_init__(self) -> None:
        head = list(islice(self.sheet.rows, SAMPLE_ROWS))
        self.blank = not head
        self._rest = self.sheet.rows
        self.decoder = Decoder(head, self.taking.encoding)
        rows = [self._decoded(row) for row in head]
        self.layout = self._find(rows)
        start = self.layout.last_row if self.layout else 0
        first = self.layout.first_row if self.layout else 0
        above = [text for row in rows if row.number < first for text in row.texts if text]
        self.title = tuple(dict.fromkeys(above))
        self.headings = tuple(row.texts for row in rows if first <= row.number <= start)
        self._places = places_of_title((*self.title, self.sheet.name)) or self._by_sheet()
        self._recall(rows)
        self._waiting = deque(row for row in rows if row.number > start)
        self._tall = _tall_merges(self.sheet, start)
        self._births = _birth_columns(self.layout, self._waiting) if self.layout else {}

    def persons(self) -> Iterator[ListRow]:
        """The rows of persons, and rows that should be and are not understood, in order."""
        while self.layout is not None:
            row = self._next()
            if row is None:
                return
            if layout.signature(row) in self.layout.signatures or layout.is_numbering(row):
                continue
            if layout.names_columns(row):
                self._new_header(row)
                continue
            found = self._person(row)
            if found is not None:
                yield found

    def _find(self, rows: Sequence[TextRow]) -> Layout | None:
        taking = self.taking
        found = layout.find(rows, self.sheet.merges, taking.mapping, taking.corrections)
        if found is None or not taking.register:
            return found
        return layout.taken(layout.in_register(found, taking.register), taking.mapping)

    def _by_sheet(self) -> dict[str, str]:
        """One sheet for each commune: its name says what neither title nor columns do."""
        if self.layout is None or not self.taking.commune or self.layout.has("commune"):
            return {}
        self.sheet.note("commune_by_sheet")
        return {"commune": self.taking.commune}

    def _recall(self, rows: Sequence[TextRow]) -> None:
        """Take the columns as they were taken for an earlier list of this commune and shape."""
        if self.layout is None:
            return
        self.commune = self._places.get("commune", "") or self._only_commune(rows)
        self.key = layout.key_of(self.layout, self.commune)
        known = self.taking.recall(self.key)
        if known:
            self.remembered = True
            self.layout = layout.taken(self.layout, {**known, **self.taking.mapping})

    def _only_commune(self, rows: Sequence[TextRow]) -> str:
        """The one commune that the column of this heading names; "" for none or several.

        By the heading, whatever the column is taken for: the key of a list must not change with it.
        """
        assert self.layout is not None
        named = [one for one in self.layout.columns if labels.field_of(one.header) == "commune"]
        if not named:
            return ""
        at, below = named[0].at, [row for row in rows if row.number > self.layout.last_row]
        texts = {fold(row.texts[at]): row.texts[at] for row in below if at < len(row.texts)}
        found = [text for folded, text in texts.items() if folded and not NUMBERED.match(folded)]
        return found[0] if len(found) == 1 else ""

    def _decoded(self, row: Row) -> TextRow:
        """A row in Unicode, with what was corrected in place."""
        found = self.decoder.row(row)
        edits = self.taking.edits.get(found.number)
        if not edits:
            return found
        width = max(len(found.texts), *(layout.place_of(letter) + 1 for letter in edits))
        texts = [*found.texts, *[""] * (width - len(found.texts))]
        cells = [*found.cells, *[EMPTY] * (width - len(found.cells))]
        for letter, text in edits.items():
            texts[layout.place_of(letter)] = tidy(text)
            cells[layout.place_of(letter)] = Cell(text, "", "text") if text.strip() else EMPTY
        return TextRow(found.number, tuple(texts), tuple(cells))

    def _next(self) -> TextRow | None:
        if not self._waiting:
            for row in islice(self._rest, 1):
                self._waiting.append(self._decoded(row))
        return self._waiting.popleft() if self._waiting else None

    def _new_header(self, row: TextRow) -> None:
        """Another table below, with other headings."""
        for more in islice(self._rest, max(0, 20 - len(self._waiting))):
            self._waiting.append(self._decoded(more))
        rows = [row, *islice(self._waiting, 20)]
        self.layout = layout.at(rows, 0, self.sheet.merges, self.taking.mapping)
        self._footer = False
        while self._waiting and self._waiting[0].number <= self.layout.last_row:
            self._waiting.popleft()

    def _person(self, row: TextRow) -> ListRow | None:
        assert self.layout is not None
        values, kinds = self._values(row)
        keyed = self._keyed(values)
        name = values.get("name", "") or values.get("family_name", "") or ("?" if keyed else "")
        if kinds.get("name") == "formula":
            name = name or "?"
        ordinal = bool(ORDINAL.match(values.get("ordinal", ""))) or (
            kinds.get("ordinal") == "formula"
        )
        evidence = sum(1 for each, text in values.items() if text and each in _EVIDENCE)
        texts = tuple(dict.fromkeys(filter(None, row.texts)))
        folded = [] if ordinal else [fold(text) for text in self._said(row, texts)]
        if any(TOTAL.match(text) for text in folded[:2]):
            return None
        weak = evidence <= 1 or not name or (evidence == 2 and FOOTER.match(fold(name)))
        if weak and any(FOOTER.match(text) for text in folded):
            self._footer = True
            return None
        if self._footer and not (ordinal and name and evidence >= 2):
            return None
        if self._heading(texts, ordinal, evidence):
            return None
        self._footer = False
        doubt = self._doubt(name, ordinal, evidence, texts)
        if doubt == "skip":
            return None
        row, closed = discretion.open_row(row, self.layout.columns)
        if closed:
            values, kinds = self._values(row)
        self._fill_down(row.number, values)
        return ListRow(
            self.sheet.name,
            row.number,
            values,
            kinds,
            row.texts,
            dict(self._places),
            doubt,
            keyed,
            closed,
            self.layout.fields,
        )

    def _said(self, row: TextRow, texts: tuple[str, ...]) -> list[str]:
        """What the commune wrote, without the reasons a list was handed back with."""
        assert self.layout is not None
        reasons = [column.at for column in self.layout.columns if fold(column.header) == REASON]
        back = {row.texts[at] for at in reasons if at < len(row.texts)}
        return [text for text in texts if text not in back]

    def _keyed(self, values: Mapping[str, str]) -> bool:
        """Whether the row says by an id or a number which known person it means."""
        if values.get("person_id"):
            return True
        return self.taking.corrections and any(values.get(name) for name in NUMBERS)

    def _doubt(self, name: str, ordinal: bool, evidence: int, texts: tuple[str, ...]) -> str:
        if name and (ordinal or evidence):
            return ""
        if name:
            assert self.layout is not None
            return "row_unclear" if self.layout.has("ordinal") else ""
        if evidence >= 2:
            return "name_missing"
        only_number = len(texts) <= 1 and ordinal
        return "skip" if only_number or not texts or not evidence and not ordinal else "row_unclear"

    def _values(self, row: TextRow) -> tuple[dict[str, str], dict[str, str]]:
        assert self.layout is not None
        values: dict[str, str] = {}
        kinds: dict[str, str] = {}
        for column in self.layout.columns:
            if not column.field or column.at >= len(row.texts):
                continue
            text, kind = row.texts[column.at], row.kind(column.at)
            if (text or kind == "formula") and not values.get(column.field):
                values[column.field] = text
                kinds[column.field] = kind
        for name, kind in self._births.items():
            if kinds.get(name) == "number":
                kinds[name] = kind
        return values, kinds

    def _heading(self, texts: tuple[str, ...], ordinal: bool, evidence: int) -> bool:
        """`I. Xã Cát Hanh` or `Thôn Tân Hòa` alone in a row holds for the rows below."""
        if evidence > 1:
            return False
        lone = [text for text in texts if not re.fullmatch(r"[IVX]{1,5}|[A-Z]|\d{1,3}", text)]
        if len(lone) != 1:
            return False
        found = HEADING.match(lone[0])
        if found is None:
            return not evidence and bool(GROUP.match(lone[0]))
        place = re.sub(r"[:(].*$", "", found[2]).strip(" .:-")
        words = re.sub(r"[:(].*$", "", lone[0][found.start(1) :]).strip(" .:-")
        if found[1].lower() in COMMUNE_KINDS:
            self._places = {**self._places, "commune": place, "hamlet": ""}
        else:
            self._places = {**self._places, "hamlet": words}
        return True

    def _fill_down(self, number: int, values: dict[str, str]) -> None:
        """A commune written once in a tall merged cell holds for all rows beside it."""
        assert self.layout is not None
        for column in self.layout.columns:
            if column.field not in FILLED_DOWN:
                continue
            if values.get(column.field):
                self._last[column.field] = values[column.field]
            elif any(top < number <= bottom for top, bottom in self._tall.get(column.at, ())):
                values[column.field] = self._last.get(column.field, "")


_EVIDENCE = frozenset(EVIDENCE.split())


def _birth_columns(layout: Layout, sample: Iterable[TextRow]) -> dict[str, str]:
    """What a plain number is in each column of births: `serial` among dates, `year` among years."""
    columns = [column for column in layout.columns if column.field in BIRTHS]
    found: dict[str, str] = {}
    for row in sample:
        for column in columns:
            text = row.texts[column.at] if column.at < len(row.texts) else ""
            if row.kind(column.at) == "date" or DAY.search(text):
                found[column.field] = "serial"
            elif YEAR.fullmatch(text):
                found.setdefault(column.field, "year")
    return found


def _tall_merges(sheet: Sheet, start: int) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for top, left, bottom, _ in sheet.merges:
        if bottom > top > start:
            found.setdefault(left - 1, []).append((top, bottom))
    return found


def places_of_title(texts: tuple[str, ...]) -> dict[str, str]:
    """The commune that a title names (UBND XÃ VĨNH HẢO); for lists without a commune column."""
    for text in texts:
        found = TITLE_COMMUNE.search(text)
        if found:
            return {"commune": (found[1] or found[2]).strip(" .:")}
    return {}
