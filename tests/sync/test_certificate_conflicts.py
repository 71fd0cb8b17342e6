"""One draft, two PCs without a line: a certificate is what one of them made of it, never a mix."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.actions import (
    certificate,
    certificate_exchange,
    certificate_issue,
    certificate_opening,
    conflict,
)
from app.errors import Refused
from app.values.certificate import Replacing
from sync.server import domain
from tests.sync.parts import Central, pc
from tests.sync.test_certificates import OLD, PAPER, at


def test_a_certificate_issued_on_one_pc_and_dropped_on_another_is_one_of_both(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as here, pc(tmp_path / "b") as there:
        here.enrol(server)
        drafts, numbers = [], {}
        certificate_opening.say_opening(at(here, "lan"), {"first_number": 1})
        for name in ("Mận", "Na"):
            who = here.enter(name)
            paper = PAPER | {"certificate_number": f"cũ {name}"}
            old = certificate_opening.take_over(at(here, "minh"), who, paper)
            told = Replacing("exchange", "damaged")
            drafts.append(certificate_exchange.ask(at(here, "minh"), old, told))
        here.sync()
        there.enrol(server)
        there.sync()
        here.sync()
        dropped, twice = drafts
        certificate.drop(at(here, "minh"), dropped, "thôi")
        numbers["here"] = certificate_issue.issue(at(here, "hoa"), twice, OLD)
        numbers["there"] = certificate_issue.issue(at(there, "hoa"), twice, OLD)
        certificate_issue.issue(at(there, "hoa"), dropped, OLD)
        for one in (here, there, here, there):
            one.sync()
        for one in (here, there):
            void, given = (certificate.show(at(one, "minh"), each) for each in drafts)
            assert (void.state, void.text("certificate_number")) == ("void", "")
            assert (given.state, given.text("certificate_number")) == ("valid", numbers["here"])
        cards = conflict.cards(at(here, "hoa"))
        (number,) = (
            each for each in cards if (each.row_id, each.field) == (twice, "certificate_number")
        )
        with pytest.raises(Refused) as caught:
            conflict.resolve(at(here, "hoa"), number.id, "value", "KHAC-99")
        assert [one.code for one in caught.value.problems] == ["conflict_certificate_settled"]
        assert (
            certificate.show(at(here, "minh"), twice).text("certificate_number")
            == (numbers["here"])
        )
    assert "certificate_number" in domain.OF_A_STATE["certificate"]
