"""What one PC handed over to the national system, the other one does not hand over again."""

from __future__ import annotations

from pathlib import Path

from app import workspace
from app.actions import approval, national_answer, national_file, national_out, national_pending
from app.actions.national_answer import Told
from app.values.national import OutRequest
from app.workspace import Workspace
from tests.sync.parts import Central, Pc, pc


def hoa(at: Pc) -> Workspace:
    return workspace.attach(at.db, "hoa")


def test_one_hands_over_for_both_and_two_without_a_line_are_told(
    tmp_path: Path, server: Central
) -> None:
    out = OutRequest(tmp_path / "nop.xlsx", lacking=True)
    with pc(tmp_path / "a") as here, pc(tmp_path / "b") as there:
        here.enrol(server)
        first, second = here.enter(status="waiting"), here.enter(status="waiting")
        assert approval.approve(hoa(here), (first, second)).skipped == ()
        national_out.make(hoa(here), OutRequest(out.path, ids=(first,), lacking=True))
        here.sync()
        there.enrol(server)
        there.sync()
        for each in (here, there):
            (waits,) = national_pending.pending(hoa(each))
            assert (waits.id, waits.move) == (second, "new")
            national_out.make(hoa(each), out)
        for each in (here, there, here, there):
            each.sync()
        for each in (here, there):
            assert national_pending.pending(hoa(each)) == ()
            cards = national_file.listing(hoa(each))
            assert [one.clashes for one in cards] == [1, 1, 0]
            (line,) = national_file.page(hoa(each), cards[0].id).lines
            assert (line.person_id, line.clash) == (second, cards[1].fields["national_number"])
        today = hoa(here).today().isoformat()
        for one in national_file.listing(hoa(here)):
            national_answer.submit(hoa(here), one.id, today)
            national_answer.answer(hoa(here), one.id, (), Told("accepted"))
        here.sync()
        assert there.sync().conflicts == 0
        assert [one.clashes for one in national_file.listing(hoa(there))] == [0, 0, 0]
