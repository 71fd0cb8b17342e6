"""The styles of an .ods file: which font a cell shows, how precise a date, which sheets hide."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

CHAIN_MAX = 20
"""Styles that follow one another; a damaged file may name itself."""
SHOWN = {"day": "day", "month": "month", "year": "year"}


class Look(NamedTuple):
    """What a style says: the style it follows, its font, its format, and whether it hides."""

    parent: str = ""
    font: str = ""
    format: str = ""
    hidden: bool = False


@dataclass
class Styles:
    """Collects the styles of both parts of the file as their elements come."""

    looks: dict[tuple[str, str], Look] = field(default_factory=dict)
    faces: dict[str, str] = field(default_factory=dict)
    dates: dict[str, set[str]] = field(default_factory=dict)
    _style: tuple[str, str] | None = None
    _format: str = ""
    _fonts: dict[tuple[str, str], str] = field(default_factory=dict)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element outside the sheets opened; attributes by their local names."""
        if tag == "font-face":
            family = attributes.get("font-family", "").strip("'\" ")
            self.faces[attributes.get("name", "")] = family
        elif tag in ("style", "default-style"):
            self._style = (attributes.get("family", ""), attributes.get("name", ""))
            parent = "" if tag == "default-style" else attributes.get("parent-style-name", "")
            self.looks[self._style] = Look(parent, format=attributes.get("data-style-name", ""))
        elif tag == "date-style":
            self._format = attributes.get("name", "")
            self.dates[self._format] = set()
        elif tag in SHOWN and self._format:
            self.dates[self._format].add(tag)
        elif self._style is not None:
            self._say(tag, attributes)

    def end(self, tag: str) -> None:
        """An element outside the sheets closed."""
        if tag in ("style", "default-style"):
            self._style = None
        elif tag == "date-style":
            self._format = ""

    def font(self, name: str, family: str = "table-cell") -> str:
        """The font of a style's name; that of a cell without one is the default's."""
        known = self._fonts.get((family, name))
        if known is None:
            known = self._fonts[family, name] = self._said(family, name, "font")
        return known

    def precision(self, name: str) -> str:
        """How precise a date cells of this style show: `day` where the style does not tell."""
        shown = self.dates.get(self._said("table-cell", name, "format"), set())
        if not shown or "day" in shown:
            return "day"
        return "month" if "month" in shown else "year"

    def hides(self, table_style: str) -> bool:
        """Whether sheets of this style are hidden."""
        return self.looks.get(("table", table_style), Look()).hidden

    def _say(self, tag: str, attributes: dict[str, str]) -> None:
        assert self._style is not None
        look = self.looks[self._style]
        if tag == "text-properties":
            named = attributes.get("font-name", "")
            plain = attributes.get("font-family", "").strip("'\" ")
            self.looks[self._style] = look._replace(font=self.faces.get(named, named) or plain)
        elif tag == "table-properties" and attributes.get("display") == "false":
            self.looks[self._style] = look._replace(hidden=True)

    def _said(self, family: str, name: str, what: str) -> str:
        for _ in range(CHAIN_MAX):
            look = self.looks.get((family, name))
            if look is None:
                break
            said: str = getattr(look, what)
            if said:
                return said
            name = look.parent
            if not name:
                break
        default = self.looks.get((family, ""), Look())
        return str(getattr(default, what)) if family == "table-cell" else ""
