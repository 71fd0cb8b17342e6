"""The command line over needs, accidents, files, and people who come and go."""

from __future__ import annotations

from pathlib import Path

from app import workspace
from app.actions import access
from tests.app.test_attachment import paper, picture
from tests.desk import CAT_TUONG, PASSWORD
from tests.line import Line


def test_needs_are_added_corrected_and_withdrawn(calls: Line) -> None:
    who = calls.add()
    words = ("--set", "item=medical.wheelchair", "priority=1", "--user", "minh")
    made = calls("needs", "add", who, *words)["id"]
    assert calls.codes("needs", "add", who, *words) == ["need_twice"]
    changed = calls("needs", "edit", who, made, "--set", "need_note=Xe cũ gãy", "--user", "hoa")
    assert changed == {"id": made}
    needs = calls("needs", "list", who)["needs"]
    assert [(one["item"], one["group"], one["note"], one["by"]) for one in needs] == [
        ("medical.wheelchair", "medical", "Xe cũ gãy", "hoa")
    ]
    assert "Xe cũ gãy" in calls.raw("needs", "list", who, "--text")
    assert calls("people", "show", who)["needs"] == needs
    assert calls.codes("needs", "add", who, "--set", "shoe=42") == ["unknown_field", "need_empty"]
    withdrawn = calls("needs", "withdraw", made, "--reason", "Ghi nhầm", "--user", "minh")
    assert withdrawn == {"id": made, "removed": True}
    assert calls("needs", "list", who) == {"needs": []}


def test_an_accident_and_its_second_victim(calls: Line) -> None:
    who, brother = calls.add("birth=1970"), calls.add("name=Lê Văn Ba", "birth=1974")
    words = ("accident_on=1983-05", f"accident_commune={CAT_TUONG}", "age_then=13", "injuries=đầu")
    made = calls("accidents", "add", who, "--set", *words[:3], "--user", "minh")
    tied = calls(
        *("accidents", "add", brother, "--accident", made["accident_id"]),
        *("--set", "age_then=9", "--user", "minh"),
    )
    assert tied["accident_id"] == made["accident_id"]
    calls("accidents", "edit", who, made["id"], "--set", "device=bomb", "--user", "minh")
    told = calls("accidents", "list", who)["accidents"][0]
    assert told["accident"]["accident_commune"]["name"] == "Cát Tường"
    assert (told["accident"]["device"], told["victim"]["age_then"]) == ("bomb", 13)
    assert told["others"] == [[brother, "Lê Văn Ba"]]
    assert calls("people", "list", "--query", "ba")["people"][0]["mine_victim"] is True
    assert "Cát Tường" in calls.raw("accidents", "list", who, "--text")
    early = ("--set", "accident_on=1950")
    assert calls.codes("accidents", "add", who, *early) == ["accident_before_birth"]
    calls("accidents", "remove", tied["id"], "--reason", "Nhầm người", "--user", "minh")
    assert calls("accidents", "list", brother) == {"accidents": []}


def test_a_file_kept_by_consent_has_its_day_and_may_name_the_paper(
    calls: Line, tmp_path: Path
) -> None:
    who = calls.add()
    photo, consent = tmp_path / "chân dung.jpg", tmp_path / "đồng ý.pdf"
    photo.write_bytes(picture(300, 400))
    consent.write_bytes(paper())
    add = ("files", "add", who, str(photo), "--kind", "photo", "--basis", "consent")
    assert calls.codes(*add, "--user", "minh") == ["consent_day_needed"]
    written = ("--kind", "consent", "--basis", "law", "--user", "minh")
    signed = calls("files", "add", who, str(consent), *written)["id"]
    assert calls.codes(*add, "--consent-on", "2026-03", "--consent-paper", who) == [
        "consent_paper_unknown"
    ]
    day = ("--consent-on", "2026-03-05", "--consent-paper", signed, "--user", "minh")
    kept = calls(*add, *day)
    assert (kept["consent_on"], kept["consent_id"]) == ("2026-03-05", signed)
    assert [one["id"] for one in calls("files", "list", who)["files"]] == [signed, kept["id"]]
    assert "05/03/2026" in calls.raw("files", "list", who, "--text")
    calls("files", "remove", kept["id"], "--reason", "Rút đồng ý", "--user", "minh")
    assert calls("files", "list", who, "--removed")["files"][0]["id"] == kept["id"]
    calls("files", "restore", kept["id"], "--user", "minh")
    assert len(calls("files", "list", who)["files"]) == 2


def test_a_file_leaves_the_store_only_by_who_may_export_and_it_is_logged(
    calls: Line, tmp_path: Path
) -> None:
    who = calls.add()
    photo, out = tmp_path / "ảnh.jpg", tmp_path / "ra.jpg"
    photo.write_bytes(picture(300, 400))
    words = ("--kind", "photo", "--basis", "law", "--user", "minh")
    kept = calls("files", "add", who, str(photo), *words)["id"]
    export = ("files", "export", kept, "--out", str(out))
    assert calls.codes(*export, "--user", "minh") == ["not_allowed"]
    assert not out.exists()
    answer = calls(*export, "--user", "hoa")
    assert answer == {"id": kept, "file": str(out), "bytes": len(out.read_bytes())}
    nowhere = str(tmp_path / "không có" / "ra.jpg")
    assert calls.codes("files", "export", kept, "--out", nowhere) == ["export_not_written"]
    ws = workspace.open(calls.home, "lan", PASSWORD)
    told = [line.by for line in access.of_person(ws, who) if line.kind == "export"]
    ws.db.close()
    assert told == ["lan", "hoa"]


def test_a_person_is_removed_found_and_restored(calls: Line) -> None:
    who = calls.add()
    assert calls.raw("people", "remove", who, "--user", "minh", code=2) == ""
    gone = calls("people", "remove", who, "--reason", "Nhập trùng", "--user", "minh")
    assert gone == {"id": who, "removed": True}
    assert calls("people", "list")["total"] == 0
    assert [one["id"] for one in calls("people", "list", "--removed")["people"]] == [who]
    back = calls("people", "restore", who, "--user", "minh")
    assert back == {"id": who, "removed": False}
    assert calls("people", "list")["total"] == 1


def test_an_approval_is_taken_back_with_a_reason(calls: Line) -> None:
    who = calls.add()
    undo = ("people", "undo", who, "--reason", "Duyệt nhầm người")
    assert calls.codes(*undo, "--user", "hoa") == ["not_approved"]
    calls("people", "submit", who, "--user", "minh")
    calls("people", "approve", who, "--user", "hoa")
    assert calls.codes(*undo, "--user", "minh") == ["not_allowed"]
    assert calls(*undo, "--user", "hoa") == {"id": who, "status": "waiting"}
    assert calls("people", "show", who)["approvals"][0]["reason"] == "Duyệt nhầm người"


def test_who_adds_a_need_does_not_approve_the_person(calls: Line) -> None:
    who = calls.add()
    calls("needs", "add", who, "--set", "need_group=medical", "--user", "hoa")
    calls("people", "submit", who, "--user", "minh")
    assert calls.codes("people", "approve", who, "--user", "hoa") == ["approver_is_author"]
    assert calls("people", "approve", who, "--user", "lan") == {"approved": [who]}


def test_a_life_state_is_typed_like_every_other_field(calls: Line) -> None:
    who = calls.add("birth=1950")
    dead = ("people", "edit", who, "--set", "life_state=dead", "--user", "minh")
    assert calls.codes(*dead) == ["required"]
    calls(*dead, "--set", "life_state_on=2026-02")
    assert calls("people", "show", who)["life_state"] == "dead"
    lives = ("people", "edit", who, "--set", "life_state=living", "--user", "minh")
    case = calls("cases", "open", who, "--reason", "x", "--user", "minh")["id"]
    ended = ("--reason", "dead_or_missing", "--aware", "--user", "hoa")
    calls("cases", "close", case, *ended)
    assert calls.codes(*lives) == ["hanging"]  # told before the deed: the case does not come back
    assert calls("people", "show", who)["life_state"] == "dead"
    calls(*lives, "--aware")
    shown = calls("people", "show", who)
    assert (shown["life_state"], shown["life_state_on"]) == ("living", None)
