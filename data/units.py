"""The one door to administrative units: tables, successors, finding by text, type-ahead."""

from __future__ import annotations

from data.units_convert import Successor, successors, system_on
from data.units_find import find, find_any
from data.units_suggest import prepare, suggest
from data.units_table import (
    SYSTEMS,
    Conversion,
    Unit,
    children,
    communes_of,
    current,
    former,
    full_name,
    get,
    has,
    inside,
    path,
    provinces,
)
from data.units_territory import ground, present_inside, territory

__all__ = [
    "SYSTEMS",
    "Conversion",
    "Successor",
    "Unit",
    "children",
    "communes_of",
    "current",
    "find",
    "find_any",
    "former",
    "full_name",
    "get",
    "ground",
    "has",
    "inside",
    "path",
    "prepare",
    "present_inside",
    "provinces",
    "successors",
    "suggest",
    "system_on",
    "territory",
]
