import numpy as np
import pytest

from noctiflora.core import RangeError
from noctiflora.gut import Content, Feature, GutReading, Rank, Unit
from noctiflora.gut._reading import usual_rank

G, S = Rank.GENUS, Rank.SPECIES


def reading(**changes: object) -> GutReading:
    rows = (
        Feature(name="Blautia obeum", rank=S, lineage=((G, "Blautia"), (S, "Blautia obeum")), key="1"),
        Feature(name="Blautia", rank=G, lineage=((G, "Blautia"),), key="2"),
        Feature(name="odd", rank=Rank.OTHER, key="3"),
    )
    values = np.array([[10.0, 0.0], [30.0, 0.0], [60.0, 0.0]])
    given: dict[str, object] = {
        "name": "f",
        "format": "x",
        "content": Content.TAXA,
        "unit": Unit.READS,
        "rank": G,
        "features": rows,
        "sample_ids": ("A", "B"),
        "values": values,
        "unassigned": np.zeros(2),
        "totals": values.sum(axis=0),
        "depths": (100.0, 0.0),
    }
    return GutReading(**(given | changes))  # type: ignore[arg-type]


def test_a_flat_table_is_added_up_at_the_asked_rank() -> None:
    sample = reading().sample("A")
    assert sample.names == ("Blautia",)
    assert sample.values.tolist() == [40.0]
    assert sample.unassigned == pytest.approx(0.6)


def test_a_nested_table_takes_only_rows_of_the_rank() -> None:
    sample = reading(nested=True).sample("A")
    assert sample.values.tolist() == [30.0]


def test_an_empty_sample_has_no_shares_and_no_unassigned_share() -> None:
    sample = reading().sample("B")
    assert sample.unassigned is None
    assert sample.shares.tolist() == [0.0]


def test_values_cannot_be_changed_and_the_set_has_a_hash() -> None:
    whole = reading()
    with pytest.raises(ValueError, match="read-only"):
        whole.values[0, 0] = 1
    assert whole.sample(0).set_hash == whole.sample(1).set_hash
    assert whole.sample(0).set_hash != whole.sample(0, rank=S).set_hash


@pytest.mark.parametrize("which", ["C", 2, -1])
def test_a_sample_that_is_not_there_is_refused(which: int | str) -> None:
    with pytest.raises(RangeError, match="no such sample"):
        reading().sample(which)


def test_genes_are_never_given_as_taxa() -> None:
    with pytest.raises(RangeError, match="no amounts of taxa"):
        reading(content=Content.GENES).sample(0)


def test_what_the_user_knows_better_is_remembered() -> None:
    told = reading().told_otherwise(rank=S, region=None, site="mouth")
    assert told.told == ("rank", "site")
    assert told.sample(0).names == ("Blautia obeum",)


def test_the_usual_rank_names_half_of_the_amounts() -> None:
    whole = reading()
    assert usual_rank(whole.features, whole.values, np.array([60.0, 0.0]), nested=False) is G
    assert usual_rank(whole.features, whole.values, np.array([20.0, 0.0]), nested=False) is S
    assert usual_rank([Feature(name="x", rank=Rank.OTHER)], np.ones((1, 1)), np.ones(1), nested=False) is Rank.OTHER
