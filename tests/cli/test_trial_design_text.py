"""The words and rows of the designer's answer, from records made by hand."""

import json
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from noctiflora.actions import DesignRequest, OutcomeSupply, TrialDesign
from noctiflora.cli._trial_design_text import design_document, design_rows, tell_design
from noctiflora.core import Instrument, Normal, Outcome, Predictive, Source
from noctiflora.plan import Blinding, Door, Option, Scope
from noctiflora.trial import Before, Designs, NoiseBelief, Plan, Rate, Remedy, Score, Threshold, Tried, Word

PLAN = Plan(on=28, off=42, pairs=2, n_looks=1)
SCORE = Score(
    right=0.41,
    wrong=0.03,
    error=0.025,
    words=MappingProxyType({Word.HELPS: 0.2, Word.DOES_NOT_HELP: 0.22, Word.STOP: 0.02, Word.CANNOT_TELL: 0.56}),
    nights=120.0,
    capsules=48.0,
    c=0.96,
    false_alarms=Rate(rate=0.05, error=0.01),
    n=400,
)
WEEKLY = Tried(plan=Plan(on=7, off=7, pairs=10), score=replace(SCORE, right=0.05))


def found(*, accepted: bool = True, blinded: bool = True, price: float | None = 0.5) -> TrialDesign:
    best = Tried(plan=PLAN, score=SCORE)
    noise = NoiseBelief(z=np.array([[0.3, 1.6, 0.0]]), weight=np.ones(1), missing=0.07, n_known=0)
    designs = Designs(
        before=Before(p_benefit=0.8, p_useful=0.05, useful_is_unlikely=True, word=Word.CANNOT_TELL),
        frontier=(best,),
        accepted=(best,) if accepted else (),
        tried=(best, replace(WEEKLY, left="behind")),
        naive=WEEKLY,
        remedies=() if accepted else (Remedy(change="useful larger", plan=PLAN, useful=4.0, score=SCORE),),
        best=best,
        other_blinding=replace(SCORE, right=0.3 if blinded else 0.5),
        blinded=blinded,
        noise=noise,
        useful=2.0,
        least=1 / 3,
        n=400,
    )
    option = Option(
        key="kefir", name="Kefir", kind=Scope.LIVE, tags=(), door=Door.OPEN, door_reason="", warnings=(), dose="",
        known="", not_known="", effect=None, blinding=Blinding.NO, blinding_reason="", certainty=1, sources=(),
    )  # fmt: skip
    effect = Predictive(
        subject="x", outcome="efficiency", unit="points", higher_is_better=True,
        parts=(Normal(weight=1.0, mean=0.5, sd=1.0),), sources=(),
    )  # fmt: skip
    return TrialDesign(
        option=option,
        request=DesignRequest(option_key="kefir"),
        expected=effect,
        useful_source=Source(ref="assumed", note="named by the person"),
        designs=designs,
        run_in_sd=5.0,
        run_in_told="12 known nights of your own",
        price=price,
        threshold=Threshold(c=0.975, low=0.97, high=0.98, rates={"as modelled": Rate(rate=0.04, error=0.005)}, n=2000)
        if accepted
        else None,
        largest_plausible=1.78,
    )


def said(answer: TrialDesign, capsys: pytest.CaptureFixture[str]) -> str:
    tell_design(answer)
    return " ".join(capsys.readouterr().out.split())


def test_a_design_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(found(), capsys)
    assert (
        "1. 20 weeks, 56 capsules, 28.00 to pay: of 100 trials like yours 41 end in a clear and right answer, 3 in a "
        "wrong one (20 “helps”, 22 “does not help”, 2 “stop”, 56 “cannot tell”). 2 pairs of 28 nights with and 42 "
        "without, in bottles of 14 nights, 1 look. Looks end it after 17 weeks on average."
    ) in text
    assert "2 points is more than trials suggest" in text
    assert "41 end in a clear and right answer when the order is sealed, 30 when you know it" in text
    assert "97.5 %" in text
    assert "trial start --option kefir" in text
    assert "--nights 28 --nights-without 42 --pairs 2 --looks 1" in text
    assert "Your nights vary by about 5 points: 12 known nights of your own" in text


def test_no_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(found(accepted=False, price=None), capsys)
    assert "No design you would accept can answer this: none ends in a clear and right answer in at least 33 of" in text
    assert "twice the useful amount (4 points): 41 right, 3 wrong of 100." in text
    assert "to pay" not in text
    assert "Not trying is a full answer too." in text


def test_an_open_trial_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(found(blinded=False), capsys)
    assert "50 end in a clear and right answer when the order is sealed, 41 when you know it. It cannot be" in text


def test_rows_and_document_hold_the_same_numbers() -> None:
    answer = found()
    (row,) = design_rows(answer)
    document = json.loads(json.dumps(design_document(answer), allow_nan=False))
    assert document["frontier"] == [row]
    assert row["cost"] == 28.0
    assert row["look_after_pairs"] == "1"
    assert row["worth_it"] is True
    assert row["start"].endswith("--outcome efficiency --instrument diary")
    assert design_rows(found(blinded=False))[0]["start"].endswith("--known")
    assert document["weekly_switching"]["right_of_100"] == 5.0
    assert document["designs_left_early"] == 1
    assert document["threshold"]["false_alarms"] == {"as modelled": 0.04}
    never = replace(answer, designs=replace(answer.designs, best=Tried(plan=PLAN, score=replace(SCORE, c=1.001))))
    assert design_document(never)["best"]["threshold"] is None


def test_what_the_persons_own_data_can_carry_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    none = OutcomeSupply(
        outcome=Outcome.EFFICIENCY, instrument=Instrument.DIARY, known=0, window=0, mean=None, sd=None, drift_sd=None,
        source="", source_share=1.0, device_changes=0, blind_spots=(), reasons=("never measured",),
    )  # fmt: skip
    rated = replace(none, outcome=Outcome.RATING, known=50, window=56, reasons=())
    made = replace(found(), supplies=(rated, none))
    tell_design(made)
    told = " ".join(capsys.readouterr().out.split())
    assert "Your data cannot carry this outcome yet: never measured. They can carry: " in told
    assert f"{Outcome.RATING.label} (diary)" in told
    rows = design_document(made)["your_data"]
    assert [(row["outcome"], row["can_carry"]) for row in rows] == [("rating", True), ("efficiency", False)]  # type: ignore[attr-defined]
    tell_design(replace(found(), supplies=(replace(rated, outcome=Outcome.EFFICIENCY),)))
    assert "known on 50 of 56 nights" in " ".join(capsys.readouterr().out.split())
