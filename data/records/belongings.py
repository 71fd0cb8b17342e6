"""Which of many persons have anything of a kind at all, asked once for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.records import merger
from data.records.approval import Amendment
from data.records.attachment import Attachment
from data.records.care_case import CareCase
from data.records.need import Need
from data.records.victim import Victim

KINDS = (Need, Victim, CareCase, Attachment, Amendment)


def holders(session: Session, person_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """For each kind of record, by table, those of the persons (at most 500) who have one.

    Removed records count too: who is named may have nothing left, who is not has nothing.
    """
    owners = merger.owners(session, person_ids)
    return {
        kind.__tablename__: frozenset(
            owners[one]
            for one in session.scalars(
                select(kind.person_id).where(kind.person_id.in_(owners)).distinct()
            )
            if one is not None
        )
        for kind in KINDS
    }
