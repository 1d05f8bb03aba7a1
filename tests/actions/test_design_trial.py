"""Designing a trial from what is in the store, and from a run-in of one's own."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.actions import DesignRequest, design_trial
from noctiflora.actions._design_trial import largest_plausible, read_run_in
from noctiflora.core import DesignError, FormatError, Instrument, Normal, Outcome, Predictive, RangeError
from noctiflora.store import Store
from noctiflora.trial import WITHIN_SD, Word
from tests.actions.seasons import kept, rate

TODAY = dt.date(2025, 5, 1)
KEY = "lactobacillus-gasseri-cp2305"


def request(**changes: object) -> DesignRequest:
    return DesignRequest(**{"option_key": KEY, "max_weeks": 8, "n_looks": (0,), "trials": 100, **changes})


def run_in(n: int = 40, sd: float = 3.0) -> str:
    y = 85 + sd * np.random.default_rng(1).standard_normal(n)
    return "night,y\n" + "".join(f"{i},{v:.2f}\n" for i, v in enumerate(y, start=1))


def test_without_a_run_in_other_peoples_nights_speak_and_it_is_said(store: Store) -> None:
    shares: list[float] = []
    found = design_trial(store, request(price=0.5), today=TODAY, progress=shares.append)
    assert found.run_in_sd == WITHIN_SD[Outcome.EFFICIENCY].value
    assert "not your own nights" in found.run_in_told
    assert "PMID 17580601" in found.run_in_told
    assert found.designs.noise.n_known == 0
    assert found.designs.blinded
    assert found.price == 0.5
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    # eight weeks of such nights tell little: no design is accepted, and what would help was tried
    assert not found.designs.accepted
    assert found.threshold is None
    assert not any(supply.bears for supply in found.supplies)
    assert found.supplies
    assert {r.change for r in found.designs.remedies} == {"steadier", "longer", "useful larger", "useful smaller"}
    assert found.designs.other_blinding is not None


def test_a_run_in_of_ones_own_sets_the_noise(store: Store) -> None:
    found = design_trial(store, request(run_in=run_in(), run_in_where="mine.csv", least=0.05), today=TODAY)
    assert found.run_in_sd == pytest.approx(3.0, rel=0.2)
    assert found.run_in_told == "40 known nights of mine.csv"
    assert found.supplies == ()
    assert found.designs.noise.n_known == 40
    assert found.threshold is not None
    assert found.threshold.rates["as modelled"].rate <= 0.05
    assert found.threshold.n == 500


def test_the_nights_in_the_store_are_the_run_in(store: Store) -> None:
    values = (6 + np.random.default_rng(1).standard_normal(20)).round(1).tolist()
    rate(store, TODAY - dt.timedelta(days=20), values)
    found = design_trial(store, request(outcome=Outcome.RATING), today=TODAY)
    assert found.designs.noise.n_known == 20
    assert found.run_in_told == "20 known nights of your own"
    # what people call useful is more than trials suggest of the rating: said before the start
    assert found.designs.before.useful_is_unlikely
    assert found.largest_plausible < found.designs.useful


def test_too_few_nights_are_said_to_be_too_few(store: Store) -> None:
    found = design_trial(store, request(run_in=run_in(5)), today=TODAY)
    assert "(5 known)" in found.run_in_told
    assert found.designs.noise.n_known == 0


def test_an_option_that_cannot_be_blinded_is_designed_as_known(store: Store) -> None:
    opened = design_trial(store, request(option_key="kefir", run_in=run_in()), today=TODAY)
    assert not opened.designs.blinded
    told = design_trial(store, request(known=True, run_in=run_in()), today=TODAY)
    assert not told.designs.blinded


def test_what_cannot_be_designed_is_refused(store: Store) -> None:
    with pytest.raises(DesignError, match="no size of effect is known"):
        design_trial(store, request(option_key="bright-morning"), today=TODAY)
    with pytest.raises(RangeError, match="no such option"):
        design_trial(store, request(option_key="gasseri"), today=TODAY)
    with pytest.raises(RangeError, match="price"):
        design_trial(store, request(price=-1.0), today=TODAY)
    with pytest.raises(RangeError, match="useful"):
        design_trial(store, request(useful=0.0), today=TODAY)
    with pytest.raises(FormatError, match="night or date"):
        design_trial(store, request(run_in="y\n3\n"), today=TODAY)
    with pytest.raises(DesignError, match="no design"):
        design_trial(store, request(max_capsules=5), today=TODAY)


def test_latency_is_designed_on_its_own_scale(store: Store) -> None:
    y = np.exp(3 + 0.5 * np.random.default_rng(2).standard_normal(40))
    text = "night,y\n" + "".join(f"{i},{v:.1f}\n" for i, v in enumerate(y, start=1))
    found = design_trial(store, request(outcome=Outcome.LATENCY, run_in=text), today=TODAY)
    assert found.designs.before.word in (Word.CANNOT_TELL, Word.DOES_NOT_HELP)
    assert found.designs.best.score.n == 100


@pytest.mark.parametrize(
    "text", ["night,y\n1,3\n\n2,\n", "night,y,dose\n1,3,0\n2,,0\n", "date,y\n2025-01-01,3\n2025-01-02,\n"]
)
def test_a_run_in_needs_no_dose(text: str) -> None:
    series = read_run_in(text, where="x.csv")
    assert series.dose.tolist() == [0, 0]
    assert series.n_missing == 1


def test_a_bad_run_in_names_its_line() -> None:
    with pytest.raises(FormatError, match="line 4, night"):
        read_run_in("night,y\n1,3\n\n1,4\n", where="x.csv")
    with pytest.raises(FormatError):
        read_run_in("", where="x.csv")
    with pytest.raises(FormatError):
        read_run_in('night,y\n1,"3\n', where="x.csv")


@given(mean=st.floats(-2, 4), sd=st.floats(0.1, 3))
def test_the_largest_plausible_amount_has_that_chance(mean: float, sd: float) -> None:
    effect = Predictive(
        subject="x",
        outcome="efficiency",
        unit="points",
        higher_is_better=True,
        parts=(Normal(weight=1.0, mean=mean, sd=sd),),
        sources=(),
    )
    found = largest_plausible(effect)
    if found > 0:
        assert effect.p_better_than(found) == pytest.approx(0.1, abs=1e-6)
    else:
        assert effect.p_better_than(0.0) <= 0.1 + 1e-9


def test_instruments_are_told_apart(store: Store) -> None:
    found = design_trial(store, request(instrument=Instrument.WEARABLE), today=TODAY)
    assert found.designs.before.useful_is_unlikely


def test_two_options_share_a_trial_and_one_that_shows_opens_it(store: Store) -> None:
    asked = request(second_key="bifidobacterium-longum-1714", second_price=0.8, max_weeks=9, run_in=run_in(), least=0.0)
    found = design_trial(store, asked, today=TODAY)
    assert found.second is not None
    assert found.second.option.key == "bifidobacterium-longum-1714"
    assert found.second.price == 0.8
    assert found.designs.before_second is not None
    assert all(one.plan.products == 2 for one in found.designs.frontier)
    opened = design_trial(store, request(second_key="kefir", max_weeks=9, run_in=run_in(), least=1.0), today=TODAY)
    assert not opened.designs.blinded


def test_two_doses_of_one_product_may_share_a_trial(store: Store) -> None:
    found = design_trial(store, request(second_key=KEY, max_weeks=9, run_in=run_in(), least=1.0), today=TODAY)
    assert found.second is not None
    assert found.designs.before_second == found.designs.before


def test_nights_of_an_earlier_trial_are_no_run_in(store: Store) -> None:
    made = kept(store)
    values = (6 + np.random.default_rng(1).standard_normal(84)).round(1).tolist()
    rate(store, made.record.plan.first_night, values)
    found = design_trial(store, request(outcome=Outcome.RATING), today=TODAY)
    # the run-in of the earlier trial is free, its own nights are not
    assert found.designs.noise.n_known == made.record.plan.run_in_nights
    assert "earlier trial" in found.run_in_told
