"""The first schema."""

import sqlalchemy as sa
from alembic import op

from noctiflora.store.migrations import TEXT

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Create every table of the first schema."""
    _imports()
    _entries()
    op.create_table(
        "settings",
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("value", TEXT, nullable=False),
    )
    op.create_table(
        "trials",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "copies",
        sa.Column("path", TEXT, primary_key=True),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )


def _imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, TEXT, nullable=False) for name in ("name", "sha256", "format", "person", "reading")),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("n_read", "n_new", "n_replaced", "n_known")),
        *(sa.Column(name, TEXT, nullable=False) for name in ("skipped", "notes")),
        sa.UniqueConstraint("sha256", name="uq_imports_sha256"),
        sqlite_autoincrement=True,
    )
    op.create_table("episodes", sa.Column("identity", TEXT, primary_key=True), *_row())
    op.create_index("ix_episodes_start_us", "episodes", ["start_us"])
    op.create_table(
        "sightings",
        sa.Column("import_id", sa.Integer, sa.ForeignKey("imports.id"), primary_key=True),
        sa.Column("identity", TEXT, sa.ForeignKey("episodes.identity"), primary_key=True),
    )
    op.create_index("ix_sightings_identity", "sightings", ["identity"])
    op.create_table(
        "stages",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("touched_us", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "staged_episodes",
        sa.Column("stage_id", TEXT, sa.ForeignKey("stages.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("identity", TEXT, primary_key=True),
        *_row(),
    )


def _row() -> list[sa.Column[int] | sa.Column[str]]:
    return [
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("start_us", sa.BigInteger, nullable=False),
        sa.Column("end_us", sa.BigInteger, nullable=False),
        sa.Column("body", TEXT, nullable=False),
    ]


def _entries() -> None:
    op.create_table(
        "edits",
        sa.Column("date", TEXT, primary_key=True),
        sa.Column("field", TEXT, primary_key=True),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "checkins",
        sa.Column("date", TEXT, primary_key=True),
        sa.Column("item", TEXT, primary_key=True),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "doses",
        sa.Column("night", TEXT, primary_key=True),
        sa.Column("product", TEXT, primary_key=True),
        sa.Column("taken", sa.Float),
        sa.Column("assigned", sa.Float),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("gate_id", TEXT, nullable=False),
        sa.Column("reply", TEXT, nullable=False),
        sa.Column("date", TEXT, nullable=False),
        sa.Column("clinician_agreed", sa.Boolean, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answers_gate_id", "answers", ["gate_id"])
