"""What stands beside the pooled result: the free fit, a sceptic, other reviews, the null review, every other choice."""

import json

import pytest

from noctiflora.evidence import (
    SENSITIVITIES,
    PoolOutcome,
    PoolSettings,
    PoolUnit,
    ReviewChoice,
    beside,
    beside_dict,
    find_product,
    left_out_rows,
    load,
    pool,
    sensitivity_rows,
)


def test_the_free_fit_is_what_the_strains_say_alone() -> None:
    """Without a review and without the reporting excess the mean is half as much again as the review's."""
    free = beside(load()).free
    assert free.mu.mean == pytest.approx(-0.306, abs=0.002)
    assert free.mu.sd == pytest.approx(0.065, abs=0.002)
    assert free.b_rep.sd == 0
    assert free.untested.shift == pytest.approx(0.0, abs=1e-9)


def test_the_free_fit_does_not_hang_on_its_range(monkeypatch: pytest.MonkeyPatch) -> None:
    from noctiflora.evidence import _pool

    narrow = pool(load(), PoolSettings(anchored=False)).mu
    monkeypatch.setattr(_pool, "FREE_RANGE", (-2.4, 2.0))
    monkeypatch.setattr(_pool, "FREE_NODES", 353)
    wide = pool.__wrapped__(load(), PoolSettings(anchored=False)).mu
    assert (wide.mean, wide.sd) == pytest.approx((narrow.mean, narrow.sd), abs=1e-6)


def test_the_null_review_and_the_others() -> None:
    found = beside(load())
    assert [r.review_id for r in found.without_size] == ["gil_hernandez_2023"]
    assert found.without_size[0].p_value == "0.31"
    assert {p.review for p in found.others} == set(ReviewChoice) - {
        ReviewChoice.FRONT_NUTR_2026,
        ReviewChoice.GIL_HERNANDEZ_2023,
    }


def test_the_record_is_json_and_in_points_where_asked() -> None:
    found = beside(load())
    points = beside_dict(load(), found, outcome=PoolOutcome.PSQI, unit=PoolUnit.POINTS)
    smd = beside_dict(load(), found)
    assert json.loads(json.dumps(points, allow_nan=False)) == points
    for one, two in zip(points["strains"], smd["strains"], strict=True):  # type: ignore[call-overload]
        for name in ("free", "sceptical"):
            assert one[name]["mean"] == pytest.approx(3 * two[name]["mean"])


def test_an_unlisted_strain_has_the_free_fit_of_an_untested_one() -> None:
    found = beside(load())
    record = beside_dict(load(), found, strain="Bifidobacterium breve new1")
    row = record["strains"][0]  # type: ignore[index]
    assert row["free"]["mean"] < row["mean"]


def test_sensitivities_of_one_product_and_of_an_untested_strain() -> None:
    rows = {r["choice"]: r for r in sensitivity_rows(load(), find_product(load(), "CP2305"))}
    assert set(rows) == {"as documented", *SENSITIVITIES}
    assert rows["very wide spreads (0.3)"]["mean"] == pytest.approx(-0.234, abs=0.005)
    untested = {r["choice"]: r for r in sensitivity_rows(load())}
    # the spread between people dominates what one may expect: pooling.md, 0.14 and 0.42
    assert untested["people alike (spread 0)"]["predictive_sd"] == pytest.approx(0.14, abs=0.01)
    assert untested["people differ much (0.4)"]["predictive_sd"] == pytest.approx(0.42, abs=0.01)


def test_leaving_out_the_trials_of_one_product() -> None:
    rows = left_out_rows(load(), strain="Bifidobacterium longum 1714", factor=3.0)
    assert {r["trial_id"] for r in rows} == {"PATTERSON2024_1714", "B1714_LOWMOOD"}
    for row in rows:
        assert row["moved"] == pytest.approx(row["mean_with"] - row["mean_without"])  # type: ignore[operator]
