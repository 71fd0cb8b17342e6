"""The editor that fits a field of the dictionary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.forms import FormField, UnitChoice, units_like
from app.workspace import Workspace
from ui.widgets.fields import chosen, lines
from ui.widgets.fields.editor import FieldEditor


@dataclass(frozen=True, slots=True)
class Sources:
    """What fields ask while they are typed in: today's date, and units like some letters."""

    today: date
    units: Callable[[str], Sequence[UnitChoice]]


def sources_of(ws: Workspace) -> Sources:
    """The sources of a workspace: units of the office first."""
    return Sources(ws.today(), lambda typed: units_like(typed, ws.office.units))


def editor_for(field: FormField, sources: Sources) -> FieldEditor:
    """A new editor for a field, by its type."""
    if field.type == "date":
        return lines.DateField(field, sources.today)
    if field.type == "unit":
        return chosen.UnitField(field, sources.units)
    return EDITORS.get(field.type, lines.TextField)(field)


EDITORS: dict[str, Callable[[FormField], FieldEditor]] = {
    "text": lines.TextField,
    "name": lines.TextField,
    "note": lines.NoteField,
    "int": lines.NumberField,
    "money": lines.MoneyField,
    "idno": lines.IdentityField,
    "phone": lines.PhoneField,
    "password": lines.PasswordField,
    "code": chosen.CodeField,
    "codes": chosen.CodesField,
    "bool": chosen.YesNoField,
}
