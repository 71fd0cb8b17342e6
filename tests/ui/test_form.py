"""Typing a record by keyboard alone: what is understood, what is told, what can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app import forms
from app.errors import Problem
from tests.ui.conftest import Heartbeat, grab, press, type_words, until
from ui.widgets.fields.chosen import CodeField, CodesField, UnitField, YesNoField
from ui.widgets.fields.editor import FieldEditor
from ui.widgets.fields.lines import TextField
from ui.widgets.fields.make import Sources
from ui.widgets.form import Form, same
from ui.widgets.parts import Scroll
from ui.widgets.search_field import SearchField

PHU_CAT = ("63:548",)
SOURCES = Sources(date(2026, 11, 23), lambda typed: forms.units_like(typed, PHU_CAT))


@pytest.fixture
def form(application: QApplication) -> Iterator[Form]:
    made = Form(forms.sections("person", ("identity", "address", "disability", "mine")), SOURCES)
    made.resize(900, 700)
    made.load({"name": "Đinh Văn Briu", "commune": "63:21871"})
    made.show()
    made.build_all()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    yield made
    made.close()


def line(form: Form, name: str) -> TextField:
    editor = form.editors[name]
    assert isinstance(editor, TextField)
    return editor


def typed(form: Form, name: str, words: str) -> None:
    """Type words into a field as a person does, from an empty field."""
    form.focus(name)
    part = form.editors[name].focusProxy()
    assert part is not None
    press(part, Qt.Key.Key_A, control=True)
    press(part, Qt.Key.Key_Delete)
    type_words(part, words)


@pytest.mark.parametrize(
    ("words", "kept", "shown"),
    [
        ("12/3/1971", "1971-03-12", "12/03/1971"),
        ("3/1971", "1971-03", "03/1971"),
        ("1971", "1971", "1971"),
    ],
)
def test_a_date_keeps_the_precision_it_was_typed_with(
    form: Form, words: str, kept: str, shown: str
) -> None:
    typed(form, "birth", words)
    QTest.keyClick(line(form, "birth").line, Qt.Key.Key_Return)
    assert form.value("birth") == kept
    assert line(form, "birth").line.text() == shown


def test_a_date_nobody_understands_is_told_below_the_field_and_stays(form: Form) -> None:
    typed(form, "birth", "31/2/1971")
    QTest.keyClick(line(form, "birth").line, Qt.Key.Key_Return)
    assert form.editors["birth"].has_problem
    assert line(form, "birth").line.text() == "31/2/1971"


def test_cat_hanh_without_marks_finds_the_commune_of_the_office(form: Form) -> None:
    typed(form, "commune", "cat hanh")
    field = form.editors["commune"]
    assert isinstance(field, UnitField)
    until(lambda: field.line.list_open)
    assert field.line.options()[0].data == "63:21871"
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert form.value("commune") == "63:21871"
    assert field.line.text().startswith("xã Cát Hanh")


def test_a_code_is_found_without_marks_and_a_wrong_one_is_told(form: Form) -> None:
    field = form.editors["degree"]
    assert isinstance(field, CodeField)
    typed(form, "degree", "dac biet")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert form.value("degree") == "profound"
    typed(form, "degree", "khong co dau")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    form.focus("name")
    assert field.has_problem


def test_sets_of_codes_are_ticked_with_arrows_and_space(form: Form) -> None:
    field = form.editors["types"]
    assert isinstance(field, CodesField)
    form.focus("types")
    boxes = list(field.boxes.values())
    QTest.keyClick(boxes[0], Qt.Key.Key_Space)
    QTest.keyClick(boxes[0], Qt.Key.Key_Right)
    QTest.keyClick(boxes[1], Qt.Key.Key_Space)
    assert form.value("types") == ("hearing_speech", "mobility")


def test_yes_no_and_not_known(form: Form) -> None:
    field = form.editors["mine_victim"]
    assert isinstance(field, YesNoField)
    QTest.keyClick(field.yes, Qt.Key.Key_Space)
    assert form.value("mine_victim") is True
    QTest.keyClick(field.yes, Qt.Key.Key_Space)
    assert form.value("mine_victim") is None


def test_enter_moves_from_field_to_field_in_reading_order(form: Form) -> None:
    form.focus("name")
    names = list(form.editors)
    for here, following in zip(names[:6], names[1:7], strict=True):
        part = form.editors[here].focusProxy()
        assert part is not None and part.hasFocus(), here
        QTest.keyClick(part, Qt.Key.Key_Return)
        assert form.editors[following].focusProxy().hasFocus(), following  # type: ignore[union-attr]


def test_only_what_differs_is_a_change(form: Form) -> None:
    assert form.changes() == {}
    typed(form, "name", "Đinh Văn Briu")
    assert form.changes() == {}
    typed(form, "id_number", "052 071 004451")
    assert form.changes() == {"id_number": "052071004451"}
    assert same(None, "") and same((), None) and not same(False, None)


def test_undo_goes_back_through_all_fields_and_redo_forward(form: Form) -> None:
    typed(form, "name", "Đinh Văn B")
    typed(form, "birth", "1971")
    press(line(form, "birth").line, Qt.Key.Key_Z, control=True)
    assert form.value("birth") == ""
    press(line(form, "birth").line, Qt.Key.Key_Z, control=True)
    assert form.value("name") == "Đinh Văn Briu"
    form.redo()
    form.redo()
    assert (form.value("name"), form.value("birth")) == ("Đinh Văn B", "1971")


def test_problems_stand_below_their_fields_and_the_first_gets_the_cursor(form: Form) -> None:
    form.focus("mine_victim")
    rest = form.show_problems(
        [
            Problem("not_a_date", "birth", "x", "Không hiểu ngày này."),
            Problem("too_long", "hamlet", "x", "Thôn quá dài."),
            Problem("person_unknown", "id", "x", "Không tìm thấy người."),
        ]
    )
    assert [problem.code for problem in rest] == ["person_unknown"]
    assert line(form, "birth").line.hasFocus()
    assert form.editors["hamlet"].problem.text() == "Thôn quá dài."
    grab(form, "form-problems")


def test_f1_says_how_to_type_and_names_the_law(form: Form) -> None:
    QTest.keyClick(line(form, "birth").line, Qt.Key.Key_F1)
    assert "12/3/1971" in form.editors["birth"].hint.text()
    assert "Căn cứ" in form.editors["birth"].hint.text()


def test_words_about_hiv_are_answered_with_who_reads_them_and_hinder_nothing(form: Form) -> None:
    note = form.editors["address_text"]
    typed(form, "address_text", "uong thuoc ARV")
    assert "•••" in shown_below(note) and not note.has_problem
    grab(form, "form-telling")
    typed(form, "address_text", "uong thuoc ho")
    assert "•••" not in shown_below(note)
    assert form.changes()["address_text"] == "uong thuoc ho"


def shown_below(editor: FieldEditor) -> str:
    return " ".join(one.text() for one in editor.findChildren(QLabel) if not one.isHidden())


def test_a_half_typed_vietnamese_word_never_searches(application: QApplication) -> None:
    field = SearchField("tìm")
    field.show()
    heard: list[str] = []
    field.searched.connect(heard.append)
    application.sendEvent(field, QInputMethodEvent("hươ", []))
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.qWait(400)
    assert heard == []
    ready = QInputMethodEvent("", [])
    ready.setCommitString("hường")
    application.sendEvent(field, ready)
    until(lambda: heard == ["hường"])


def test_a_form_of_all_fields_never_stops_the_screen(application: QApplication) -> None:
    forms.prepare()
    sections = forms.sections("person")
    with Heartbeat() as heart:
        made = Form(sections, SOURCES)
        made.load({})
        page = Scroll(made)
        page.resize(900, 700)
        page.show()
        until(lambda: len(made.editors) == sum(len(part.fields) for part in sections))
    assert heart.longest_ms < 100  # twice the budget: the machine of the tests may be busy
    page.close()


def test_every_field_of_a_person_stands_in_a_form_and_on_the_paper() -> None:
    from app.actions import paper_sections as paper
    from data import fields
    from ui.screens.person_tabs import FORMS

    shown = {name for part in FORMS.values() for name in part} | {"mine"}
    assert set(fields.sections("person")) == shown
    printed = {
        name for part in (*paper.PARTS, *paper.DISABILITY_PARTS, *paper.MINE_PARTS) for name in part
    }
    assert set(fields.sections("person")) == printed
