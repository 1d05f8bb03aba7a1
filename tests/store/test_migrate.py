"""The migration scripts lead to the tables we work with."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from noctiflora.store import Store
from noctiflora.store._migrate import script_revisions, upgrade
from noctiflora.store._tables import METADATA, REVISIONS


def test_the_known_revisions_are_those_of_the_scripts() -> None:
    assert script_revisions() == REVISIONS


def test_the_scripts_make_exactly_our_tables(store: Store) -> None:
    with store.link.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
        made = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    drawn = sa.create_engine("sqlite://")
    METADATA.create_all(drawn)
    with drawn.connect() as connection:
        expected = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
    drawn.dispose()
    words = {name: sorted(sql.replace(",", " ").split()) for name, sql in made if name != "alembic_version"}
    assert words == {name: sorted(sql.replace(",", " ").split()) for name, sql in expected}


def test_upgrading_twice_changes_nothing(store: Store) -> None:
    with store.link.write() as connection:
        upgrade(connection, REVISIONS[-1])
