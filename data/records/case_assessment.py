"""What was found about a person in each domain of need, one row a finding of a case (Mẫu 02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns


class CaseAssessment(Travels, Base):
    """Situation, need and priority in one domain (TT 02/2020/TT-BLĐTBXH Đ.5) on a day."""

    __tablename__ = "case_assessment"

    case_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("care_case.id", deferrable=True, initially="DEFERRED"), index=True
    )
    person_id: Mapped[str] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        domain: Mapped[str | None]
        situation: Mapped[str | None]
        need: Mapped[str | None]
        priority: Mapped[int | None]
        assessed_on: Mapped[str | None]


add_dictionary_columns(CaseAssessment, "case_assessment")


def of_case(session: Session, case_id: str) -> list[CaseAssessment]:
    """The findings of a case that were not withdrawn, the newest day first."""
    found = select(CaseAssessment).where(
        CaseAssessment.case_id == case_id, CaseAssessment.deleted_at.is_(None)
    )
    day = func.coalesce(CaseAssessment.assessed_on, "")
    return list(session.scalars(found.order_by(day.desc(), CaseAssessment.id.desc())))
