import io

import pytest

from noctiflora.core import FormatError
from noctiflora.gut import join_names, read
from tests.gut.read.documents import NAMES_QZA, TABLE_QZA, UBIOME_CSV


def test_a_table_takes_names_by_feature_id() -> None:
    named = join_names(read(io.BytesIO(TABLE_QZA), "table.qza"), read(io.BytesIO(NAMES_QZA), "names.qza"))
    assert [f.name for f in named.features] == ["Blautia obeum", "Bacteroidetes", "otu3"]
    assert "1 of 3 features are not in the taxonomy" in named.notes
    assert named.sample(1).unassigned == 0.0


def test_other_pairs_are_refused() -> None:
    table = read(io.BytesIO(TABLE_QZA), "table.qza")
    with pytest.raises(FormatError, match="belong together"):
        join_names(table, table)

    names = read(io.BytesIO(NAMES_QZA), "names.qza")
    other = read(io.BytesIO(UBIOME_CSV.encode()), "u.csv")
    with pytest.raises(FormatError, match="none of the features"):
        join_names(other, names)
