"""Made-up reports for the tests of this room; seeded, nobody's nights."""

import datetime as dt
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from noctiflora.core import Normal, Outcome, Predictive, Source
from noctiflora.plan import Blinding, Door, Finding, GateReport, GateState, Group, Option, Reply, Scope
from noctiflora.report import (
    Change,
    DayLane,
    DesignSummary,
    EvidenceSummary,
    Interval,
    PeriodDates,
    Range,
    ReportData,
    TrialNight,
    TrialSummary,
    WeekCourse,
    WhatIf,
    WhatIfRow,
)
from noctiflora.sleep import Night, Segment, Stage
from noctiflora.trial import Arm, Marginal, Posterior, Status, Verdict, Word

START = dt.date(2026, 6, 15)
TODAY = dt.date(2027, 1, 17)
ZONE_MIN = 120
REVIEW = Source(ref="10.3389/fnut.2026.1795450", note="table 2")
OWN = Source(ref="assumed", note="2 points; asked of the person, 0.5 to 5")
PAGE = Source(ref="https://example.org/a?b=1&c=2", note="a page")
PMID = Source(ref="PMID 17580601")


def night(date: dt.date, seed: int, *, wake: float = 1.0) -> Night:
    """Return one night with segments; `wake` scales how much of it is spent awake."""
    rng = np.random.default_rng(seed)
    bed = dt.datetime.combine(date, dt.time(), tzinfo=dt.UTC) - dt.timedelta(
        minutes=ZONE_MIN + 60 + float(rng.normal(0, 25)) - (40 if date.weekday() >= 5 else 0)
    )
    latency = dt.timedelta(minutes=float(rng.gamma(3, 10)) * wake)
    segments = [Segment(start=bed, end=bed + latency, stage=Stage.AWAKE)]
    at = bed + latency
    onset = at
    for _ in range(int(rng.integers(5, 9))):
        for stage, minutes in ((Stage.LIGHT, 35.0), (Stage.DEEP, 14.0), (Stage.REM, 11.0)):
            end = at + dt.timedelta(minutes=float(rng.gamma(8, minutes / 8)))
            segments.append(Segment(start=at, end=end, stage=stage))
            at = end
        end = at + dt.timedelta(minutes=float(rng.gamma(1.2, 8)) * wake)
        segments.append(Segment(start=at, end=end, stage=Stage.AWAKE))
        at = end
    last = segments[-1]
    asleep = sum((s.end - s.start).total_seconds() / 60 for s in segments if s.stage.is_sleep)
    tib = (at - bed).total_seconds() / 60
    return Night(
        date=date,
        source="apple: Mia’s <watch>",
        onset=onset,
        offset=last.start,
        onset_zone_offset_min=ZONE_MIN,
        offset_zone_offset_min=ZONE_MIN,
        tib_min=tib,
        spt_min=(last.start - onset).total_seconds() / 60,
        tst_min=asleep,
        sol_min=latency.total_seconds() / 60,
        waso_min=(last.start - onset).total_seconds() / 60 - asleep,
        se_pct=100 * asleep / tib,
        awakenings=sum(s.stage is Stage.AWAKE for s in segments[1:-1]),
        midsleep_h=3.2,
        stages_min=MappingProxyType({Stage.LIGHT: asleep}),
        segments=tuple(segments),
    )


def many_nights(n: int, *, missing: int = 17) -> tuple[Night, ...]:
    """Return n dates of nights, every `missing`-th left out."""
    days = (START + dt.timedelta(days=k) for k in range(n))
    return tuple(night(d, k) for k, d in enumerate(days) if k % missing != 5)


def marginal(mean: float, sd: float) -> Marginal:
    """Return a normal marginal with its quantiles."""
    z = {0.025: -1.96, 0.05: -1.645, 0.25: -0.674, 0.5: 0.0, 0.75: 0.674, 0.95: 1.645, 0.975: 1.96}
    return Marginal(mean=mean, sd=sd, q=MappingProxyType({p: mean + v * sd for p, v in z.items()}))


def posterior(mean: float = 2.7, sd: float = 1.5, *, useful: float = 3.0, higher: bool = True) -> Posterior:
    """Return a normal posterior of a gain; `higher` False turns its sign."""
    sign = 1.0 if higher else -1.0
    chances = Predictive(
        subject="x",
        outcome="x",
        unit="x",
        higher_is_better=True,
        parts=(Normal(weight=1, mean=mean, sd=sd),),
        sources=(),
    )
    return Posterior(
        status=Status.CONVERGED,
        theta=marginal(sign * mean, sd),
        theta_mixture=((0.6, sign * mean, sd), (0.4, sign * mean, sd)),
        params=MappingProxyType({"log_tau_on": marginal(2.6, 0.4), "atanh_phi": marginal(0.3, 0.1)}),
        p_benefit=chances.p_better_than(0),
        p_useful=chances.p_better_than(useful),
        p_harm=1 - chances.p_better_than(0),
        useful=useful,
        higher_is_better=higher,
        engine="gauss, importance sampling, 512 points",
        ess=0.71,
        pareto_k=0.12,
        seconds=0.004,
        n_nights=168,
        n_missing=12,
    )


def predictive(mean: float = 1.68, sd: float = 2.26) -> Predictive:
    """Return an expected effect on sleep efficiency."""
    return Predictive(
        subject="population",
        outcome="efficiency",
        unit="points",
        higher_is_better=True,
        parts=(Normal(weight=0.5, mean=mean - 0.2, sd=sd), Normal(weight=0.5, mean=mean + 0.2, sd=sd)),
        sources=(REVIEW, OWN),
    )


def evidence() -> EvidenceSummary:
    """Return the evidence of the default review, as its text prints it."""
    return EvidenceSummary(
        review="Review of 2026",
        n_trials=13,
        n_people=890,
        review_psqi=Interval(mean=-0.59, low=-0.83, high=-0.35),
        population_smd=Interval(mean=-0.197, low=-0.277, high=-0.117),
        predictive=Predictive(
            subject="population",
            outcome="psqi_smd",
            unit="SMD",
            higher_is_better=False,
            parts=(Normal(weight=1.0, mean=-0.197, sd=0.244),),
            sources=(REVIEW,),
        ),
        psqi_sd=3.0,
        useful_psqi=3.0,
        note="Whether it is a fixed or a random effects mean is not stated; random is assumed.",
        sources=(REVIEW, PMID),
    )


def findings() -> tuple[Finding, ...]:
    """Return at least one finding in all but one group."""
    rows = (
        ("efficiency", "Sleep efficiency", "80 % of the time in bed, 181 nights", Group.SEE_FIRST, 3),
        ("meals", "Late, shifting meals", "19 of 38 nights within two hours of lights-out", Group.MAY_BEAR, 2),
        ("regularity", "Irregular hours", "regularity 71 of 100", Group.NO_SIGN, 2),
        ("stool", "Gut bacteria", "", Group.NOT_MEASURED, 0),
    )
    return tuple(
        Finding(
            key=key,
            heading=heading,
            number=own,
            group=group,
            text="In people, this goes with poorer sleep; that changing it improves sleep is suggestive only.",
            certainty=certainty,
            would_change="A month of nights with it and a month without.",
            sources=(REVIEW, PAGE),
        )
        for key, heading, own, group, certainty in rows
    )


def gates(*, crisis: bool = False) -> GateReport:
    """Return gates of which one asks for a clinician and one is not answered."""
    doors = dict.fromkeys(Scope, Door.OPEN) | {Scope.FIBRE: Door.CLINICIAN, Scope.LIVE: Door.CLOSED}
    states = (
        GateState(
            gate_id="S01",
            question="Do you have a central line?",
            reply=None,
            doors=MappingProxyType({Scope.LIVE: Door.CLOSED}),
            tags=MappingProxyType({}),
            message="",
            urgency="",
            sources=(PMID,),
        ),
        GateState(
            gate_id="S02",
            question="Has part of your bowel been narrowed?",
            reply=Reply.YES,
            doors=MappingProxyType({Scope.FIBRE: Door.CLINICIAN}),
            tags=MappingProxyType({}),
            message="Ask a clinician before you take fibre: it can block a narrowed bowel.",
            urgency="advised",
            sources=(PAGE,),
        ),
        GateState(
            gate_id="S24",
            question="Have you thought of hurting yourself?",
            reply=Reply.YES if crisis else Reply.NO,
            doors=MappingProxyType({}),
            tags=MappingProxyType({}),
            message="Please speak to someone now; the local emergency number is always right." if crisis else "",
            urgency="crisis" if crisis else "",
            sources=(PAGE,),
        ),
    )
    return GateReport(
        states=states,
        doors=MappingProxyType(doors),
        tags=MappingProxyType({}),
        crisis=crisis,
        unanswered=("S01",),
        reviewed_by_clinician=False,
    )


def options() -> tuple[Option, ...]:
    """Return an open option, one that needs a word, one without a number, one closed."""
    base = Option(
        key="ps150",
        name="Heat-killed Lactobacillus fermentum PS150",
        kind=Scope.KILLED,
        tags=(),
        door=Door.OPEN,
        door_reason="",
        warnings=("May cause wind in the first two weeks.",),
        dose="20 billion cells a day for 8 weeks",
        known="One trial in 84 people found no difference in the whole sleep score at eight weeks.",
        not_known="Whether anyone gains after eight weeks.",
        effect=predictive(),
        blinding=Blinding.YES,
        blinding_reason="A pharmacist can fill matching capsules.",
        certainty=1,
        sources=(REVIEW, PMID),
    )
    return (
        base,
        replace(
            base,
            key="phgg",
            name="Partially hydrolysed guar gum",
            kind=Scope.FIBRE,
            door=Door.CLINICIAN,
            door_reason="A narrowed bowel needs a clinician’s word first.",
            effect=predictive(0.9, 2.6),
            blinding=Blinding.NO,
            blinding_reason="Six grams of powder cannot be hidden.",
            warnings=(),
        ),
        replace(
            base,
            key="cbti",
            name="Cognitive behavioural therapy for insomnia",
            kind=Scope.BEHAVIOUR,
            effect=None,
            certainty=4,
            warnings=(),
            blinding=Blinding.NOT_KNOWN,
            blinding_reason="",
        ),
        replace(
            base,
            key="1714",
            name="Bifidobacterium longum 1714",
            kind=Scope.LIVE,
            door=Door.CLOSED,
            door_reason="A safety question is not answered yet.",
        ),
    )


def design(*, opened: bool = True, blinded: bool = True, outcome: Outcome = Outcome.EFFICIENCY) -> DesignSummary:
    """Return four periods of 42 nights from 2 August."""
    arms = (Arm.COMPARATOR, Arm.PRODUCT, Arm.PRODUCT, Arm.COMPARATOR)
    start = dt.date(2026, 8, 2)
    return DesignSummary(
        outcome=outcome,
        unit=outcome.unit,
        option_name="Bifidobacterium longum 1714",
        n_nights=168,
        periods=tuple(
            PeriodDates(start=start + dt.timedelta(days=42 * k), n_nights=42, arm=arm if opened else None)
            for k, arm in enumerate(arms)
        ),
        useful=3.0,
        threshold=0.93,
        blinded=blinded,
    )


def series(planned: DesignSummary) -> tuple[TrialNight, ...]:
    """Return one value a night, a little better with the product, some missing."""
    rng = np.random.default_rng(7)
    nights = []
    for period in planned.periods:
        for k in range(period.n_nights):
            y = float(np.clip(78 + 3 * (period.arm is Arm.PRODUCT) + rng.normal(0, 5), 0, 100))
            missing = rng.random() < 0.07
            nights.append(
                TrialNight(
                    date=period.start + dt.timedelta(days=k),
                    y=None if missing else y,
                    dose=float(period.arm is Arm.PRODUCT),
                )
            )
    return tuple(nights)


def verdict(word: Word | None, found: Posterior) -> Verdict:
    """Return a verdict of this word with the chances of `found`."""
    return Verdict(
        word=word,
        reason="The chance that it does you good is 96 %.",
        threshold=0.93,
        p_benefit_evidence=found.p_benefit,
        p_useful_evidence=found.p_useful,
        p_benefit_sceptical=0.92,
        p_benefit_vague=0.98,
    )


def what_if() -> WhatIf:
    """Return a what-if with a gain, a harm and a nothing, over eight weeks."""
    hours = tuple(12.0 + 0.2 * k for k in range(121))
    wave = tuple(50.0 - 50.0 * float(np.cos((h - 14.0) * np.pi / 12)) for h in hours)
    weeks = np.arange(1, 9)

    def row(name: str, minutes: float, points: float, trials: Range | None, *sources: Source) -> WhatIfRow:
        return WhatIfRow(
            name=name,
            detail="What the model was told.",
            sleep=Change(
                range=Range(middle=minutes, low=minutes - 20, high=minutes + 20), better=40, worse=15, same_within=1.0
            ),
            gain=Change(
                range=Range(middle=points, low=points - 0.6, high=points + 0.6), better=40, worse=15, same_within=0.1
            ),
            clock_min=-124.0 if minutes < 0 else 0.0,
            trials="What trials say.",
            trials_gain=trials,
            sources=sources,
        )

    def course(name: str, size: float) -> WeekCourse:
        middle = size * (1 - np.exp(-weeks / 2))
        return WeekCourse(
            name=name,
            unit="units",
            low=tuple((0.3 * middle).tolist()),
            middle=tuple(middle.tolist()),
            high=tuple((1.8 * middle).tolist()),
        )

    return WhatIf(
        weeks=8,
        runs=60,
        left_out=1,
        people="It was run for 61 people who are not you.",
        rows=(
            row("Lights out at 23:00", 7.0, 0.0, None, PAGE),
            row("Dinner at 17:30", 1.0, 0.1, None, PAGE),
            row("Dim evenings", -31.0, -2.1, None, PMID),
            row("This strain", 7.0, 0.7, Range(middle=0.59, low=0.35, high=0.83), REVIEW),
        ),
        hours=hours,
        lanes=(
            DayLane(name="Light at the eye", unit="effective lux", now=(300.0,) * 121, then=(65.0,) * 121),
            DayLane(name="Chance of being asleep", unit="of 100", now=wave, then=wave[10:] + wave[:10]),
        ),
        day_change="dim evenings",
        day_caption="A made-up day.",
        courses=(
            course("PSQI points gained", 0.7),
            course("Arousal lowered by", 0.08),
            course("Butyrate makers", -0.6),
        ),
        course_change="this strain",
        potency="Set so that it acts as trials pooled it.",
        n_hypotheses=50,
        seed=0,
    )


def full(word: Word | None = Word.HELPS, found: Posterior | None = None, *, n_nights: int = 216) -> ReportData:
    """Return a report with every part."""
    found = posterior() if found is None else found
    planned = design()
    return ReportData(
        person="Mia",
        made_up=True,
        generated_on=TODAY,
        nights=many_nights(n_nights),
        findings=findings(),
        gates=gates(),
        options=options(),
        evidence=evidence(),
        useful_sources=(OWN,),
        design=planned,
        trial=TrialSummary(
            posterior=found,
            sceptical=posterior(2.1, 1.5),
            vague=posterior(4.9, 2.2),
            prior=predictive(),
            vague_sd=8.4,
            sceptical_sd=2.26,
            series=series(planned),
            doses_taken=159,
            doses_planned=168,
            guesses_right=2,
            guesses=4,
            seed="scrambled Sobol, seed 20260101",
        ),
        verdict=verdict(word, found),
        import_notes=("export.xml: 3 of 214 nights could not be read. The other 211 are in.",),
        what_if=what_if(),
    )


def assessed() -> ReportData:
    """Return a report without a trial."""
    return replace(full(n_nights=42), design=None, trial=None, verdict=None, useful=2.0)


def running() -> ReportData:
    """Return a report during a sealed trial."""
    return replace(
        full(n_nights=100),
        design=design(opened=False),
        trial=None,
        verdict=None,
        generated_on=START + dt.timedelta(days=99),
    )


def empty() -> ReportData:
    """Return a report of nothing at all."""
    return ReportData(person="Nobody yet", made_up=True, generated_on=TODAY)
