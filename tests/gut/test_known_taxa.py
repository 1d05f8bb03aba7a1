import io

import pytest

from noctiflora.core import FormatError
from noctiflora.gut import expect_known_taxa, read


@pytest.mark.parametrize(
    "text",
    [
        "item,amount\nRent,900\nFood,5000\n",
        "day,steps\nMonday,9000\nTuesday,5000\n",
        "name,value\nmood,7\nstress,4\n",
    ],
)
def test_tables_of_other_things_are_no_stool_test(text: str) -> None:
    with pytest.raises(FormatError, match="names a bacterium we know"):
        expect_known_taxa(read(io.BytesIO(text.encode()), "mine.csv"))


@pytest.mark.parametrize(
    "text",
    [
        "genus,count\nNewgenus,9000\nBlautia,4\n",
        "taxon,count\nk__Bacteria;p__Firmicutes;g__Newgenus,9000\n",
        "taxon_id,count\n572511,9000\n",
        "taxon,count\nFirmicutes_A,9000\n",
    ],
)
def test_one_known_name_or_id_is_enough(text: str) -> None:
    expect_known_taxa(read(io.BytesIO(text.encode()), "mine.csv"))
