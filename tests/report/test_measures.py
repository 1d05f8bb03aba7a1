from dataclasses import replace

from noctiflora.report._measures import NOT_MEASURED, key_measures, measure_sources
from tests.report.made_up import many_nights


def test_each_measure_has_value_definition_and_source() -> None:
    found = key_measures(many_nights(40))
    assert {m.key for m in found} >= {"tst_min", "se_pct", "sol_min", "waso_min", "midsleep_h", "sri"}
    known = set(measure_sources())
    for m in found:
        assert m.definition.endswith(".")
        assert m.sources
        assert set(m.sources) <= known
        assert m.value != NOT_MEASURED


def test_what_a_device_does_not_tell_is_not_measured_and_never_zero() -> None:
    nights = [replace(n, sol_min=None, waso_min=None, tib_min=None, se_pct=None) for n in many_nights(10)]
    found = {m.key: m for m in key_measures(nights)}
    for key in ("sol_min", "waso_min", "se_pct"):
        assert found[key].value == NOT_MEASURED
        assert found[key].detail
    assert found["tst_min"].value != NOT_MEASURED


def test_the_denominator_counts_all_nights() -> None:
    nights = list(many_nights(10))
    nights[0] = replace(nights[0], sol_min=None)
    found = {m.key: m for m in key_measures(nights)}
    assert f"{len(nights) - 1} of {len(nights)} nights" in found["sol_min"].detail


def test_a_single_night_has_no_middle_half() -> None:
    found = {m.key: m for m in key_measures(many_nights(1))}
    assert "middle half" not in found["tst_min"].detail
