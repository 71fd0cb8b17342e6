"""Users of one PC: let in, given a new password, locked out, and never without an admin."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app import workspace
from app.actions import care_case, key_log, person, signing_in, user
from app.errors import Refused
from app.values.care_case import CaseDraft, NoteDraft
from app.values.user import UserDraft, UserEdit, UserLine
from app.workspace import Workspace
from data import keyfile, keyring
from data.errors import DiskFull, StoreBusy, WrongPassword
from data.records.office import User, user_id
from tests import desk
from tests.desk import PASSWORD, Desk, typed

NEW = "Mua-xuan-1975"


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def refused(call: object, *words: object) -> list[str]:
    with pytest.raises(Refused) as told:
        call(*words)  # type: ignore[operator]
    return [problem.code for problem in told.value.problems]


def line(office: Desk, login: str) -> UserLine:
    return next(one for one in user.listing(office.lan) if one.login == login)


def signed_in(office: Desk, login: str, password: str = PASSWORD) -> Workspace:
    ws = workspace.open(office.home, login, password)
    ws.db.close()
    return ws


def test_a_new_user_signs_in_with_the_own_password_and_role(office: Desk) -> None:
    user.add(office.lan, UserDraft("thảo", "surveyor", "Võ Thị Thảo", password=NEW))
    ws = signed_in(office, "thảo", NEW)
    assert (ws.user.full_name, ws.user.role, ws.can("approve")) == (
        "Võ Thị Thảo",
        "surveyor",
        False,
    )
    with pytest.raises(WrongPassword):
        signed_in(office, "thảo", PASSWORD)


def test_a_login_typed_on_another_keyboard_is_the_same_login(office: Desk) -> None:
    user.add(office.lan, UserDraft("thảo", "surveyor", password=NEW))
    typed_there = unicodedata.normalize("NFD", "thảo")
    assert signed_in(office, typed_there, NEW).user.login == "thảo"
    assert signing_in.join(office.lan, typed_there, NEW).user.login == "thảo"


def test_only_an_admin_manages_users(office: Desk) -> None:
    for who in (office.hoa, office.minh):
        assert refused(user.add, who, UserDraft("thao", "admin", password=NEW)) == ["not_allowed"]
        assert refused(user.deactivate, who, "lan") == ["not_allowed"]
        assert refused(user.reset, who, "lan", NEW) == ["not_allowed"]
        assert refused(user.edit, who, "minh", UserEdit(role="admin")) == ["not_allowed"]


@pytest.mark.parametrize(
    ("draft", "codes"),
    [
        (UserDraft("", "surveyor", password=NEW), ["login_needed"]),
        (UserDraft("*recovery", "surveyor", password=NEW), ["login_strange"]),
        (UserDraft("a/b", "surveyor", password=NEW), ["login_strange"]),
        (UserDraft("thao", "boss", password=NEW), ["role_unknown"]),
        (UserDraft("thao", "viewer", password="ngan"), ["password_short"]),
        (UserDraft("thao", "viewer", password="aaaaaaaaaa"), ["password_short"]),
        (UserDraft("nguyenthao", "viewer", password="NguyenThao"), ["password_is_login"]),
        (UserDraft("MINH", "viewer", password=NEW), ["user_exists"]),
    ],
)
def test_a_user_that_cannot_be_is_refused(office: Desk, draft: UserDraft, codes: list[str]) -> None:
    assert refused(user.add, office.lan, draft) == codes
    assert len(user.listing(office.lan)) == 3


def test_a_forgotten_password_is_given_anew_by_an_admin(office: Desk) -> None:
    user.reset(office.lan, "minh", NEW)
    assert signed_in(office, "minh", NEW).user.login == "minh"
    with pytest.raises(WrongPassword):
        signed_in(office, "minh", PASSWORD)


def test_everybody_changes_the_own_password_knowing_the_old_one(home: Path) -> None:
    desk.at(home).close()
    minh = workspace.open(home, "minh", PASSWORD)
    assert refused(user.change_password, minh, "sai-mat-khau", NEW) == ["wrong_old_password"]
    assert refused(user.change_password, minh, PASSWORD, "ngan") == ["password_short"]
    user.change_password(minh, PASSWORD, NEW)
    minh.db.close()
    workspace.open(home, "minh", NEW).db.close()


def test_who_leaves_is_locked_out_and_the_key_of_the_store_is_new(office: Desk) -> None:
    made = person.save(office.minh, typed()).id
    before = office.lan.db.keys.file_key
    user.deactivate(office.lan, "minh")
    assert office.lan.db.keys.file_key != before
    with pytest.raises(WrongPassword):
        signed_in(office, "minh")
    assert (line(office, "minh").active, line(office, "minh").has_password) == (False, False)
    assert person.page(office.lan, made).created_by == "minh"
    assert signed_in(office, "hoa").user.login == "hoa"


def test_who_comes_back_gets_a_new_password(office: Desk) -> None:
    user.deactivate(office.lan, "minh")
    assert refused(user.reset, office.lan, "minh", NEW) == ["user_locked_out"]
    user.reactivate(office.lan, "minh", NEW)
    assert signed_in(office, "minh", NEW).user.active


def test_the_last_admin_neither_leaves_nor_loses_the_role(office: Desk) -> None:
    assert refused(user.deactivate, office.lan, "lan") == ["last_admin"]
    assert refused(user.edit, office.lan, "lan", UserEdit(role="viewer")) == ["last_admin"]
    user.edit(office.lan, "hoa", UserEdit(role="admin"))
    assert refused(user.deactivate, office.lan, "lan") == ["own_account"]
    user.edit(office.lan, "lan", UserEdit(role="approver"))
    assert line(office, "lan").role == "approver"


def test_a_locked_out_admin_does_not_count_as_one(office: Desk) -> None:
    user.edit(office.lan, "hoa", UserEdit(role="admin"))
    user.deactivate(office.lan, "hoa")
    assert refused(user.edit, office.lan, "lan", UserEdit(role="viewer")) == ["last_admin"]


def test_confidential_notes_are_granted_only_by_who_reads_them(office: Desk) -> None:
    case_id = care_case.open(office.minh, person.save(office.minh, typed()).id, CaseDraft("x"))
    care_case.note(office.lan, case_id, NoteDraft("Bị đe dọa", confidential=True))
    user.edit(office.lan, "hoa", UserEdit(confidential=True))
    hoa = workspace.open(office.home, "hoa", PASSWORD)
    assert care_case.page(hoa, case_id).notes[0].text == "Bị đe dọa"
    hoa.db.close()
    user.edit(office.lan, "hoa", UserEdit(role="admin", confidential=False))
    hoa = workspace.open(office.home, "hoa", PASSWORD)
    assert care_case.page(hoa, case_id).notes[0].hidden
    assert hoa.db.keys.restricted is None
    grant = UserEdit(confidential=True)
    assert refused(user.edit, hoa, "minh", grant) == ["confidential_not_held"]
    hoa.db.close()


def test_a_colleague_who_came_by_sync_gets_a_way_in_from_an_admin(office: Desk) -> None:
    arrived(office.lan, "thu")
    assert not line(office, "thu").has_password
    assert "thu" not in user.sign_in_names(office.home)
    user.reset(office.lan, "thu", NEW)
    assert signed_in(office, "thu", NEW).user.full_name == "Thu"
    assert line(office, "thu").has_password


def test_a_colleague_locked_out_elsewhere_is_locked_out_here_too(office: Desk) -> None:
    with office.lan.db.write(office.lan.author()) as session:
        session.get_one(User, user_id(office.lan.office.id, "minh")).active = False
    assert refused(workspace.open, office.home, "minh", PASSWORD) == ["user_inactive"]
    assert user.lock_out_the_gone(office.lan) == ("minh",)
    assert keyring.logins(office.home) == ("hoa", "lan")
    assert user.lock_out_the_gone(office.lan) == ()


def test_a_new_recovery_code_opens_and_the_old_one_does_not(office: Desk) -> None:
    code = user.new_recovery_code(office.lan)
    assert keyring.unlock_with_recovery(office.home, code).restricted is not None
    assert refused(user.new_recovery_code, office.minh) == ["not_allowed"]


def arrived(ws: Workspace, login: str, role: str = "surveyor") -> None:
    """A user record as a sync round brings it: without any slot on this PC."""
    with ws.db.write(ws.author("sync:PC-2")) as session:
        session.add(
            User(
                id=user_id(ws.office.id, login),
                office_id=ws.office.id,
                login=login,
                full_name=login.title(),
                role=role,
                active=True,
                confidential=False,
            )
        )


def unwritable(*_words: object) -> None:
    raise DiskFull(home="", free_bytes=0)


def test_when_the_key_file_cannot_be_written_no_way_in_is_without_its_user(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.deactivate(office.lan, "minh")
    with monkeypatch.context() as full:
        full.setattr(keyfile, "save", unwritable)
        with pytest.raises(DiskFull):
            user.reactivate(office.lan, "minh", NEW)
        with pytest.raises(DiskFull):
            user.edit(office.lan, "hoa", UserEdit(confidential=True))
        with pytest.raises(DiskFull):
            user.add(office.lan, UserDraft("thao", "surveyor", password=NEW))
    assert not line(office, "minh").active
    assert not line(office, "hoa").confidential
    assert set(keyring.logins(office.home)) == {"hoa", "lan"}
    assert not line(office, "thao").has_password
    user.reset(office.lan, "thao", NEW)
    assert signed_in(office, "thao", NEW).user.active


def test_a_refused_user_leaves_no_way_in(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_words: object) -> None:
        raise StoreBusy(waited_s=0)

    with monkeypatch.context() as lost:
        lost.setattr(Session, "commit", cut)
        with pytest.raises(StoreBusy):
            user.add(office.lan, UserDraft("thao", "surveyor", password=NEW))
    assert "thao" not in keyring.logins(office.home)


@pytest.mark.parametrize("login", ["lan", "hoa"])
def test_the_recovery_code_lets_any_admin_in_and_the_log_says_so(office: Desk, login: str) -> None:
    """Hoa came by sync: an admin of the office without a way in on this PC."""
    code = user.new_recovery_code(office.lan)
    user.edit(office.lan, "hoa", UserEdit(role="admin"))
    office.lan.db.rotate("hoa")
    back = signing_in.recover(office.home, code, login, NEW)
    told = [one.what for one in key_log.listing(back, login) if one.by == login]
    assert (back.user.login, told[0]) == (login, "recovered")
    back.db.close()
    assert refused(signing_in.recover, office.home, code, "minh", NEW) == ["user_unknown"]


def test_every_change_of_a_key_leaves_a_trace_without_the_key(office: Desk) -> None:
    user.reset(office.lan, "minh", NEW)
    user.change_password(office.lan, PASSWORD, NEW)
    code = user.new_recovery_code(office.lan)
    told = key_log.listing(office.lan)
    assert [(one.by, one.login, one.what) for one in told] == [
        ("lan", "lan", "recovery"),
        ("lan", "lan", "password"),
        ("lan", "minh", "reset"),
    ]
    assert NEW not in str(told) and code not in str(told)
    user.deactivate(office.lan, "minh")
    user.reactivate(office.lan, "minh", NEW)
    user.edit(office.lan, "hoa", UserEdit(confidential=True))
    user.edit(office.lan, "hoa", UserEdit(confidential=False))
    with office.lan.db.write(office.lan.author("sync:PC-2")) as session:
        session.get_one(User, user_id(office.lan.office.id, "minh")).active = False
    user.lock_out_the_gone(office.lan)
    assert [(one.login, one.what) for one in key_log.listing(office.lan)][:5] == [
        ("minh", "locked_out"),
        ("hoa", "withdrawn"),
        ("hoa", "granted"),
        ("minh", "reactivated"),
        ("minh", "deactivated"),
    ]
    assert all(key_log.what(one.what) != one.what for one in key_log.listing(office.lan))
    assert refused(key_log.listing, office.hoa) == ["not_allowed"]
