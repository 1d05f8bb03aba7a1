"""What the records of terms derive from themselves."""

from noctiflora.evidence import load, select


def test_a_number_is_exact_and_a_word_is_not() -> None:
    by_trial = {t.trial_id: t for t in select(load()).terms}
    assert by_trial["LAN2023_CCFM1025"].is_exact
    assert not by_trial["HO2021_PS128"].is_exact


def test_each_product_is_named_once() -> None:
    keys = select(load()).keys
    assert len({k.name for k in keys}) == len(keys)
    assert all(k is not None for k in keys)
