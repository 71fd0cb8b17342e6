"""Where one old commune, or one of its hamlets, went: the question inside the page."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal

from app import forms
from app.errors import Problem
from app.forms import Choice, FormField, FormSection
from app.values.reform import ReformPart
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.tasks import Failure
from ui.widgets.fields.make import Sources
from ui.widgets.form import Form
from ui.widgets.parts import Card, button, clear, column, keep_if, label, row

Answered = dict[str, str]


class AnswerBox(Card):
    """`begin(part)` asks; `given` on saving, `withdrawn` when the answer is taken back.

    `people_asked` wants to see who lives in the old commune.
    """

    given = Signal(object, dict)
    withdrawn = Signal(object)
    people_asked = Signal(str)
    left = Signal()

    def __init__(self, ws: Workspace) -> None:
        super().__init__("")
        self._own = {unit.key for unit in forms.communes(ws.office.units)}
        self._sources = Sources(ws.today(), forms.present_units_like)
        self._inside = column(gap=8)
        self.add(self._inside)
        self.part: ReformPart | None = None
        self.form: Form | None = None
        self.hide()

    def begin(self, part: ReformPart) -> None:
        """Ask about a part of the list; the cursor stands in the first field."""
        clear(self._inside)
        self.part = part
        names = _fields(part)
        self.form = Form((FormSection("reform", "", names),), self._sources, titled=False)
        listed = part.new in part.candidates
        self.form.load({})
        self.form.put(
            {
                "new": part.new if listed and part.how == "answer" else None,
                "other": None if listed else part.new,
                "reason": part.reason or None,
            }
        )
        self.save = button(translate("Lưu"), self.submit, "primary")
        back = button(translate("Rút câu trả lời"), lambda: self.withdrawn.emit(part))
        keep_if(back, part.how == "answer")
        self._inside.addWidget(label(_title(part), "strong", wrap=True))
        self._inside.addWidget(label(_hint(part), "caption", wrap=True))
        self._inside.addWidget(self.form)
        people = button(
            translate("Người của xã cũ này"), lambda: self.people_asked.emit(part.old), "", "people"
        )
        self._inside.addLayout(
            row(people, 1, back, button(translate("Thôi"), self.leave), self.save)
        )
        self.form.editors["reason"].moved_on.connect(self.submit)
        self.show()
        self.form.focus(names[0].name)

    def leave(self) -> None:
        """Do nothing after all."""
        self.hide()
        self.left.emit()

    def submit(self) -> None:
        """Give the answer."""
        if self.form is None or self.part is None:
            return
        typed = {name: str(value or "") for name, value in self.form.values().items()}
        if not typed["other"] and not typed.get("new"):
            first = next(iter(self.form.editors.values())).field
            self.form.show_problems([Problem.of("required", first.name, label=first.label)])
            return
        self.given.emit(
            self.part,
            {
                "new": typed["other"] or typed.get("new", ""),
                "hamlet": typed.get("hamlet", "") or self.part.hamlet,
                "reason": typed["reason"],
            },
        )

    def refused(self, failure: Failure) -> tuple[str, ...]:
        """Show what is wrong beside the field; answers what has no field here."""
        problems = tuple(
            replace(one, field="other") if one.field == "unit" else one for one in failure.problems
        )
        rest = self.form.show_problems(problems) if self.form else problems
        return tuple(one.message for one in rest)


def _title(part: ReformPart) -> str:
    where = ", ".join(word for word in (part.hamlet, forms.unit_name(part.old)) if word)
    return translate("{where}: nay thuộc xã nào?", where=where)


def _hint(part: ReformPart) -> str:
    many = translate("{count} người.", count=show.number(part.persons))
    if part.hamlet:
        return many
    return f"{many} " + translate(
        "Để trống thôn: áp dụng cho mọi người của xã cũ chưa có câu trả lời riêng theo thôn."
    )


def _fields(part: ReformPart) -> tuple[FormField, ...]:
    found = []
    if len(part.candidates) > 1:
        offered = tuple(
            Choice(key, forms.unit_name(key), forms.keys_of(forms.unit_name(key)))
            for key in part.candidates
        )
        found.append(FormField("", "new", translate("Nay thuộc"), "code", choices=offered))
    if not part.hamlet:
        found.append(FormField("", "hamlet", translate("Chỉ một thôn"), "text"))
    found.append(FormField("", "other", translate("Xã khác với bảng của nhà nước"), "unit"))
    found.append(FormField("", "reason", translate("Căn cứ, khi khác bảng"), "text"))
    return tuple(found)
