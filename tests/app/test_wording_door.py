"""The one door for words: what a clerk reads is whole, in either language."""

import pytest

from app import wording


def test_vietnamese_is_read_as_it_was_written() -> None:
    assert wording.translate("Còn trống {size} GB.", size="3,5") == "Còn trống 3,5 GB."


def test_english_is_found_for_the_whole_sentence() -> None:
    wording.set_language("en")
    assert wording.translate("Còn trống {size} GB.", size="3.5") == "3.5 GB free."


def test_a_sentence_without_english_stays_readable() -> None:
    wording.set_language("en")
    assert wording.translate("Câu này chưa ai dịch.") == "Câu này chưa ai dịch."


def test_a_name_with_braces_is_printed_as_it_is() -> None:
    assert wording.translate("Chào {name}.", name="{size}") == "Chào {size}."


@pytest.mark.logs("no value for its place {name}")
def test_a_place_nobody_filled_is_noticed_and_not_fatal() -> None:
    assert wording.translate("Chào {name}.") == "Chào {name}."


def test_a_code_of_a_lower_floor_becomes_a_sentence_in_the_language_asked_for() -> None:
    assert wording.say("not_allowed").startswith("Vai trò của bạn")
    assert wording.say("not_allowed", lang="en").startswith("Your role")
    wording.set_language("en")
    assert wording.say("not_allowed").startswith("Your role")


@pytest.mark.logs("no sentence for the code nobody_wrote_this")
def test_a_code_without_a_sentence_still_says_something() -> None:
    assert "nobody_wrote_this" in wording.say("nobody_wrote_this")


def test_only_two_languages_are_known() -> None:
    with pytest.raises(ValueError, match="fr"):
        wording.set_language("fr")
