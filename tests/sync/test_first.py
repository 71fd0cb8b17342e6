"""First."""

from pathlib import Path

from tests.sync import parts


def test_it(tmp_path: Path) -> None:
    with (
        parts.central(tmp_path / "server") as server,
        parts.pc(tmp_path / "a") as a,
        parts.pc(tmp_path / "b") as b,
    ):
        a.enrol(server)
        b.enrol(server)
        one = a.type(phone="0905123456")
        report = a.sync()
        print(report)
        print(b.sync())
        print(a.sync())
        assert b.see(one, "phone") == "0905123456"
        a.edit(one, phone="0905000000")
        b.edit(one, hamlet="Thôn Hội Vân")
        print(a.sync())
        print(b.sync())
        print(a.sync())
        assert parts.dump(a.db) == parts.dump(b.db) == parts.dump(server.folder)
        print(server.stats())
