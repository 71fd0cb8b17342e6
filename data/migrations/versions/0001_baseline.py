"""The tables of the first release."""

from __future__ import annotations

from alembic import op

from data import schema

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, index, trigger and the search index."""
    schema.metadata.create_all(op.get_bind())
    for statement in schema.extra_sql():
        op.execute(statement)
