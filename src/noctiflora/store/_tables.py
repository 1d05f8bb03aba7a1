"""The tables of the database.

Only published rows stand in ``episodes``: an import in progress fills ``staged_episodes``, so no
query can see a part of one. Instants are whole microseconds since 1970 (UTC), dates ISO text,
documents ASCII JSON text, so SQLite and PostgreSQL hold the same values.
"""

from typing import Any

import sqlalchemy as sa

REVISIONS = ("0001", "0002", "0003")
"""All schema revisions, oldest first; a test compares them with the migration scripts."""

HEAD = REVISIONS[-1]
"""The revision this version works with."""

APPLICATION_ID = 0x4E6F4366
"""Marks an SQLite file as ours (``NoCf``)."""


class PlainText(sa.types.TypeDecorator[str]):
    """Text of any origin; what a database cannot hold (NUL, lone surrogates) becomes U+FFFD."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """Return `value` as every database accepts it."""
        return None if value is None else plain(value)


def plain(text: str) -> str:
    r"""Return `text` with NUL and lone surrogates replaced.

    Examples
    --------
    >>> plain("a\x00b\udc80") == "a\ufffdb\ufffd"
    True
    """
    if text.isascii() and "\x00" not in text:
        return text
    return "".join("\ufffd" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in text)


METADATA = sa.MetaData()

IMPORTS = sa.Table(
    "imports",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", PlainText, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("format", PlainText, nullable=False),
    sa.Column("person", PlainText, nullable=False),
    sa.Column("reading", PlainText, nullable=False),
    sa.Column("at_us", sa.BigInteger, nullable=False),
    sa.Column("n_read", sa.Integer, nullable=False),
    sa.Column("n_new", sa.Integer, nullable=False),
    sa.Column("n_replaced", sa.Integer, nullable=False),
    sa.Column("n_known", sa.Integer, nullable=False),
    sa.Column("skipped", sa.Text, nullable=False),
    sa.Column("notes", sa.Text, nullable=False),
    sa.UniqueConstraint("sha256", name="uq_imports_sha256"),
    sqlite_autoincrement=True,
)

EPISODES = sa.Table(
    "episodes",
    METADATA,
    sa.Column("identity", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("start_us", sa.BigInteger, nullable=False, index=True),
    sa.Column("end_us", sa.BigInteger, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)

SIGHTINGS = sa.Table(
    "sightings",
    METADATA,
    sa.Column("import_id", sa.Integer, sa.ForeignKey("imports.id"), primary_key=True),
    sa.Column("identity", sa.Text, sa.ForeignKey("episodes.identity"), primary_key=True, index=True),
)
"""Which imports contain which episode: one stays as long as any import has it."""

STAGES = sa.Table(
    "stages",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("touched_us", sa.BigInteger, nullable=False),
)

STAGED = sa.Table(
    "staged_episodes",
    METADATA,
    sa.Column("stage_id", sa.Text, sa.ForeignKey("stages.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("identity", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("start_us", sa.BigInteger, nullable=False),
    sa.Column("end_us", sa.BigInteger, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)

EDITS = sa.Table(
    "edits",
    METADATA,
    sa.Column("date", sa.Text, primary_key=True),
    sa.Column("field", PlainText, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("at_us", sa.BigInteger, nullable=False),
)

CHECKINS = sa.Table(
    "checkins",
    METADATA,
    sa.Column("date", sa.Text, primary_key=True),
    sa.Column("item", PlainText, primary_key=True),
    sa.Column("value", sa.Float, nullable=False),
    sa.Column("at_us", sa.BigInteger, nullable=False),
)

DOSES = sa.Table(
    "doses",
    METADATA,
    sa.Column("night", sa.Text, primary_key=True),
    sa.Column("product", PlainText, primary_key=True),
    sa.Column("taken", sa.Float),
    sa.Column("assigned", sa.Float),
    sa.Column("at_us", sa.BigInteger, nullable=False),
)

ANSWERS = sa.Table(
    "answers",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("gate_id", PlainText, nullable=False, index=True),
    sa.Column("reply", sa.Text, nullable=False),
    sa.Column("date", sa.Text, nullable=False),
    sa.Column("clinician_agreed", sa.Boolean, nullable=False),
    sa.Column("at_us", sa.BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

SETTINGS = sa.Table(
    "settings",
    METADATA,
    sa.Column("key", PlainText, primary_key=True),
    sa.Column("value", PlainText, nullable=False),
)

TRIALS = sa.Table(
    "trials",
    METADATA,
    sa.Column("id", PlainText, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("at_us", sa.BigInteger, nullable=False),
)

ADDITIONS = sa.Table(
    "evidence_additions",
    METADATA,
    sa.Column("id", PlainText, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("file", PlainText, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("at_us", sa.BigInteger, nullable=False),
)
"""Trials that the person added to the packaged evidence, as documents with their provenance."""

STOOLS = sa.Table(
    "stool_tests",
    METADATA,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("name", PlainText, nullable=False),
    sa.Column("reading", PlainText, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("at_us", sa.BigInteger, nullable=False),
)
"""Stool tests as read, by the hash of their files."""

COPIES = sa.Table(
    "copies",
    METADATA,
    sa.Column("path", PlainText, primary_key=True),
    sa.Column("at_us", sa.BigInteger, nullable=False),
)

FIRST_TABLES = frozenset(METADATA.tables) - {ADDITIONS.name, STOOLS.name}
"""The tables of the first revision: a database of ours has at least these, whatever its revision."""

REVISION = sa.table("alembic_version", sa.column("version_num", sa.Text))
"""Where the migrations note the revision."""
