"""Two records of one person: found, kept apart, merged with all they own, and parted again."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.actions import (
    accident,
    approval,
    assistive_device,
    attachment,
    care_case,
    case_file,
    consent,
    duplicate,
    flag,
    likeness,
    merge,
    need,
    parting,
    person,
    quick_note,
    referral,
    sharing,
    task,
)
from app.errors import Refused
from app.values.accident import AccidentDraft
from app.values.assistive_device import AidDraft, RepairDraft
from app.values.attachment import AttachmentDraft
from app.values.care_case import CaseDraft, NoteDraft
from app.values.need import NeedDraft
from app.values.person import PeopleFilter, PersonDraft
from app.values.referral import ReferralDraft
from app.values.sharing import ConsentDraft, SharingDraft
from app.values.task import FlagDraft, TaskDraft
from tests import desk
from tests.benchmarks import bench_duplicates
from tests.desk import Desk, typed
from tests.helped import help_for, help_of

NUMBER = "052150000001"


@pytest.fixture
def at(home: Path) -> Iterator[Desk]:
    signed_in = desk.at(home)
    yield signed_in
    signed_in.close()


@pytest.fixture
def photo() -> bytes:
    out = BytesIO()
    Image.effect_noise((300, 400), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def two(at: Desk, **second: object) -> tuple[str, str]:
    """The same woman entered twice: first with a number, then as a typist heard her name."""
    first = typed(birth="1950-03-12", sex="female", id_number=NUMBER)
    again = {"name": "Nguyeenx Thij Huowngf", "birth": "1950-03-12", "sex": "female"} | second
    return person.save(at.minh, first).id, person.save(at.minh, typed(**again)).id


def test_while_typing_the_program_says_who_it_may_be_and_why(at: Desk) -> None:
    known, _ = two(at)
    values = {"name": "nguyen huong", "birth": "1950", "commune": desk.CAT_HANH}
    found = likeness.alike(at.minh, values)
    assert known in [one.card.id for one in found]
    words = [why.words for one in found if one.card.id == known for why in one.reasons]
    assert "thiếu chữ đệm" in words and "cùng xã" in words
    assert likeness.alike(at.minh, {"name": "  "}) == ()
    assert known not in [one.card.id for one in likeness.alike(at.minh, values, besides=known)]


def test_a_pair_stands_on_the_worklist_until_somebody_says_they_are_two(at: Desk) -> None:
    one, other = two(at)
    (pair,) = duplicate.worklist(at.minh).pairs
    assert {pair.a.id, pair.b.id} == {one, other} and pair.grade == "same"
    assert "còn dấu gõ Telex, VNI trong tên" in [why.words for why in pair.reasons]
    assert person.page(at.minh, one).card.possible_duplicate
    duplicate.dismiss(at.minh, other, one, "hai chị em họ")
    assert duplicate.worklist(at.minh).total == 0
    assert person.page(at.minh, one).warnings == ()
    person.save(at.minh, PersonDraft(other, {"hamlet": "Tân Hòa"}))
    assert duplicate.worklist(at.minh).pairs == ()
    assert likeness.alike(at.minh, {"name": "Nguyễn Thị Hường", "birth": "1950-03-12"}, one) == ()
    duplicate.withdraw(at.minh, one, other)
    assert duplicate.worklist(at.minh).total == 1
    with pytest.raises(Refused, match="hai người khác nhau"):
        duplicate.withdraw(at.minh, one, other)
    duplicate.dismiss(at.minh, one, other)
    assert duplicate.worklist(at.minh).total == 0
    with pytest.raises(Refused, match="hai hồ sơ khác nhau"):
        duplicate.dismiss(at.minh, one, one)


def test_not_the_same_person_holds_for_whom_the_record_turns_out_to_be(at: Desk) -> None:
    keep, away = two(at)
    cousin = person.save(at.minh, typed(birth="1950-03-12", sex="female", hamlet="Tân Hòa")).id
    duplicate.dismiss(at.minh, cousin, away, "hai chị em họ")
    asked = {frozenset((pair.a.id, pair.b.id)) for pair in duplicate.worklist(at.minh).pairs}
    assert frozenset((keep, cousin)) in asked
    merged = merge.merge(at.minh, keep, away)
    assert duplicate.worklist(at.minh).pairs == () and duplicate.counts(at.minh) == (0, 0)
    assert not person.page(at.minh, cousin).card.possible_duplicate
    assert person.page(at.minh, keep).warnings == ()
    told = duplicate.review(at.minh, keep, cousin).said
    assert told.startswith("Lê Văn Minh đã ghi lúc") and told.endswith("hai chị em họ")
    merge.unmerge(at.minh, merged.id)
    assert duplicate.review(at.minh, keep, cousin).said == "", "said of the other record alone"
    assert {keep, cousin} in [{one.a.id, one.b.id} for one in duplicate.pairs_of(at.minh, keep)]
    merge.merge(at.minh, keep, away)
    duplicate.withdraw(at.minh, keep, cousin)
    assert duplicate.worklist(at.minh).total == 1


def test_what_was_corrected_or_removed_leaves_the_worklist(at: Desk) -> None:
    one, other = two(at)
    person.save(at.minh, PersonDraft(other, {"name": "Trần Thị Bé", "birth": "1980"}))
    assert duplicate.pairs_of(at.minh, one) == ()
    person.save(at.minh, PersonDraft(other, {"id_number": NUMBER}))
    assert [pair.grade for pair in duplicate.pairs_of(at.minh, one)] == ["likely"]
    person.remove(at.minh, other, "nhập nhầm")
    assert duplicate.worklist(at.minh).total == 0
    person.restore(at.minh, other)
    assert duplicate.worklist(at.minh).total == 1


def belongings(at: Desk, who: str, photo: bytes) -> dict[str, str]:
    """One of everything a person can have."""
    files = {"need": need.save(at.minh, NeedDraft(who, {"item": "medical.wheelchair"}))}
    draft = AttachmentDraft(kind="photo", legal_basis="law")
    files["photo"] = attachment.add(at.minh, who, photo, draft).id
    files["case"] = care_case.open(at.minh, who, CaseDraft(reason="Sống một mình"))
    care_case.note(at.minh, files["case"], NoteDraft(text="Đã đến nhà"))
    hurt = AccidentDraft(who, {"activity": "farming"}, {"accident_on": "1974"})
    files["victim"] = accident.save(at.minh, hurt).victim_id
    files["task"] = task.add(at.minh, TaskDraft("Gọi trạm y tế", person_id=who))
    files["flag"] = flag.add(at.minh, FlagDraft(who, "watch", "Ở một mình"))
    by_law = {"consent_purpose": "case_care", "consent_basis": "law", "consent_source": "Luật"}
    files["consent"] = consent.save(at.minh, ConsentDraft(who, by_law))
    wish = SharingDraft((who,), "case_care", "Trạm y tế", "Khám")
    files["sharing"] = " ".join(sharing.request(at.minh, wish)[0])
    return files | help_for(at.minh, who, files["need"])


def owned(at: Desk, who: str) -> dict[str, str]:
    return {
        "need": " ".join(one.id for one in need.of_person(at.minh, who)),
        "photo": " ".join(one.id for one in attachment.of_person(at.minh, who)),
        "case": " ".join(one.id for one in care_case.of_person(at.minh, who)),
        "victim": " ".join(one.id for one in accident.of_person(at.minh, who)),
        "task": " ".join(one.id for one in task.of_person(at.minh, who)),
        "flag": " ".join(one.id for one in flag.of_person(at.minh, who)),
        "consent": " ".join(one.id for one in consent.of_person(at.minh, who)),
        "sharing": " ".join(one.id for one in sharing.of_person(at.minh, who)),
    } | help_of(at.minh, who)


NOTHING = dict.fromkeys(
    (
        "need photo case victim task flag consent sharing referral support aid repair benefit "
        "file complaint board hearing screening"
    ).split(),
    "",
)


def test_everything_follows_a_merger_and_the_old_record_leads_on(at: Desk, photo: bytes) -> None:
    keep, away = two(at, phone="0905123456", old_id_number="211234567", poverty="poor")
    theirs = belongings(at, away, photo)
    done = merge.merge(at.minh, keep, away)
    assert (done.survivor, done.absorbed, done.pending) == (keep, away, False)
    assert owned(at, keep) == theirs
    assert all(one.person_id == keep for one in need.of_person(at.minh, keep))
    assert [one.person_name for one in care_case.of_person(at.minh, keep)] == ["Nguyễn Thị Hường"]
    assert care_case.page(at.minh, theirs["case"]).card.person_id == keep
    assert attachment.portraits(at.minh, (keep,)) and attachment.content(at.minh, theirs["photo"])
    page = person.page(at.minh, keep)
    assert (page.fields["phone"], page.fields["old_id_number"]) == ("0905123456", "211234567")
    assert [one.id for one in page.merged_here] == [away]
    stub = person.page(at.minh, away)
    assert stub.merged_into is not None and stub.merged_into.id == keep
    assert stub.fields["name"] == "Nguyeenx Thij Huowngf", "nothing of the record is thrown away"
    everybody = [card.id for card in person.listing(at.minh, PeopleFilter()).cards]
    assert everybody == [keep] and person.total(at.minh, PeopleFilter(removed=True)) == 0
    assert duplicate.worklist(at.minh).total == 0


def test_numbers_and_names_of_the_old_record_find_the_person(at: Desk) -> None:
    keep, away = two(at, id_number="052150000019", hamlet="Chánh Hùng")
    merge.merge(at.minh, keep, away)
    last, _ = two(at)
    merge.merge(at.minh, last, keep)
    for asked in ("052150000019", NUMBER, "huowngf", "chanh hung nguyeenx"):
        found = person.listing(at.minh, PeopleFilter(query=asked)).cards
        assert last in [card.id for card in found], asked
        assert keep not in [card.id for card in found]
    assert person.total(at.minh, PeopleFilter(query="Trần Văn Không")) == 0


def test_few_strangers_are_taken_for_somebody_and_few_respelt_names_are_missed(at: Desk) -> None:
    for measure in bench_duplicates.judged(at.minh, 1_000):
        assert measure.raw is not None and measure.value <= measure.raw, measure


def test_a_stub_is_not_worked_on(at: Desk) -> None:
    keep, away = two(at)
    merge.merge(at.minh, keep, away)
    for work in (
        lambda: person.save(at.minh, PersonDraft(away, {"phone": "0905000000"})),
        lambda: person.restore(at.minh, away),
        lambda: person.remove(at.minh, away, "x"),
        lambda: need.save(at.minh, NeedDraft(away, {"item": "medical.wheelchair"})),
        lambda: merge.merge(at.minh, keep, away),
        lambda: merge.merge(at.minh, away, keep),
    ):
        with pytest.raises(Refused, match="đã gộp vào Nguyễn Thị Hường"):
            work()


def test_each_field_is_taken_from_the_record_the_officer_chose(at: Desk) -> None:
    keep, away = two(at, phone="0905123456", hamlet="Tân Hòa", birth="1950")
    person.save(at.minh, PersonDraft(keep, {"hamlet": "Vĩnh Trường", "phone": "0911111111"}))
    merge.merge(at.minh, keep, away, {"hamlet": "b", "phone": "a"})
    fields = person.page(at.minh, keep).fields
    assert (fields["hamlet"], fields["phone"]) == ("Tân Hòa", "0911111111")
    assert fields["birth"] == "1950-03-12"
    past = [line for line in person.past(at.minh, keep) if line.field == "hamlet"]
    assert ("Vĩnh Trường", "Tân Hòa") in [(line.old, line.new) for line in past]
    with pytest.raises(Refused, match="Không có trường"):
        merge.merge(at.minh, keep, away, {"colour": "b"})
    with pytest.raises(Refused, match="chọn a"):
        merge.merge(at.minh, keep, away, {"phone": "c"})


def test_two_remarks_are_both_kept_unless_one_is_chosen(at: Desk) -> None:
    keep, away = two(at, note="khác người? cùng tên")
    person.save(at.minh, PersonDraft(keep, {"note": "ghi 2 lần"}))
    assert duplicate.review(at.minh, keep, away).take["note"] == "both"
    done = merge.merge(at.minh, keep, away)
    assert person.page(at.minh, keep).fields["note"] == "ghi 2 lần; khác người? cùng tên"
    merge.unmerge(at.minh, done.id)
    assert person.page(at.minh, keep).fields["note"] == "ghi 2 lần"
    merge.merge(at.minh, keep, away, {"note": "a"})
    assert person.page(at.minh, keep).fields["note"] == "ghi 2 lần"


def test_the_history_tells_a_merger_in_one_line_that_names_the_person(at: Desk) -> None:
    keep, away = two(at)
    merge.merge(at.minh, keep, away)
    merge.unmerge(at.minh, away)
    told = [line for line in person.past(at.minh, away) if line.field]
    assert [(line.field, line.old, line.new) for line in told] == [
        ("merged_into", "Nguyễn Thị Hường", None),
        ("merged_into", None, "Nguyễn Thị Hường"),
    ]
    assert all(line.label == "Gộp vào hồ sơ" for line in told)


def test_a_death_that_only_the_other_record_knows_is_known(at: Desk) -> None:
    keep, away = two(at)
    person.set_life_state(at.minh, away, "dead", "2024-05-01")
    merge.merge(at.minh, keep, away)
    fields = person.page(at.minh, keep).fields
    assert (fields["life_state"], fields["life_state_on"]) == ("dead", "2024-05-01")


def approved(at: Desk, who: str) -> None:
    person.submit(at.minh, (who,))
    approval.approve(at.hoa, (who,))


def test_guarded_values_of_an_approved_person_wait_for_somebody_else(at: Desk) -> None:
    keep, away = two(at, birth="1951-03-12", phone="0905123456")
    approved(at, keep)
    done = merge.merge(at.minh, keep, away, {"birth": "b"})
    assert done.pending
    page = person.page(at.minh, keep)
    assert (page.fields["birth"], page.fields["phone"]) == ("1950-03-12", "0905123456")
    assert [one.state for one in page.amendments] == ["waiting"]
    undone = merge.unmerge(at.minh, done.id)
    assert set(undone.returned) >= {"birth", "phone"} and not undone.pending
    assert [one.state for one in person.page(at.minh, keep).amendments] == ["withdrawn"]
    again = merge.merge(at.minh, keep, away, {"birth": "b"})
    approval.approve(at.hoa, (keep,))
    assert person.page(at.minh, keep).fields["birth"] == "1951-03-12"
    assert merge.unmerge(at.minh, again.id).pending, "back to the approved value needs approval too"


def test_an_approved_record_is_merged_away_by_an_approver_only(at: Desk) -> None:
    keep, away = two(at)
    approved(at, away)
    with pytest.raises(Refused, match="Vai trò"):
        merge.merge(at.minh, keep, away)
    merge.merge(at.hoa, keep, away)
    with pytest.raises(Refused, match="Vai trò"):
        merge.unmerge(at.minh, away)
    merge.unmerge(at.hoa, away)
    person.save(at.minh, PersonDraft(away, {"birth": "1949"}))
    with pytest.raises(Refused, match="chờ duyệt"):
        merge.merge(at.hoa, keep, away)


def test_months_later_the_two_part_and_everything_goes_to_whom_it_belongs(
    at: Desk, photo: bytes
) -> None:
    keep, away = two(at, phone="0905123456", poverty="poor", note="ghi chú")
    theirs = belongings(at, away, photo)
    merge.merge(at.minh, keep, away)
    person.save(at.minh, PersonDraft(keep, {"poverty": "near_poor"}))
    since = need.save(at.minh, NeedDraft(keep, {"item": "medical.prosthesis"}))
    care_case.note(at.minh, theirs["case"], NoteDraft(text="Thăm sau khi gộp"))
    undone = merge.unmerge(at.minh, away, "hai người khác nhau")
    assert (undone.survivor, undone.freed) == (keep, away)
    assert undone.kept == ("poverty",) and {"phone", "note"} <= set(undone.returned)
    assert owned(at, away) == theirs and owned(at, keep) == NOTHING | {"need": since}
    assert len(care_case.page(at.minh, theirs["case"]).notes) == 2
    mine, freed = person.page(at.minh, keep), person.page(at.minh, away)
    assert (mine.fields["phone"], mine.fields["poverty"]) == (None, "near_poor")
    assert (freed.fields["phone"], freed.fields["poverty"]) == ("0905123456", "poor")
    assert (mine.merged_here, freed.merged_into, freed.removed_reason) == ((), None, None)
    assert person.total(at.minh, PeopleFilter()) == 2 and duplicate.worklist(at.minh).total == 1
    with pytest.raises(Refused, match="lần gộp"):
        merge.unmerge(at.minh, away)


def test_rows_written_since_are_given_to_the_freed_person_when_the_officer_says_so(
    at: Desk,
) -> None:
    keep, away = two(at)
    merge.merge(at.minh, keep, away)
    meant = need.save(at.minh, NeedDraft(keep, {"item": "medical.prosthesis"}))
    case = care_case.open(at.minh, keep, CaseDraft(reason="Sống một mình"))
    care_case.note(at.minh, case, NoteDraft(text="Đã đến nhà"))
    stranger = person.save(at.minh, typed(name="Lê Văn Tám")).id
    other = need.save(at.minh, NeedDraft(stranger, {"item": "medical.wheelchair"}))
    with pytest.raises(Refused, match="không thuộc"):
        merge.unmerge(at.minh, away, give=(other,))
    merge.unmerge(at.minh, keep, give=(meant, case))
    assert owned(at, away) == NOTHING | {"need": meant, "case": case}
    assert owned(at, keep) == NOTHING


def test_what_names_a_given_row_goes_with_it_and_quick_notes_are_given_too(at: Desk) -> None:
    keep, away = two(at)
    merge.merge(at.minh, keep, away)
    quick_note.write(at.minh, keep, NoteDraft(text="Bà gọi điện hỏi trợ cấp"))
    wish = need.save(at.minh, NeedDraft(keep, {"item": "medical.wheelchair"}))
    aid = AidDraft(keep, {"aid_kind": "wheelchair", "fitted_on": "2025"}, need_id=wish)
    chair = assistive_device.save(at.minh, aid)
    assistive_device.repair(at.minh, chair, RepairDraft({"repair_what": "Thay bánh"}))
    case = care_case.open(at.minh, keep, CaseDraft(reason="Sống một mình"))
    there = ReferralDraft(keep, {"referred_to": "Trạm y tế"}, case_id=case)
    sent = referral.save(at.minh, there)
    law = {"consent_purpose": "other", "consent_basis": "law", "consent_source": "Luật"}
    given = consent.save(at.minh, ConsentDraft(keep, law))
    (asked,), _ = sharing.request(at.minh, SharingDraft((keep,), "other", "Xã", "Hỏi"))
    later = parting.later_rows(at.minh, away)
    (note,) = [one.id for one in later if one.words.startswith("Ghi chú")]
    merge.unmerge(at.minh, away, give=(wish, case, sent, given, note))
    moved = {"need": wish, "case": case, "consent": given, "sharing": asked, "referral": sent}
    freed = owned(at, away)
    assert freed["aid"] == chair and freed["repair"]
    assert freed == NOTHING | moved | {name: freed[name] for name in ("aid", "repair")}
    assert owned(at, keep) == NOTHING
    told = [case_file.gather(at.hoa, one) for one in (keep, away)]
    notes = [[note.text for one in each.cases for note in one.notes] for each in told]
    assert notes == [[], ["Bà gọi điện hỏi trợ cấp"]]


def test_a_record_merged_onwards_takes_its_own_along_when_it_parts(at: Desk) -> None:
    first, second = two(at)
    third = person.save(at.minh, typed(birth="1950", sex="female")).id
    merge.merge(at.minh, second, first)
    merge.merge(at.minh, third, second)
    wheelchair = need.save(at.minh, NeedDraft(third, {"item": "medical.wheelchair"}))
    stub = person.page(at.minh, first).merged_into
    assert stub is not None and stub.id == third
    assert merge.unmerge(at.minh, second).freed == second
    assert [one.id for one in person.page(at.minh, second).merged_here] == [first]
    assert owned(at, third)["need"] == wheelchair
    fourth = person.save(at.minh, typed(birth="1950", hamlet="Tân Lệ")).id
    merge.merge(at.minh, second, fourth)
    with pytest.raises(Refused, match="nêu mã lần gộp"):
        merge.unmerge(at.minh, second)
