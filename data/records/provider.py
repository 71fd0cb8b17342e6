"""The directory: services near by, who offers them, for whom and at what cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Mapped, Session

from data.base import Base, Travels, add_dictionary_columns
from data.text import nfc, search_fold


class Provider(Travels, Base):
    """One service somebody offers; it belongs to no person. One that has ended stays readable."""

    __tablename__ = "provider"

    if TYPE_CHECKING:
        service_name: Mapped[str | None]
        service_kind: Mapped[str | None]
        provider_name: Mapped[str | None]
        provider_commune: Mapped[str | None]
        provider_address: Mapped[str | None]
        provider_phone: Mapped[str | None]
        admits: Mapped[str | None]
        meets: Mapped[str | None]
        offered_from: Mapped[str | None]
        offered_until: Mapped[str | None]


add_dictionary_columns(Provider, "provider")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions on services; `today` (ISO) leaves out those that have ended before it."""

    query: str = ""
    kinds: tuple[str, ...] = ()
    meets: str = ""
    communes: tuple[str, ...] = ()
    today: str = ""


def fitting(session: Session, wanted: Wanted) -> list[Provider]:
    """Services that fit, by name of who offers them. A district knows some hundreds of them."""
    order = (func.coalesce(Provider.provider_name, ""), Provider.service_name, Provider.id)
    rows = select(Provider).where(Provider.deleted_at.is_(None))
    if wanted.kinds:
        rows = rows.where(Provider.service_kind.in_(wanted.kinds))  # type: ignore[union-attr]
    if wanted.communes:
        rows = rows.where(Provider.provider_commune.in_(wanted.communes))  # type: ignore[union-attr]
    if wanted.today:
        until = Provider.offered_until
        rows = rows.where(or_(until.is_(None), until >= wanted.today))  # type: ignore[union-attr]
    words = search_fold(nfc(wanted.query)).split()
    found = session.scalars(rows.order_by(*order))
    return [one for one in found if _says(one, words) and _meets(one, wanted.meets)]


def same(session: Session, service: str, offered_by: str) -> list[Provider]:
    """Services (not removed) of these very names."""
    found = select(Provider).where(
        Provider.deleted_at.is_(None),
        Provider.service_name == service,
        func.coalesce(Provider.provider_name, "") == offered_by,
    )
    return list(session.scalars(found))


def _says(one: Provider, words: list[str]) -> bool:
    """Whether every folded word stands somewhere in the line."""
    told = (one.service_name, one.provider_name, one.provider_address, one.admits)
    folded = search_fold(" ".join(nfc(part) for part in (*told, one.provider_phone) if part))
    return all(word in folded for word in words)


def _meets(one: Provider, group: str) -> bool:
    return not group or group in (one.meets or "").split()
