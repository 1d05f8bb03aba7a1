"""The tables, and what text they accept."""

from noctiflora.store import Store
from noctiflora.store._tables import METADATA, plain


def test_plain_changes_only_what_no_database_holds() -> None:
    assert plain("Lena’s watch 🌙") == "Lena’s watch 🌙"
    assert plain("a\x00b\ud800c\udfff") == "a\ufffdb\ufffdc\ufffd"


def test_every_table_is_there(store: Store) -> None:
    with store.link.read() as connection:
        for table in METADATA.sorted_tables:
            assert connection.execute(table.select()).keys() == table.columns.keys()
