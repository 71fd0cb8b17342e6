"""The person: one row with every field of the national declaration and what is derived from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Index, Integer, String, Text, and_
from sqlalchemy.orm import Mapped, mapped_column

from data import text, units
from data.base import LOCAL, Base, Travels, add_dictionary_columns
from data.records import marks

WORKFLOW = frozenset(
    {"status", "possible_duplicate_of", "merged_into", "placed", "deleted_at", "deleted_reason"}
)
"""Fields that say where a record stands; who moves them did not write the record."""
ENDING = 4
"""Signs of an identity number that lists show at its end."""


class Person(Travels, Base):
    """A person with a disability, a mine victim or any other beneficiary of the office."""

    __tablename__ = "person"

    status: Mapped[str] = mapped_column(String(12), default="draft")
    possible_duplicate_of: Mapped[str | None] = mapped_column(String(36))
    """Whom an earlier program took this person for; the pairs of `likeness` say it now."""
    merged_into: Mapped[str | None] = mapped_column(String(36))
    """The person this record was found to be; then it is only a stub that leads there."""
    placed: Mapped[str | None] = mapped_column(String(12))
    """The present unit where the office itself placed the person of a divided commune."""
    edited_by: Mapped[str] = mapped_column(Text, default="", info=LOCAL)
    current_commune: Mapped[str | None] = mapped_column(Text, info=LOCAL)
    name_key: Mapped[str] = mapped_column(Text, default="", info=LOCAL)
    sort_key: Mapped[str] = mapped_column(Text, default="", info=LOCAL)
    search_text: Mapped[str] = mapped_column(Text, default="", info=LOCAL)
    marks: Mapped[int] = mapped_column(Integer, default=0, info=LOCAL)

    if TYPE_CHECKING:
        name: Mapped[str]
        other_name: Mapped[str | None]
        sex: Mapped[str | None]
        birth: Mapped[str | None]
        id_number: Mapped[str | None]
        old_id_number: Mapped[str | None]
        phone: Mapped[str | None]
        commune: Mapped[str | None]
        hamlet: Mapped[str | None]
        head_name: Mapped[str | None]
        carer_name: Mapped[str | None]
        contact_phone: Mapped[str | None]
        types: Mapped[str | None]
        degree: Mapped[str | None]
        certificate_number: Mapped[str | None]
        certificate_on: Mapped[str | None]
        certificate_by: Mapped[str | None]
        mine_victim: Mapped[bool | None]
        poverty: Mapped[str | None]
        life_state: Mapped[str | None]
        life_state_on: Mapped[str | None]

    def derive(self, edits: Collection[str], login: str) -> None:
        """Recompute what follows from the fields that were edited (all of them on creation)."""
        if not WORKFLOW.issuperset(edits):
            self.edited_by = login
        if not SEARCHED.isdisjoint(edits):
            self.derive_keys()
        if not marks.MARKED.isdisjoint(edits):
            self.marks = marks.of({each: getattr(self, each) for each in marks.MARKED})
        if self.commune and not {"commune", "hamlet", "placed"}.isdisjoint(edits):
            self.current_commune = self.placed or self._commune_today(self.commune)

    def put(self, name: str, value: object) -> None:
        """Set a field; who moves is no longer where the office placed the former address."""
        if getattr(self, name) == value:
            return
        setattr(self, name, value)
        if name in ("commune", "hamlet"):
            self.placed = None

    def _commune_today(self, commune: str) -> str | None:
        """None also for a unit that only a newer program knows: its change must still come in."""
        return units.current(commune, self.hamlet or "").key if units.has(commune) else None

    def derive_keys(self) -> None:
        """Recompute the keys for search and order."""
        for key, value in keys_of({each: getattr(self, each) for each in SEARCHED}).items():
            setattr(self, key, value)

    @staticmethod
    def derived(values: Mapping[str, Any], login: str) -> dict[str, Any]:
        """What follows from the values of a new row; see `derive`.

        Keys that came with the values are not worked out again.
        """
        commune = values.get("commune")
        now = values.get("placed")
        if commune and not now:
            now = units.current(commune, values.get("hamlet") or "").key
        own = {"edited_by": login, "current_commune": now, "marks": marks.of(values)}
        return own if values.get("sort_key") else keys_of(values) | own


def keys_of(values: Mapping[str, Any]) -> dict[str, str]:
    """The keys for search and order of a person's values.

    An identity number is found by its beginning and, as lists show it masked, by its end.
    """
    name = values.get("name") or ""
    words = [name, *(values.get(each) for each in ("other_name", "hamlet", "head_name"))]
    folded = text.search_fold(" ".join(word for word in words if word))
    numbers = [text.fold(values.get(each) or "").replace(" ", "") for each in NUMBERS]
    ends = [(values.get(each) or "")[-ENDING:] for each in ("id_number", "old_id_number")]
    return {
        "name_key": text.fold(name),
        "sort_key": text.sort_key(name),
        "search_text": " ".join(part for part in (folded, *numbers, *ends) if part),
    }


add_dictionary_columns(Person, "person")

NUMBERS = ("id_number", "old_id_number", "phone", "contact_phone", "certificate_number")

SEARCHED = frozenset(
    "name other_name hamlet head_name id_number old_id_number phone contact_phone "
    "certificate_number".split()
)


LISTED = Person.deleted_at.is_(None)


def _listed(name: str, *columns: Any, where: Any = LISTED) -> Index:
    """An index over the persons who are on the lists; with the marks, a filter needs no row."""
    return Index(name, *columns, Person.marks, sqlite_where=where)


_listed("person_by_name", Person.sort_key)
_listed("person_by_commune", Person.commune, Person.sort_key)
_listed("person_by_current_commune", Person.current_commune, Person.sort_key)
_listed("person_by_birth", Person.birth, Person.sort_key)
_listed("person_by_entry", Person.id)
Index("person_by_marks", Person.marks, Person.sort_key, sqlite_where=LISTED)
_listed(
    "person_removed",
    Person.sort_key,
    where=and_(Person.deleted_at.is_not(None), Person.merged_into.is_(None)),
)
Index("person_by_number", Person.id_number)
Index("person_by_old_number", Person.old_id_number)
_CODE = Person.__table__.c.national_code
Index("person_by_national_code", _CODE, sqlite_where=_CODE.is_not(None))
_listed("person_by_certificate", Person.certificate_number)
Index("person_by_survivor", Person.merged_into, sqlite_where=Person.merged_into.is_not(None))

COUNTED = (
    *("id", "status", "deleted_at", "merged_into", "life_state", "commune", "hamlet", "placed"),
    *(
        "life_state_on",
        "current_commune",
        "sex",
        "birth",
        "types",
        "degree",
        "poverty",
        "ethnicity",
    ),
    *("mine_victim", "cause_mobility", "cause_hearing_speech", "cause_vision"),
    *("cause_neuro_psychiatric", "cause_intellectual", "cause_other"),
    *("id_number", "created_at", "server_version"),
)
Index("person_counted", *(getattr(Person, name) for name in COUNTED))
"""What reports count by: they read a fifth of the pages that the whole rows take.

Led by the id: whatever belongs to a person finds her here too, a new person stands at its end, and
no edit moves an entry."""

SEARCH_TABLE = (
    "CREATE VIRTUAL TABLE person_search USING fts5("
    "search_text, content='person', content_rowid='rowid', tokenize='unicode61', prefix='1 2 3 4')",
    "CREATE TRIGGER person_search_insert AFTER INSERT ON person BEGIN "
    "INSERT INTO person_search(rowid, search_text) VALUES (new.rowid, new.search_text); END",
    "CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN "
    "INSERT INTO person_search(person_search, rowid, search_text) "
    "VALUES ('delete', old.rowid, old.search_text); END",
    "CREATE TRIGGER person_search_update AFTER UPDATE OF search_text ON person "
    "WHEN old.search_text IS NOT new.search_text BEGIN "
    "INSERT INTO person_search(person_search, rowid, search_text) "
    "VALUES ('delete', old.rowid, old.search_text); "
    "INSERT INTO person_search(rowid, search_text) VALUES (new.rowid, new.search_text); END",
)
"""The search index of the local store. After a copy that renumbers rows, rebuild it."""

SEARCH_REBUILD = "INSERT INTO person_search(person_search) VALUES ('rebuild')"
