"""What a review of a case found (TT 02/2020/TT-BLĐTBXH Đ.7 k.2, Đ.8 k.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns


class CaseReview(Travels, Base):
    """The six findings of one review, what follows from them, and when the next one is due."""

    __tablename__ = "case_review"

    case_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("care_case.id", deferrable=True, initially="DEFERRED"), index=True
    )
    plan_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("case_plan.id", deferrable=True, initially="DEFERRED"), index=True
    )
    person_id: Mapped[str] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        reviewed_on: Mapped[str | None]
        outcome: Mapped[str | None]
        needs_met: Mapped[str | None]
        independence: Mapped[str | None]
        fit: Mapped[str | None]
        linkage: Mapped[str | None]
        other_finding: Mapped[str | None]
        verdict: Mapped[str | None]
        next_review_on: Mapped[str | None]


add_dictionary_columns(CaseReview, "case_review")
Index("case_review_next", CaseReview.next_review_on)  # type: ignore[arg-type]


def of_case(session: Session, case_id: str) -> list[CaseReview]:
    """The reviews of a case, the newest day first."""
    found = select(CaseReview).where(CaseReview.case_id == case_id, CaseReview.deleted_at.is_(None))
    day = func.coalesce(CaseReview.reviewed_on, "")
    return list(session.scalars(found.order_by(day.desc(), CaseReview.id.desc())))
