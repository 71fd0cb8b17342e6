"""The code on a printed form: read as printed, and a slip of the finger is told."""

from __future__ import annotations

from app.rules import paper_code
from data.base import new_id


def test_a_code_says_which_form_and_how_its_owner_ends() -> None:
    for form in paper_code.KINDS:
        for owner in (new_id(), "0190ffff-0000-7000-8000-0000ffffffff", "0" * 36):
            code = paper_code.made(form, owner)
            meant = paper_code.read(code)
            assert meant is not None
            assert (meant.form, meant.tail, meant.text) == (form, owner[-8:], code)
            assert code.replace("-", "").isdigit() and code[0] != "0" and len(code) == 14


def test_blanks_dots_and_no_hyphens_are_read_alike() -> None:
    code = paper_code.made("04", new_id())
    plain = code.replace("-", "")
    for typed in (plain, f" {code} ", code.replace("-", " "), code.replace("-", ".")):
        meant = paper_code.read(typed)
        assert meant is not None and meant.text == code


def test_every_single_wrong_digit_and_most_swapped_neighbours_are_told() -> None:
    plain = paper_code.made("02", "01902d3f-aaaa-7bbb-8ccc-0123456789ab").replace("-", "")
    wrong = [
        plain[:place] + digit + plain[place + 1 :]
        for place in range(len(plain))
        for digit in "0123456789"
        if digit != plain[place]
    ]
    assert all(paper_code.read(one) is None for one in wrong)
    swapped = [
        plain[:n] + plain[n + 1] + plain[n] + plain[n + 2 :]
        for n in range(len(plain) - 1)
        if plain[n] != plain[n + 1] and {plain[n], plain[n + 1]} != {"0", "9"}
    ]
    assert swapped and all(paper_code.read(one) is None for one in swapped)


def test_names_telephones_and_citizen_numbers_are_no_codes() -> None:
    for typed in ("", "Nguyễn Thị Hường", "0905123456", "052171001234", "4F7A-09C2-0001", "12"):
        assert paper_code.read(typed) is None and not paper_code.looks_like(typed)
    assert paper_code.looks_like("4123 4567 8901")
