"""The records of a pooled result."""

from dataclasses import dataclass

from noctiflora.core import Normal, Source
from noctiflora.evidence._population import Population
from noctiflora.evidence._settings import PoolSettings
from noctiflora.evidence._strain_key import Kind, StrainKey
from noctiflora.evidence._term import NoTerm, Term
from noctiflora.evidence._vocabulary import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCounts:
    """How many of a product's trials reported what; a published pool counts as one exact report.

    Parameters
    ----------
    exact, from_p, significant, not_significant : int
        Terms of each kind.
    unusable : int
        Trials with a sleep outcome that tell nothing usable.
    """

    exact: int = 0
    from_p: int = 0
    significant: int = 0
    not_significant: int = 0
    unusable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Mean effect and what a new person may expect, SMD, negative = better.

    Parameters
    ----------
    mean, sd : float
        Posterior of mu + g + s: the mean effect of the product.
    ci95 : tuple of float
        Its central 95 % interval.
    parts : tuple of Normal
        Predictive for a new person: with the spread between trials and between people.
    """

    mean: float
    sd: float
    ci95: tuple[float, float]
    parts: tuple[Normal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledStrain:
    """The pooled result of one product.

    Parameters
    ----------
    key : StrainKey
        Product.
    label : str
        Name to show.
    effect : Estimate
        Mean effect and predictive.
    predictive_sd : float
        SD of the effect in a new person (SMD).
    p_benefit : float
        Probability that a new person sleeps better on it at all.
    shift : float
        Mean minus the population mean.
    terms : tuple of Term
        What its trials tell.
    silent : tuple of NoTerm
        Trials that tell nothing usable.
    replaced : tuple of str
        Trials that the published pool of this strain stands for.
    n_trials : int
        Trials with a sleep outcome; those of the pool where there is one.
    n_people : int or None
        People in the trials that give a term; None where not printed, 0 without a term.
    forms : tuple of Form
        Forms in the trials seen: live and killed cells share the key.
    words : str
        The result in one sentence.
    """

    key: StrainKey
    label: str
    effect: Estimate
    predictive_sd: float
    p_benefit: float
    shift: float
    terms: tuple[Term, ...]
    silent: tuple[NoTerm, ...]
    replaced: tuple[str, ...]
    n_trials: int
    n_people: int | None
    forms: tuple[Form, ...]
    words: str

    @property
    def reported(self) -> ReportCounts:
        """Counts of what the trials reported."""
        kinds = [term.kind.value for term in self.terms]
        return ReportCounts(
            exact=kinds.count("exact"),
            from_p=kinds.count("from_p"),
            significant=kinds.count("significant"),
            not_significant=kinds.count("not_significant"),
            unusable=len(self.silent),
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """Sources of its terms, each once."""
        return tuple(dict.fromkeys(s for term in self.terms for s in term.sources))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Mean and SD of a quantity shared by all products (SMD)."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """Every product's pooled result under one set of choices.

    Parameters
    ----------
    settings : PoolSettings
        The choices.
    population : Population
        Mean effect of probiotics.
    mu : Shared
        The population mean after the fit; under the cut it is that of `population`.
    b_rep : Shared
        Excess of what abstracts choose to tell; left out of every prediction.
    p_b_negative : float
        P(b_rep < 0): that abstracts flatter.
    omega_strain, omega_species, tau : Shared
        Spreads between strains, species and trials.
    untested : PooledStrain
        A strain of a species without any trial.
    prebiotic : PooledStrain
        A prebiotic without any trial.
    strains : tuple of PooledStrain
        Every product known, by name; never a ranking.
    species : tuple of PooledStrain
        A further strain of each species that has a trial.
    """

    settings: PoolSettings
    population: Population
    mu: Shared
    b_rep: Shared
    p_b_negative: float
    omega_strain: Shared
    omega_species: Shared
    tau: Shared
    untested: PooledStrain
    prebiotic: PooledStrain
    strains: tuple[PooledStrain, ...]
    species: tuple[PooledStrain, ...]

    def of(self, key: StrainKey) -> PooledStrain:
        """Return the result of a product; an unlisted strain takes that of its species, any other the untested one."""
        for strain in self.strains:
            if strain.key.name == key.name:
                return strain
        if key.kind is Kind.PREBIOTIC:
            return self.prebiotic
        return next((s for s in self.species if s.key.species == key.species), self.untested)
