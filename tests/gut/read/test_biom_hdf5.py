import io

import h5py
import numpy as np
import pytest

from noctiflora.core import FormatError
from noctiflora.gut.read._biom_hdf5 import read, sniff
from tests.gut.read.documents import biom_hdf5, document


def test_sparse_rows_and_lineages_of_unequal_length() -> None:
    content = biom_hdf5()
    assert sniff(content)
    draft = read(document(content))
    assert draft.values.tolist() == [[5000.0, 100.0], [0.0, 6000.0], [7.0, 0.0]]
    assert [f.name for f in draft.features] == ["Blautia", "Bacteroides", "otu3"]


def test_metadata_may_be_missing() -> None:
    draft = read(document(biom_hdf5(taxonomy=False)))
    assert any("names no taxa" in n for n in draft.notes)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_a_sentence(share: float) -> None:
    content = biom_hdf5()
    with pytest.raises(FormatError, match="damaged or cut short"):
        read(document(content[: int(share * len(content))]))


def test_other_hdf5_and_parts_that_do_not_fit() -> None:
    out = io.BytesIO()
    with h5py.File(out, "w") as file:
        file["x"] = np.zeros(3)
    with pytest.raises(FormatError, match="no BIOM table"):
        read(document(out.getvalue()))
    out = io.BytesIO(biom_hdf5())
    with h5py.File(out, "r+") as file:
        file["observation/matrix/indices"][0] = 99
    with pytest.raises(FormatError, match="do not fit together"):
        read(document(out.getvalue()))
