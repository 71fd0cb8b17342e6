"""Long lists: one person in two slices, the dry run against the run, stopping, taking back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.actions import duplicate, import_list, import_undo, likeness, person
from app.errors import Refused
from app.imports.writing import Page, write_xlsx
from app.values.imports import ImportOptions, RowDecision
from app.values.person import PeopleFilter
from data.records import likeness as pairs
from data.records import merger
from tests import desk
from tests.desk import Desk

HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Điện thoại", "Thôn", "Xã", "Ghi chú")
FAMILIES = "Nguyễn Trần Lê Phạm Huỳnh Phan Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
GIVEN = "An Bình Cúc Dũng Giang Hạnh Khoa Lan Minh Nga Oanh Phú Quý Sen Tâm Uyên Vinh Xuân".split()
Row = tuple[str, ...]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    """The office of huyện Phù Cát."""
    made = desk.at(tmp_path / "office")
    yield made
    made.close()


def others(count: int) -> list[Row]:
    """Different persons, enough of them to fill slices."""
    return [
        (
            f"{FAMILIES[at % 13]} {GIVEN[at // 13 % 18]} {GIVEN[at // 234 % 18]}",
            f"{1 + at % 28:02d}/{1 + at % 12:02d}/{1940 + at % 60}",
            f"{52_000_000_000 + at * 7:012d}",
            "",
            f"Thôn {1 + at % 9}",
            "Cát Hanh" if at % 2 else "Cát Tường",
            "",
        )
        for at in range(count)
    ]


HOA = ("Lê Thị Hòa", "07/03/1951", "052151000001", "", "Thôn Tân Hóa", "Cát Hanh", "")
HOA_LATER = (*HOA[:3], "0905 000 111", *HOA[4:6], "mù một mắt")
HOA_AGAIN = (*HOA[:3], "0905000111", *HOA[4:6], "mù một mắt")


def a_list(folder: Path, rows: Iterable[Row], name: str = "dài.xlsx") -> Path:
    path = folder / name
    write_xlsx(path, [Page("DS", [HEADINGS, *((at, *row) for at, row in enumerate(rows, 1))])])
    return path


def fates(office: Desk, path: Path, options: ImportOptions | None = None) -> dict[str, int]:
    """Rows by fate as the dry run promises them."""
    found = import_list.preview(office.minh, path, options).fates
    return {fate: number for fate, number in found.items() if number}


def test_who_stands_in_three_slices_is_one_person_and_the_dry_run_says_the_same(
    office: Desk, tmp_path: Path
) -> None:
    path = a_list(tmp_path, [HOA, *others(600), HOA_LATER, *others(1200)[600:], HOA_AGAIN])
    promised = fates(office, path)
    done = import_list.run(office.minh, path)
    assert promised == {"new": 1201, "same": 1, "changed": 1}
    assert (done.created, done.matched, done.changed) == (1201, 2, 1)
    (card,) = person.listing(office.minh, PeopleFilter(query="052151000001")).cards
    fields = person.page(office.minh, card.id).fields
    assert (fields["phone"], fields["note"]) == ("0905000111", "mù một mắt")
    sources = {line.source for line in person.past(office.minh, card.id)}
    assert {source.rpartition(":")[2] for source in sources} == {"2", "603"}
    assert fates(office, path) == {"same": 1203}


def test_what_an_earlier_slice_adds_to_somebody_known_is_known_to_the_dry_run(
    office: Desk, tmp_path: Path
) -> None:
    import_list.run(office.minh, a_list(tmp_path, [HOA], "một người.xlsx"))
    path = a_list(tmp_path, [HOA_LATER, *others(600), HOA_AGAIN])
    promised = fates(office, path)
    done = import_list.run(office.minh, path)
    assert promised == {"new": 600, "same": 1, "changed": 1}
    assert (done.created, done.matched, done.changed) == (600, 2, 1)


def test_pairs_are_those_that_a_second_judgement_finds(office: Desk, tmp_path: Path) -> None:
    """Across slices, within one, and with the store: judged once, on the way in."""
    import_list.run(office.minh, a_list(tmp_path, [HOA], "một người.xlsx"))
    near = ("Lê Thị Hoà", "1951", "", "", "", "Cát Hanh", "")
    twins = [("Trần Văn Tí", "01/02/1960", "", "", "", "Cát Hanh", ""),
             ("Trần Tí", "01/02/1960", "", "", "", "Cát Hanh", "")]  # fmt: skip
    path = a_list(tmp_path, [near, *twins, *others(700), ("Trần Văn Ti", *twins[0][1:])])
    import_list.run(office.minh, path)
    with office.minh.db.read() as session:
        told = set(pairs.page(session, 1000))
        assert pairs.due_count(session) == 0
    with office.minh.db.write(office.minh.author()) as session:
        pairs.begin_anew(session, 0)
    likeness.settle(office.minh)
    with office.minh.db.read() as session:
        assert told == set(pairs.page(session, 1000)) and len(told) >= 2


def test_a_list_stopped_in_the_middle_leaves_whole_slices_and_goes_on_from_there(
    office: Desk, tmp_path: Path
) -> None:
    path = a_list(tmp_path, [HOA, *others(1499)])
    asked = iter((False, True))
    done = import_list.run(office.minh, path, cancelled=lambda: next(asked))
    assert done.cancelled and done.rows == 500
    with office.minh.db.read() as session:
        counted = [
            session.scalar(text(question)) or 0
            for question in (
                "SELECT count(*) FROM person",
                "SELECT count(*) FROM history WHERE entity = 'person' AND op = 'create'",
                "SELECT count(*) FROM change WHERE entity = 'person' AND op = 'I'",
                "SELECT count(*) FROM likeness_keys",
                "SELECT count(*) FROM person_search WHERE person_search MATCH 'hoa*'",
                "SELECT count(*) FROM dirty",
                "SELECT count(*) FROM likeness_due",
            )
        ]
    assert counted[:4] == [done.created] * 4 and counted[4] >= 1 and counted[5:] == [0, 0]
    again = import_list.run(office.minh, path)
    assert done.created + again.created == person.total(office.minh, PeopleFilter())
    assert again.rows == 1500 and again.matched >= done.created


def test_a_slice_that_fails_leaves_nothing_of_itself(office: Desk, tmp_path: Path) -> None:
    """The five hundred and first row breaks on the way to the disk: the first slice stands."""
    with office.minh.db.write(office.minh.author()) as session:
        session.execute(
            text(
                "CREATE TRIGGER full AFTER INSERT ON change WHEN new.seq > 700 "
                "BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        )
    with pytest.raises(Exception, match="full"):
        import_list.run(office.minh, a_list(tmp_path, others(1200)))
    assert person.total(office.minh, PeopleFilter()) == 500
    with office.minh.db.read() as session:
        for table in ("history", "change", "likeness_keys"):
            where = "" if table == "likeness_keys" else " WHERE entity = 'person'"
            assert session.scalar(text(f"SELECT count(*) FROM {table}{where}")) == 500


def test_a_word_given_since_keeps_an_import_from_being_undone(office: Desk, tmp_path: Path) -> None:
    """“Not the same person” about somebody the list brought: the undoing must not lose it."""
    import_list.run(office.minh, a_list(tmp_path, [HOA], "một người.xlsx"))
    near = ("Lê Thị Hoà", "1951", "", "", "", "Cát Hanh", "")
    done = import_list.run(office.minh, a_list(tmp_path, [near, *others(3)]))
    (pair,) = duplicate.pairs_of(office.minh, done.people[0])
    duplicate.dismiss(office.hoa, pair.a.id, pair.b.id, "hai chị em")
    with pytest.raises(Refused) as refused:
        import_undo.undo(office.lan, done.id)
    problem = refused.value.problems[0]
    assert problem.code == "import_touched" and "Lê Thị Hoà" in problem.message
    duplicate.withdraw(office.hoa, pair.a.id, pair.b.id)
    assert import_undo.undo(office.lan, done.id).removed == 4


def test_a_word_given_with_the_list_goes_back_with_it(office: Desk, tmp_path: Path) -> None:
    import_list.run(office.minh, a_list(tmp_path, [HOA], "một người.xlsx"))
    near = ("Lê Thị Hoà", "1951", "", "", "", "Cát Hanh", "")
    path = a_list(tmp_path, [near])
    said = ImportOptions(decisions={"DS!2": RowDecision("new")})
    done = import_list.run(office.minh, path, said)
    old = person.ids(office.minh, PeopleFilter(query="052151000001"))[0]
    with office.minh.db.read() as session:
        said = merger.distinct(session, *sorted((old, done.people[0])))
        assert said is not None and said.deleted_at is None
    import_undo.undo(office.minh, done.id)
    with office.minh.db.read() as session:
        said = merger.distinct(session, *sorted((old, done.people[0])))
        assert said is not None and said.deleted_at and said.deleted_reason
