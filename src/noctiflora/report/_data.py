"""What a report is made from: records of other rooms, gathered and checked."""

import datetime as dt
from dataclasses import dataclass, field

from noctiflora.core import Instrument, Outcome, Predictive, RangeError, Source
from noctiflora.plan import Finding, GateReport, Option
from noctiflora.report._gut import GutPage
from noctiflora.report._what_if import WhatIf
from noctiflora.sleep import Night
from noctiflora.trial import Arm, Posterior, Verdict, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A centre with its range; `level` is the share of belief the range holds, 0 to 1."""

    mean: float
    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSummary:
    """What published trials say of probiotics and sleep; negative = better, as on the PSQI.

    Parameters
    ----------
    review : str
        Name of the review that supplies the mean.
    n_trials, n_people : int or None
        What the review rests on.
    review_psqi : Interval or None
        The pooled effect as the review prints it, PSQI points.
    population_smd : Interval or None
        Mean effect over people, SMD.
    predictive : Predictive or None
        Effect to expect in one new person, SMD.
    psqi_sd : float or None
        PSQI points in one SMD; None where it is not to be converted.
    useful_psqi : float or None
        The smallest change on the PSQI called important, points, positive.
    note : str
        What to know before using it.
    sources : tuple of Source
        Everything the numbers rest on.
    """

    review: str
    n_trials: int | None = None
    n_people: int | None = None
    review_psqi: Interval | None = None
    population_smd: Interval | None = None
    predictive: Predictive | None = None
    psqi_sd: float | None = None
    useful_psqi: float | None = None
    note: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodDates:
    """One stretch of a trial; `start` is the date of its first night, `arm` None while sealed."""

    start: dt.date
    n_nights: int
    arm: Arm | None = None

    @property
    def end(self) -> dt.date:
        """Date of its last night."""
        return self.start + dt.timedelta(days=self.n_nights - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignSummary:
    """A trial as it was fixed before its start.

    Parameters
    ----------
    outcome : Outcome
        The primary outcome.
    unit : str
        Its unit, as in `Outcome.unit`.
    option_name : str
        What is tried.
    n_nights : int
        Nights in all.
    periods : tuple of PeriodDates
        In order; arms only once the seal is opened.
    useful : float
        The amount called worth it, units of the outcome, positive.
    threshold : float or None
        The chance of benefit that "helps" needs; None where not fixed.
    blinded, randomised : bool
        Whether the person did not know the arm; whether chance drew the order.
    instrument : Instrument or None
        By what the outcome is measured; None where not said.
    opened_early, veil_lifted : bool
        Whether the seal was opened, or the trial nights looked at, before the end.
    under_way : bool
        Whether the trial goes on, so that no average holds its nights even where the order is known.
    """

    outcome: Outcome
    unit: str
    option_name: str
    n_nights: int
    periods: tuple[PeriodDates, ...]
    useful: float
    threshold: float | None = None
    blinded: bool = True
    randomised: bool = True
    instrument: Instrument | None = None
    opened_early: bool = False
    veil_lifted: bool = False
    under_way: bool = False

    @property
    def opened(self) -> bool:
        """Whether the arm of every period is known."""
        return bool(self.periods) and all(p.arm is not None for p in self.periods)

    @property
    def compared(self) -> tuple[PeriodDates, ...]:
        """The periods that are compared: all but a run-in."""
        return tuple(p for p in self.periods if p.arm is not Arm.RUN_IN)

    @property
    def comparison(self) -> str:
        """What the product is compared with, in words that follow "than"."""
        return "with placebo" if self.blinded else "without it"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialNight:
    """One night of a trial; y None where missing, dose the share taken, None where not logged."""

    date: dt.date
    y: float | None
    dose: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialSummary:
    """The result of a trial whose seal is open.

    Parameters
    ----------
    posterior : Posterior
        Under the evidence prior.
    sceptical, vague : Posterior or None
        Under the other two priors.
    prior : Predictive or None
        The informative part of the prior, units of the outcome; None where no evidence exists.
    prior_weight : float
        Its weight, 0 to 1; the rest is vague.
    vague_sd : float or None
        Spread of the vague part around no difference.
    series : tuple of TrialNight
        In order of date.
    doses_taken, doses_planned : int or None
        Days on which a dose was due, and of these taken.
    guesses_right, guesses : int or None
        How often the person guessed the arm, and of how many periods.
    sceptical_sd : float or None
        Spread of the sceptical prior.
    seed : str
        What fixes the random numbers of the calculation.
    """

    posterior: Posterior
    sceptical: Posterior | None = None
    vague: Posterior | None = None
    prior: Predictive | None = None
    prior_weight: float = 0.8
    vague_sd: float | None = None
    series: tuple[TrialNight, ...] = ()
    doses_taken: int | None = None
    doses_planned: int | None = None
    guesses_right: int | None = None
    guesses: int | None = None
    sceptical_sd: float | None = None
    seed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """Everything one report shows; parts that do not exist yet are empty or None.

    Parameters
    ----------
    person : str
        Label of the person, as given: hostile text.
    made_up : bool
        Whether the person is generated; the report then says so.
    generated_on : date
        Day of writing.
    nights, naps : tuple of Night
        At most one night a date.
    findings : tuple of Finding
        See `plan.Finding`.
    gates : GateReport or None
        None where the safety questions were never asked.
    options : tuple of Option
        In the order in which they are shown.
    evidence : EvidenceSummary or None
        What published trials say.
    outcome : Outcome
        The nightly outcome that option effects are about, where there is no design.
    useful : float or None
        The amount called worth it on that outcome, where there is no design.
    useful_sources : tuple of Source
        Where `useful` comes from, when it is a default.
    design : DesignSummary or None
        The trial as fixed.
    trial : TrialSummary or None
        Its result.
    verdict : Verdict or None
        Its verdict.
    import_notes : tuple of str
        What an import skipped or guessed: hostile text.
    what_if : WhatIf or None
        What the model says, never a source of sizes; None where it was not run or left its range.
    gut : GutPage or None
        The stool test kept last; None without any.

    Raises
    ------
    RangeError
        If a result comes without its design or while the design is sealed, or a verdict other
        than "stop" without a result.
    """

    person: str
    made_up: bool
    generated_on: dt.date
    nights: tuple[Night, ...] = ()
    naps: tuple[Night, ...] = ()
    findings: tuple[Finding, ...] = ()
    gates: GateReport | None = None
    options: tuple[Option, ...] = ()
    evidence: EvidenceSummary | None = None
    outcome: Outcome = Outcome.EFFICIENCY
    useful: float | None = None
    useful_sources: tuple[Source, ...] = ()
    design: DesignSummary | None = None
    trial: TrialSummary | None = None
    verdict: Verdict | None = None
    import_notes: tuple[str, ...] = field(default=())
    what_if: WhatIf | None = None
    gut: GutPage | None = None

    def __post_init__(self) -> None:
        if self.trial is not None and (self.design is None or not self.design.opened):
            raise RangeError(
                "the result of a trial is not shown while its order is sealed",
                where="ReportData.trial",
                do="give the design with the arm of every period, or leave the result out",
            )
        if self.verdict is not None and self.trial is None and self.verdict.word is not Word.STOP:
            raise RangeError(
                "a verdict needs the result it rests on", where="ReportData.verdict", do="give the trial's result too"
            )

    @property
    def running(self) -> bool:
        """Whether a trial is under way, so that nothing may hint at its arms."""
        return self.design is not None and not self.design.opened
