"""The JSON of a strain's page: the contract of a pooled strain, and everything the page shows."""

import json

from noctiflora.evidence import load, pool, strain_page, strain_page_dict
from noctiflora.evidence._pooled_dict import strain_dict


def test_it_is_json_for_every_product() -> None:
    for strain in pool(load()).strains:
        record = strain_page_dict(load(), strain_page(load(), strain.key.name))
        assert json.loads(json.dumps(record, allow_nan=False)).keys() == record.keys()


def test_it_holds_the_contract_and_the_page() -> None:
    page = strain_page(load(), "1714", useful=2.0)
    record = strain_page_dict(load(), page)
    assert strain_dict(load(), page.pooled).items() <= record.items()
    assert len(record["trials"]) == len(page.trials)  # type: ignore[arg-type]
    nightly = record["nightly"]
    assert isinstance(nightly, dict)
    assert [step["step"] for step in nightly["chain"]] == [1, 2, 3, 4, 5]
    assert record["important"]["psqi_points"] == 2.5  # type: ignore[index]
    assert record["adverse_events"] == []
