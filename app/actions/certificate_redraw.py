"""A draft that is out of date, written anew from the last word of its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.actions import certificate, certificate_basis, certificate_doubt
from app.errors import Problem, Refused
from app.values.certificate import CertificateDraft
from app.workspace import Workspace
from data.records.application import Application
from data.records.certificate import Certificate


def redraw(ws: Workspace, certificate_id: str) -> str:
    """Drop the draft, why is noted with it, and write another one in the same breath; its id.

    Raises Refused: certificate_not_draft, certificate_fresh, and what `prepare` refuses (then the
    old draft stays).
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = certificate.draft(session, certificate_id)
        who = certificate_doubt.whose(session, row)
        problem = certificate_doubt.out_of_date(ws, session, row, who)
        if problem is None:
            raise Refused.one("certificate_fresh", "id", row.id, name=who.name)
        certificate.drop_within(ws, session, row, problem.message)
        file = session.get(Application, row.application_id) if row.application_id else None
        draft = certificate_basis.draft_of(session, file) if file is not None else _same(row)
        return certificate.prepare_within(ws, session, draft)


def redraw_many(ws: Workspace, ids: Sequence[str]) -> tuple[Problem, ...]:
    """Write several anew, each by itself; answers which could not be and why."""
    ws.demand("enter")
    problems: list[Problem] = []
    for one in ids:
        try:
            redraw(ws, one)
        except Refused as refused:
            name = certificate.show(ws, one).name
            problems += [
                replace(each, message=f"{name}: {each.message}") for each in refused.problems
            ]
    return tuple(problems)


def _same(row: Certificate) -> CertificateDraft:
    return CertificateDraft(
        row.person_id,
        row.basis or "",
        row.hearing_id or "",
        row.medical_referral_id or "",
        row.replaces_id or "",
    )
