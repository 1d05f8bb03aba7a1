"""Trials that the person added to the packaged evidence."""

import sqlalchemy as sa
from alembic import op

from noctiflora.store.migrations import TEXT

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Create the table of additions to the evidence."""
    op.create_table(
        "evidence_additions",
        sa.Column("id", TEXT, primary_key=True),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
