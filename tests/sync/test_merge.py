"""Three-way merge: every case of the table, and what holds for any two people at two PCs."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sync import merge
from sync.merge import MergeClasses, Merged, RowState, Touch
from sync.protocol import Change

CLASSES = MergeClasses(
    {
        ("person", "seen_on"): merge.LWW,
        ("person", "status"): merge.STATE,
        ("person", "life"): merge.STATE,
        ("person", "groups"): merge.SET,
    },
    {"person": (frozenset({"name", "birth", "status"}),)},
    moves={("person", "life"): frozenset({("living", "left")})},
)
A, B = "a/1", "b/1"


def row(version: int, deleted: bool = False, **touched: Any) -> RowState:
    """A row that B made, with fields that somebody set at a version."""
    touches = {name: Touch(at, who, "lan", at) for name, (at, who) in touched.items()}
    return RowState(version, Touch(1, B, "lan", 1), touches, deleted)


def change(base: int, **fields: Any) -> Change:
    """An edit of A; the old values do not matter here."""
    pairs = {name: ["old", value] for name, value in fields.items()}
    return Change("person", "x", "U", base, pairs, "now", "minh")


def merged(one: Change, standing: RowState, **stored: Any) -> Merged:
    """The merge at A with these stored values."""
    return merge.merge(one, standing, A, CLASSES, lambda _touch, name: stored.get(name))


def test_who_saw_the_newest_value_may_change_it() -> None:
    assert merged(change(3, phone="2"), row(3, phone=(3, B)), phone="1") == Merged(
        "a", {"phone": "2"}, ()
    )


def test_other_fields_merge_by_themselves() -> None:
    result = merged(change(1, phone="2"), row(2, hamlet=(2, B)))
    assert result == Merged("m", {"phone": "2"}, ())


def test_the_same_field_is_a_conflict_and_the_servers_value_stays() -> None:
    result = merged(change(1, phone="2", note="n"), row(2, phone=(2, B)), phone="9")
    assert result == Merged("c", {"note": "n"}, ("phone",))


def test_equal_values_agree() -> None:
    assert merged(change(1, phone="2"), row(2, phone=(2, B)), phone="2") == Merged("m", {}, ())


def test_a_merger_is_no_removal_edits_nobody_saw_stay_in_the_stub() -> None:
    result = merged(change(1, deleted_at="t", merged_into="y"), row(2, phone=(2, B)), phone="9")
    assert result == Merged("m", {"deleted_at": "t", "merged_into": "y"}, ())


def test_a_device_never_conflicts_with_itself() -> None:
    assert merged(change(0, phone="3"), row(5, phone=(5, A)), phone="2").verdict == "a"


def test_the_same_device_in_another_epoch_is_somebody_else() -> None:
    assert merged(change(0, phone="3"), row(5, phone=(5, "a/2")), phone="2").verdict == "c"


def test_the_last_to_arrive_wins_where_that_is_enough() -> None:
    result = merged(change(1, seen_on="2"), row(2, seen_on=(2, B)), seen_on="1")
    assert result == Merged("m", {"seen_on": "2"}, ())


def test_guarded_fields_go_to_review_together() -> None:
    result = merged(change(1, birth="1951", phone="2"), row(2, name=(2, B)))
    assert result == Merged("c", {"phone": "2"}, ("birth",))
    assert merged(change(1, name="N"), row(2, status=(2, B))).refused == ("name",)
    assert merged(change(2, birth="1951"), row(2, name=(2, B))).verdict == "a"


def test_an_older_view_of_one_field_counts_for_that_field() -> None:
    seen = Change("person", "x", "U", 5, {"phone": ["1", "2"]}, "now", "minh", "", {"phone": 3})
    assert merged(seen, row(5, phone=(4, B)), phone="9").verdict == "c"
    newer = Change("person", "x", "U", 2, {"phone": ["9", "2"]}, "now", "minh", "", {"phone": 4})
    assert merged(newer, row(5, phone=(4, B)), phone="9").verdict == "a"


def test_a_removal_loses_against_edits_it_did_not_see() -> None:
    gone = change(1, deleted_at="2026", deleted_reason="trùng")
    assert merged(gone, row(2, phone=(2, B))) == Merged("c", {}, ("deleted_at", "deleted_reason"))
    assert merged(gone, row(2, phone=(2, A))).verdict == "a"
    back = change(2, deleted_at=None)
    assert merged(back, row(3, True, deleted_at=(2, B), phone=(3, B))).verdict == "m"


def test_an_edit_of_a_row_removed_meanwhile_is_kept_and_shown() -> None:
    result = merged(change(1, phone="2"), row(2, True, deleted_at=(2, B)))
    assert result == Merged("c", {"phone": "2"}, ("deleted_at",))
    assert merged(change(2, phone="2"), row(2, True, deleted_at=(2, B))).verdict == "a"


def members(old: str | None, new: str | None, source: str = "") -> Change:
    """A changes a set that it saw as `old`."""
    return Change("person", "x", "U", 1, {"groups": [old, new]}, "now", "minh", source)


def test_members_are_added_and_taken_out_whoever_else_changed_the_set() -> None:
    standing = row(2, groups=(2, B))
    result = merged(members("a b", "b c"), standing, groups="a b d")
    assert result == Merged("m", {"groups": "b c d"}, (), (), {"groups": "a b d"})
    emptied = merged(members("a", None), standing, groups="a")
    assert emptied == Merged("m", {"groups": None}, ())
    nothing_left = merged(members("a", "b"), standing, groups="b")
    assert nothing_left == Merged("m", {}, ())
    other_stands = merged(members("a", "a b"), standing, groups="b c")
    assert other_stands == Merged("m", {}, (), ("groups",))


def test_a_pcs_own_set_that_was_joined_meanwhile_loses_no_member() -> None:
    result = merged(members("a", "a c"), row(3, groups=(3, A)), groups="a x")
    assert (result.taken, result.joined) == ({"groups": "a c x"}, {"groups": "a x"})


def test_a_set_sent_whole_names_no_members_and_is_a_conflict_like_any_field() -> None:
    standing = row(2, groups=(2, B))
    assert merged(members(None, "b", merge.WHOLE), standing, groups="a").refused == ("groups",)
    strange = merged(members("a", "b"), standing, groups=7)
    assert strange.refused == ("groups",)


def test_a_state_goes_on_only_where_the_step_from_what_stands_is_legal() -> None:
    legal = merged(change(1, life="left"), row(2, life=(2, B)), life="living")
    assert legal == Merged("m", {"life": "left"}, ())
    assert merged(change(1, life="left"), row(2, life=(2, B)), life="dead").refused == ("life",)


def test_a_decision_is_taken_also_where_its_value_stands_already() -> None:
    keep = Change("person", "x", "U", 2, {"phone": ["1", "1"]}, "now", "lan", "conflict:7")
    assert merged(keep, row(2, phone=(2, B)), phone="1") == Merged("a", {"phone": "1"}, ())
    alike = merged(keep, row(3, phone=(3, B)), phone="1")
    assert alike == Merged("m", {"phone": "1"}, ())
    assert merged(keep, row(3, phone=(3, B)), phone="2").refused == ("phone",)


NAMES = st.sampled_from(["phone", "note", "hamlet", "house"])


@given(
    st.dictionaries(NAMES, st.integers(0, 3), min_size=1),
    st.dictionaries(NAMES, st.tuples(st.integers(2, 6), st.sampled_from([A, B]))),
    st.integers(0, 6),
    st.dictionaries(NAMES, st.integers(0, 3)),
)
def test_a_conflict_is_raised_exactly_when_two_wrote_without_seeing(
    fields: dict[str, int],
    touched: dict[str, tuple[int, str]],
    base: int,
    stored: dict[str, int],
) -> None:
    standing = row(6, False, **touched)
    result = merged(change(max(base, 1), **fields), standing, **stored)
    expected = {
        name
        for name, value in fields.items()
        if name in touched
        and touched[name][0] > max(base, 1)
        and touched[name][1] == B
        and stored.get(name) != value
    }
    assert set(result.refused) == expected
    assert (result.verdict == "c") == bool(expected)
    assert set(result.taken) <= set(fields) - expected
