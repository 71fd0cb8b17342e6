"""Writes the next migration from what the records say now: `python tools/make_migration.py WHY`.

`--baseline` writes revision 0001 anew; that is only right while nothing was released.
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations.ops import MigrationScript
from sqlalchemy import create_engine

sys.path.insert(0, str(Path(__file__).parent.parent))

from data import migrate, schema  # noqa: E402 - the checkout itself, wherever it is called from

VERSIONS = migrate.FOLDER / "versions"
HEAD = '''"""{why}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {before}
'''
UPGRADE = '''

def upgrade() -> None:
    """{does}"""
'''
LITERAL_WIDTH = 84


def baseline() -> str:
    """The first revision as source text: every table, then search index, triggers and switch."""
    with create_engine("sqlite://").connect() as connection:
        script = produce_migrations(MigrationContext.configure(connection), schema.metadata)
    text = HEAD.format(why="The tables of the first release", revision="0001", before=None)
    text += _extras() + UPGRADE.format(
        does="Make every table, index, trigger and the search index."
    )
    text += _body(script)
    return text + "    for statement in EXTRA:\n        op.execute(statement)\n"


def following(why: str) -> tuple[str, str]:
    """(revision, source text) of the step from the last revision to the records of now."""
    revision = f"{int(migrate.HEAD) + 1:04d}"
    with TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'plain.db'}")
        migrate.upgrade(engine)
        with engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"include_object": migrate.ours, "render_as_batch": True}
            )
            script = produce_migrations(context, schema.metadata)
    text = HEAD.format(why=why, revision=revision, before=f'"{migrate.HEAD}"')
    return revision, text + UPGRADE.format(does=f"{why}.") + _body(script)


def _body(script: MigrationScript) -> str:
    assert script.upgrade_ops is not None
    code = render_python_code(script.upgrade_ops, render_as_batch=True)
    lines = [line for line in code.splitlines() if not line.lstrip().startswith("#")]
    return textwrap.indent(textwrap.dedent("\n".join(lines)).strip(), "    ") + "\n"


def _extras() -> str:
    lines = ["\n# Search index, safety-net triggers and the capture switch, as they were then."]
    lines.append("EXTRA = (")
    for statement in schema.extra_sql():
        words = textwrap.wrap(statement, LITERAL_WIDTH, drop_whitespace=False)
        lines += [f"    {part!r}" for part in words[:-1]] + [f"    {words[-1]!r},"]
    return "\n".join([*lines, ")\n"])


def main() -> None:
    """Write the file and say which one; the revision is then added to data/migrate.py by hand."""
    if sys.argv[1:] == ["--baseline"]:
        path, text = VERSIONS / "0001_baseline.py", baseline()
    else:
        why = " ".join(sys.argv[1:]) or "Follow the records"
        revision, text = following(why)
        path = VERSIONS / f"{revision}_{'_'.join(why.lower().split()[:4])}.py"
    path.write_text(text, encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main()
