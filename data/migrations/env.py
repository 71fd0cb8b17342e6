"""Runs the migrations on the connection that data.migrate hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from data import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
