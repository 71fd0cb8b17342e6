"""An edition of a report that was handed in: its numbers as they were, written once."""

from __future__ import annotations

from sqlalchemy import Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels


class ReportEdition(Travels, Base):
    """One frozen report; nobody changes it, neither here nor at the server (`WRITTEN_ONCE`).

    `parameters` and `content` are JSON: the question with every parameter said, and the whole
    table; `sha256` is of both and of who made it when, so that a changed one is found.
    """

    __tablename__ = "report_edition"

    report: Mapped[str] = mapped_column(String(12))
    parameters: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    as_of: Mapped[str] = mapped_column(String(10))
    period: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[str] = mapped_column(String(24))
    made_by: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))


Index("report_edition_by_report", ReportEdition.report, ReportEdition.made_at)


def all_of(session: Session, report: str = "") -> list[ReportEdition]:
    """The editions, of one report or of all, the newest first."""
    found = select(ReportEdition).where(ReportEdition.deleted_at.is_(None))
    if report:
        found = found.where(ReportEdition.report == report)
    return list(session.scalars(found.order_by(ReportEdition.made_at.desc(), ReportEdition.id)))


def begins(session: Session, prefix: str) -> list[ReportEdition]:
    """The editions whose id or hash begins so: nobody types a whole one."""
    found = select(ReportEdition).where(
        ReportEdition.id.startswith(prefix, autoescape=True)
        | ReportEdition.sha256.startswith(prefix, autoescape=True)
    )
    return list(session.scalars(found.where(ReportEdition.deleted_at.is_(None)).limit(2)))
