"""The completeness meter: it counts what a good record says and blocks nothing."""

from __future__ import annotations

from app.rules import completeness
from data import fields


def test_every_counting_field_stands_in_the_dictionary() -> None:
    lines = completeness.WANTED + completeness.WANTED_OF_DISABLED
    names = [name for line in lines for name in line]
    assert all(fields.has("person", name) for name in names)
    assert len(names) == len(set(names))


def test_an_empty_record_misses_everything_and_a_full_one_nothing() -> None:
    empty = completeness.measure(())
    assert empty.filled == 0 and empty.total == len(empty.missing)
    everything = [field.name for field in fields.of("person")]
    assert completeness.measure(everything) == completeness.Meter(empty.total, empty.total, ())


def test_one_of_several_fields_is_enough() -> None:
    assert "id_number" not in completeness.measure({"old_id_number"}).missing
    assert "phone" not in completeness.measure({"contact_phone"}).missing
    assert "cause_mobility" not in completeness.measure({"cause_other"}).missing


def test_cause_and_signs_are_missed_for_the_type_a_person_has() -> None:
    blind = completeness.measure({"name", "types"}, (), ("vision",)).missing
    assert {"cause_vision", "signs_vision"} <= set(blind)
    assert "cause_mobility" not in blind
    assert "signs_vision" not in completeness.measure({"signs_vision"}, (), ("vision",)).missing


def test_who_belongs_to_another_group_is_not_asked_about_a_disability() -> None:
    elderly = completeness.measure({"name"}, ("elderly",))
    assert "types" not in elderly.missing
    assert "types" in completeness.measure({"name"}, ("elderly", "disabled")).missing
    assert "degree" in completeness.measure({"name", "types"}, ("elderly",)).missing


def test_fields_that_do_not_count_change_nothing() -> None:
    assert completeness.measure({"note", "email"}) == completeness.measure(())
