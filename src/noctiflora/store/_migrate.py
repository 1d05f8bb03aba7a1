"""Runs the migration scripts inside a transaction that is already open.

Alembic takes as long to import as everything else here, so only a database that stands at another
revision pays for it: the schema check imports this file when it needs it.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

FOLDER = Path(__file__).parent / "migrations"


def script_revisions(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the revisions of the scripts in `folder`, oldest first."""
    return tuple(reversed([script.revision for script in _scripts(folder).walk_revisions()]))


def upgrade(connection: sa.Connection, target: str, *, folder: Path = FOLDER) -> None:
    """Bring the schema from wherever it stands to `target`; the caller commits."""
    scripts = _scripts(folder)
    context = MigrationContext.configure(connection, opts={"fn": lambda found, _: scripts._upgrade_revs(target, found)})
    with Operations.context(context):
        context.run_migrations()


def _scripts(folder: Path) -> ScriptDirectory:
    return ScriptDirectory(folder, version_locations=[folder])
