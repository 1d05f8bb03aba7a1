"""The third schema: stool tests."""

import sqlalchemy as sa
from alembic import op

from noctiflora.store.migrations import TEXT

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Create the table of stool tests."""
    op.create_table(
        "stool_tests",
        sa.Column("sha256", TEXT, primary_key=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("reading", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
