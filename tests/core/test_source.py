"""Sources: what counts as one, and how a cell of several is read."""

import pytest

from noctiflora.core import Source, SourceMissing, parse_sources


@pytest.mark.parametrize(
    ("ref", "url"),
    [
        ("10.1016/S2213-2600(19)30057-8", "https://doi.org/10.1016/S2213-2600(19)30057-8"),
        ("PMID 18279948", "https://pubmed.ncbi.nlm.nih.gov/18279948/"),
        ("PMC4513738", "https://pmc.ncbi.nlm.nih.gov/articles/PMC4513738/"),
        ("https://example.org/a", "https://example.org/a"),
    ],
)
def test_a_source_can_be_opened(ref: str, url: str) -> None:
    assert Source(ref=ref).url == url


@pytest.mark.parametrize("ref", ["", "from memory", "javascript:alert(1)", "10.5", "PMID x", "ftp://x"])
def test_anything_else_is_refused(ref: str) -> None:
    with pytest.raises(SourceMissing):
        Source(ref=ref)


def test_an_assumption_needs_its_range() -> None:
    with pytest.raises(SourceMissing):
        Source(ref="assumed")
    assert Source(ref="assumed", note="0.1 to 0.3").url is None


def test_a_cell_of_several_keeps_brackets_of_a_doi() -> None:
    first, second = parse_sources(
        "10.1016/S2213-2600(19)30057-8; assumed (0.1 to 0.3; our choice)".replace("; our", ", our")
    )
    assert first.ref.endswith("30057-8")
    assert second.note == "0.1 to 0.3, our choice"


def test_an_empty_cell_is_refused() -> None:
    with pytest.raises(SourceMissing):
        parse_sources(" ; ")
