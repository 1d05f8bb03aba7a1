import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Rank
from noctiflora.gut.read._ubiome_json import read, sniff
from tests.gut.read.documents import UBIOME_JSON, document


def test_root_is_the_total_and_the_site_is_told() -> None:
    draft = read(document(UBIOME_JSON))
    assert (draft.site, draft.region) == ("gut", "16S")
    assert draft.totals is not None
    assert draft.totals.tolist() == [20_000.0]
    assert draft.features[-1].lineage == ((Rank.DOMAIN, "Bacteria"), (Rank.GENUS, "Blautia"))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (UBIOME_JSON[:-20], "cut short"),
        (UBIOME_JSON.replace("15000", '"many"'), "does not fit"),
        (UBIOME_JSON.replace("15000", "1e999"), "does not fit"),
    ],
)
def test_damage_is_a_sentence(text: str, what: str) -> None:
    assert sniff(text.encode())
    with pytest.raises(FormatError, match=what):
        read(document(text))
