"""The office of this store, its users and its dated settings."""

from __future__ import annotations

import uuid

from sqlalchemy import Boolean, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import LOCAL, Base, Travels

USER_NAMESPACE = uuid.UUID("5b1e9a54-7d3f-4c1e-9b36-0a4f6d2f7c11")


class Office(Base):
    """The one office whose records this store keeps; enrolment adopts the server's identity."""

    __tablename__ = "office"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    units: Mapped[str] = mapped_column(Text)
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    enrolled_at: Mapped[str | None] = mapped_column(String(24))


class User(Travels, Base):
    """A person who works with the program, known by the login inside the office."""

    __tablename__ = "user"

    login: Mapped[str] = mapped_column(Text, unique=False, index=True)
    full_name: Mapped[str] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(12))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    confidential: Mapped[bool] = mapped_column(Boolean, default=False)
    valid_until: Mapped[str | None] = mapped_column(String(10))
    """The last day (ISO) on which this user signs in; None for one of the office's own people."""
    basis: Mapped[str | None] = mapped_column(Text)
    """By whose decision and why somebody from outside is let in."""
    last_seen_at: Mapped[str | None] = mapped_column(String(24), info=LOCAL)


class Setting(Travels, Base):
    """A setting of the office from a day on: letterhead, signatories, fixed wording (JSON)."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(Text)


Index("setting_by_key", Setting.key, Setting.valid_from)


def user_id(office_id: str, login: str) -> str:
    """The identity of a user: the same login in the same office is the same user on every PC."""
    return str(uuid.uuid5(USER_NAMESPACE, f"{office_id}/{login}"))


def the_office(session: Session) -> Office:
    """The one office of this store."""
    return session.scalars(select(Office)).one()


def users(session: Session) -> list[User]:
    """All users of the office, working ones first, by login."""
    found = select(User).where(User.deleted_at.is_(None))
    return list(session.scalars(found.order_by(User.active.desc(), User.login)))


def user_of(session: Session, login: str) -> User | None:
    """The user with a login, working or not."""
    found = select(User).where(User.login == login, User.deleted_at.is_(None))
    return session.scalars(found).first()


def active_admins(session: Session) -> list[str]:
    """Logins of the admins who work now."""
    found = select(User.login).where(
        User.role == "admin", User.active.is_(True), User.deleted_at.is_(None)
    )
    return list(session.scalars(found))


def settings_on(session: Session, day: str) -> dict[str, str]:
    """The value (JSON text) of each setting that holds on an ISO day."""
    latest = (
        select(Setting.key, func.max(Setting.valid_from).label("since"))
        .where(Setting.valid_from <= day, Setting.deleted_at.is_(None))
        .group_by(Setting.key)
        .subquery()
    )
    rows = session.execute(
        select(Setting.key, Setting.value)
        .join(latest, (Setting.key == latest.c.key) & (Setting.valid_from == latest.c.since))
        .where(Setting.deleted_at.is_(None))
        .order_by(Setting.updated_at, Setting.id)
    )
    return dict(row.tuple() for row in rows)


def setting_from(session: Session, key: str, day: str) -> Setting | None:
    """The setting that was given to begin on exactly this day."""
    found = select(Setting).where(
        Setting.key == key, Setting.valid_from == day, Setting.deleted_at.is_(None)
    )
    return session.scalars(found.order_by(Setting.updated_at.desc()).limit(1)).first()


def settings_named(session: Session, prefix: str) -> list[Setting]:
    """The settings whose key begins so, by key, what was said last first."""
    found = select(Setting).where(
        Setting.key.startswith(prefix, autoescape=True), Setting.deleted_at.is_(None)
    )
    return list(
        session.scalars(found.order_by(Setting.key, Setting.updated_at.desc(), Setting.id.desc()))
    )


def setting_course(session: Session, key: str) -> list[Setting]:
    """All values a setting had and will have, the newest beginning first."""
    found = select(Setting).where(Setting.key == key, Setting.deleted_at.is_(None))
    return list(session.scalars(found.order_by(Setting.valid_from.desc(), Setting.id)))
