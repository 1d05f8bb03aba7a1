"""The evidence of a store: packaged where nothing was added, one record for one set of additions."""

import pytest

from noctiflora.actions import gather_evidence
from noctiflora.core import FormatError
from noctiflora.evidence import load
from noctiflora.store import Store
from tests.evidence.test_read_additions import entry


def test_nothing_added_is_the_packaged_record(store: Store) -> None:
    assert gather_evidence(None) is load()
    assert gather_evidence(store) is load()


def test_the_same_additions_are_the_same_record(store: Store) -> None:
    store.evidence.save({"EXAMPLE_TRIAL": entry()}, file="f", sha256="0" * 64)
    found = gather_evidence(store)
    assert found is gather_evidence(store)
    assert found.added == {"EXAMPLE_TRIAL"}
    store.evidence.remove("EXAMPLE_TRIAL")
    assert gather_evidence(store) is load()


def test_a_stored_addition_of_another_form_is_named(store: Store) -> None:
    store.evidence.save({"OLD": {"kind": "trial"}}, file="f", sha256="0" * 64)
    with pytest.raises(FormatError, match="added trial OLD"):
        gather_evidence(store)
