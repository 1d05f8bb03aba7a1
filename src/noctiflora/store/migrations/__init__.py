"""The steps that bring a database from one schema to the next."""

import sqlalchemy as sa

__all__ = ["TEXT"]

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text that sorts by its code points in every database."""
