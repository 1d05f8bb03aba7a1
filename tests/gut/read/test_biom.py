import numpy as np

from noctiflora.gut import Content, Rank, Unit
from noctiflora.gut.read._biom import draft_of


def test_gene_ids_make_a_table_of_genes() -> None:
    draft = draft_of(["K00001", "K00002"], None, ["A"], np.array([[1.5], [2.0]]))
    assert draft.content is Content.GENES


def test_ids_may_be_lineages_themselves() -> None:
    draft = draft_of(["k__Bacteria;p__Firmicutes", "otu"], None, ["A"], np.array([[1.0], [2.0]]))
    assert draft.features[0].rank is Rank.PHYLUM
    assert draft.unit is Unit.READS
    assert not draft.notes
    assert draft_of(["otu"], None, ["A"], np.array([[1.0]])).notes


def test_a_lineage_in_one_part_is_split() -> None:
    draft = draft_of(["1"], [['"k__Bacteria; p__Firmicutes"']], ["A"], np.array([[1.0]]))
    assert draft.features[0].name == "Firmicutes"
