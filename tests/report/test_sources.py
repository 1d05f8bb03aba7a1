import pytest

from noctiflora.core import Source
from noctiflora.report._sources import SourceList, collect
from tests.report.made_up import OWN, PAGE, REVIEW, full


def test_each_source_has_one_number_in_order_of_first_use() -> None:
    found = SourceList([REVIEW, OWN, REVIEW, PAGE])
    assert [n.number for n in found] == [1, 2, 3]
    assert found.numbers([PAGE, REVIEW, PAGE]) == (1, 3)
    assert len(found) == 3


def test_an_unknown_source_is_our_own_mistake() -> None:
    with pytest.raises(KeyError):
        SourceList([]).numbers([REVIEW])


def test_every_record_of_a_report_finds_its_sources() -> None:
    data = full()
    found = collect(data)
    assert data.gates is not None
    assert data.evidence is not None
    given: list[tuple[Source, ...]] = [
        *(f.sources for f in data.findings),
        *(o.sources for o in data.options),
        *(o.effect.sources for o in data.options if o.effect is not None),
        *(s.sources for s in data.gates.states),
        data.evidence.sources,
        data.useful_sources,
    ]
    for sources in given:
        assert found.numbers(sources)
