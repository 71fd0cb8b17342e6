"""Every action about certificates that writes, called for somebody who may only look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.actions import (
    blank,
    blank_run,
    certificate,
    certificate_exchange,
    certificate_issue,
    certificate_opening,
    certificate_print,
    certificate_redraw,
    certificate_register,
    certificate_settle,
)
from app.values.certificate import CertificateDraft, Replacing, Revocation, Settling
from app.values.certificate_paper import Offset

TAKEN_BACK = Revocation("vì sao", "x", "x", "2026-01-02")

CALLS: dict[str, Callable[..., Any]] = {
    "blank.receive": lambda ws, _it: blank.receive(ws, "A1", "A9"),
    "blank.spoil": lambda ws, _it: blank.spoil(ws, "A1", "vì sao"),
    "blank.lose": lambda ws, _it: blank.lose(ws, "A1", "vì sao"),
    "blank.put_back": lambda ws, _it: blank.put_back(ws, "A1", "vì sao"),
    "certificate_exchange.ask": lambda ws, _it: certificate_exchange.ask(
        ws, "nobody", Replacing("lost")
    ),
    "blank_run.begin": lambda ws, _it: blank_run.begin(ws, ["nobody"]),
    "blank_run.spoiled": lambda ws, _it: blank_run.spoiled(ws, "A1", "vì sao"),
    "blank_run.finish": lambda ws, _it: blank_run.finish(ws),
    "certificate.prepare": lambda ws, it: certificate.prepare(ws, CertificateDraft(it.person)),
    "certificate.prepare_files": lambda ws, _it: certificate.prepare_files(ws, ["nobody"]),
    "certificate.correct": lambda ws, _it: certificate.correct(ws, "nobody", {}),
    "certificate.drop": lambda ws, _it: certificate.drop(ws, "nobody", "vì sao"),
    "certificate_issue.issue": lambda ws, _it: certificate_issue.issue(ws, "nobody"),
    "certificate_issue.issue_many": lambda ws, _it: certificate_issue.issue_many(ws, ["nobody"]),
    "certificate_issue.revoke": lambda ws, _it: certificate_issue.revoke(ws, "x", TAKEN_BACK),
    "certificate_issue.collect": lambda ws, _it: certificate_issue.collect(ws, "nobody"),
    "certificate_redraw.redraw": lambda ws, _it: certificate_redraw.redraw(ws, "nobody"),
    "certificate_redraw.redraw_many": lambda ws, _it: certificate_redraw.redraw_many(ws, ["x"]),
    "certificate_settle.settle": lambda ws, _it: certificate_settle.settle(
        ws, "nobody", Settling("void", "vì sao")
    ),
    "certificate_opening.take_over": lambda ws, it: certificate_opening.take_over(
        ws, it.person, {}
    ),
    "certificate_opening.adopt": lambda ws, it: certificate_opening.adopt(ws, [it.person]),
    "certificate_opening.say_opening": lambda ws, _it: certificate_opening.say_opening(ws, {}),
    "certificate_opening.minute": lambda ws, it: certificate_opening.minute(ws, it.out / "b.pdf"),
    "certificate_print.on_blank": lambda ws, _it: certificate_print.on_blank(ws, "nobody"),
    "certificate_print.set_offset": lambda ws, _it: certificate_print.set_offset(ws, Offset()),
    "certificate_register.write": lambda ws, it: certificate_register.write(ws, it.out / "s.pdf"),
}
