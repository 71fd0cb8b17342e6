"""The self-test: what is missing is named in Vietnamese, what is a pity blocks nothing."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import selftest
from app.selftest import Check, Machine

GOOD = Machine(
    bits=64,
    system="Windows 10",
    build=19045,
    python=(3, 11),
    memory_bytes=4_000_000_000,
    disk_free_bytes=50_000_000_000,
    now=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
    installed=datetime(2026, 11, 20, tzinfo=UTC),
)


def judged(**facts: object) -> dict[str, Check]:
    return {check.name: check for check in selftest.judge(replace(GOOD, **facts))}


def test_an_ordinary_office_pc_passes() -> None:
    checks = tuple(judged().values())
    assert all(check.ok for check in checks)
    assert selftest.exit_code(checks) == 0


@pytest.mark.parametrize(
    ("name", "facts", "words"),
    [
        ("bitness", {"bits": 32}, "hãy cài Python 64 bit"),
        ("system", {"build": 17134}, "cần Windows 10 bản 1809"),
        ("python", {"python": (3, 14)}, "Python 3.14; cần bản 3.11"),
        ("memory", {"memory_bytes": 1_000_000_000}, "Chỉ có 1,0 GB"),
        ("disk", {"disk_free_bytes": 100_000_000}, "Chỉ còn trống 0,1 GB; cần"),
        ("clock", {"now": datetime(2016, 1, 1, tzinfo=UTC)}, "có vẻ sai"),
        ("clock", {"now": datetime(2026, 11, 1, tzinfo=UTC)}, "có vẻ sai"),
    ],
)
def test_each_lack_is_named_with_its_remedy(
    name: str, facts: dict[str, object], words: str
) -> None:
    checks = judged(**facts)
    assert not checks[name].ok
    assert words in checks[name].detail
    assert [check.name for check in checks.values() if not check.ok] == [name]
    assert selftest.exit_code(tuple(checks.values())) == 3


def test_a_little_memory_or_disk_is_said_but_passes() -> None:
    checks = judged(memory_bytes=3_000_000_000, disk_free_bytes=1_000_000_000)
    assert "nên có 4 GB" in checks["memory"].detail
    assert "nên dọn ổ đĩa" in checks["disk"].detail
    assert selftest.exit_code(tuple(checks.values())) == 0


def test_a_pc_without_a_printer_still_works() -> None:
    check = selftest.printers_check(())
    assert not check.ok
    assert "PDF" in check.detail
    assert selftest.exit_code((check,)) == 0
    assert selftest.lines((check,)) == (f"[lưu ý] Máy in: {check.detail}",)


def test_this_machine_is_looked_at_even_before_the_home_exists(home: Path) -> None:
    machine = selftest.look(home / "deeper" / "still")
    assert machine.memory_bytes > 0
    assert machine.disk_free_bytes > 0
    assert machine.system


def test_the_store_here_is_encrypted_and_searches() -> None:
    check = selftest.store_check()
    assert check.ok
    assert check.detail.startswith("SQLCipher 4.")


def test_the_whole_self_test_answers_in_json_and_in_lines(home: Path) -> None:
    checks = selftest.run(home)
    names = ["bitness", "system", "python", "memory", "disk", "clock", "store", "fonts", "printers"]
    assert [check.name for check in checks] == names
    document = json.loads(json.dumps(selftest.as_json(checks), ensure_ascii=False))
    assert document["ok"] is (selftest.exit_code(checks) == 0)
    assert len(selftest.lines(checks)) == len(names)
