"""The closed vocabularies of the packaged tables."""

from enum import StrEnum


class Domain(StrEnum):
    """What an outcome of a trial is about."""

    SLEEP_SUBJECTIVE = "sleep_subjective"
    SLEEP_OBJECTIVE = "sleep_objective"
    DAYTIME_FUNCTION = "daytime_function"
    ANXIETY = "anxiety"
    STRESS = "stress"
    MOOD = "mood"
    BIOMARKER = "biomarker"


class Scale(StrEnum):
    """The scale behind a subjective sleep outcome, best first."""

    PSQI = "psqi"
    ISI = "isi"
    OTHER = "other"


class Scope(StrEnum):
    """How much of its scale, and of the people, an outcome covers."""

    WHOLE = "whole"
    PART = "part"
    RESPONDERS = "responders"
    SUBGROUP = "subgroup"
    ONE_OF_SEVERAL = "one of several"


class Design(StrEnum):
    """Shape of a trial."""

    PARALLEL = "parallel"
    CROSSOVER = "crossover"


class Blinding(StrEnum):
    """Who was kept from knowing the treatment, as stated."""

    OPEN = "open-label"
    SINGLE = "single-blind"
    DOUBLE = "double-blind"
    TRIPLE = "triple-blind"


class Form(StrEnum):
    """Form of a product."""

    LIVE = "live"
    HEAT_KILLED = "heat-killed"
    SYNBIOTIC = "synbiotic"
    PREBIOTIC = "prebiotic"
    MIXED = "mixed"


class Exclusion(StrEnum):
    """Why a trial can give no term whatever it reports."""

    NOT_CONTROLLED = "not randomised or no placebo"
    CONFOUNDED = "confounded product"
    NOT_PROBIOTIC = "not a probiotic contrast"


class PKind(StrEnum):
    """Which comparison a printed p-value belongs to."""

    BETWEEN = "between"
    GROUP_BY_TIME = "group x time"
    WITHIN = "within"
    SUBGROUP = "subgroup"
    UNCLEAR = "unclear"


class Significant(StrEnum):
    """Whether a difference between the groups is stated."""

    YES = "yes"
    NO = "no"
    NOT_REPORTED = "not reported"


class EvidenceLevel(StrEnum):
    """The fullest text behind a row."""

    FULL_TABLE = "full table"
    REGISTRY = "registry"
    ABSTRACT = "abstract"
    REVIEW_TABLE = "review table"
    NEWS = "news"
    PRESS = "press"
    TERTIARY = "tertiary"


class Poolable(StrEnum):
    """Whether a row prints enough for an effect with its error."""

    YES = "yes"
    APPROXIMATE = "approximate"
    NO = "no"


class EffectKind(StrEnum):
    """What a derived effect measures."""

    END_SCORE = "end-score difference"
    CHANGE_SCORE = "change-score difference"
    COEFFICIENT = "coefficient"
    MEAN_DIFFERENCE = "mean difference"
    DIFFERENCE_OF_CHANGES = "difference of changes"
    STANDARDISED = "standardised mean difference"
    LOG_ODDS_RATIO = "log odds ratio"


class Quality(StrEnum):
    """How a derived effect was won."""

    EXACT = "exact"
    COMPUTED = "computed"
    RECONSTRUCTED = "reconstructed counts"
    APPROXIMATE = "approximate"
    BOUND_ONLY = "bound only"
    IMPUTED_SD = "imputed SD"


class About(StrEnum):
    """What a pooled result of a review is about."""

    PROBIOTICS = "probiotics"
    ONE_STRAIN = "one strain"
    PLACEBO_RESPONSE = "placebo response"


class NormKind(StrEnum):
    """What a row of the norms holds."""

    SPREAD = "spread"
    PLACEBO_ARM_CHANGE = "placebo-arm change"
    COMPARISON_ARM_CHANGE = "comparison-arm change"
    UNCONTROLLED_CHANGE = "uncontrolled change"
    DEVICE_ERROR = "device error"
    NIGHT_STRUCTURE = "night-to-night structure"


class ClaimStatus(StrEnum):
    """How a claim of the founding article stands."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    CONTESTED = "contested"
    UNSUPPORTED = "unsupported"
    NOT_TESTABLE = "not testable"


class Certainty(StrEnum):
    """How sure a statement is, in the words of GRADE."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"


class ListName(StrEnum):
    """The lists of the founding article, rebuilt."""

    NEUROTRANSMITTERS = "neurotransmitters"
    DYSBIOSIS_EFFECTS = "dysbiosis_effects"
    EXCESS_HISTAMINE = "excess_histamine"
    CALMING_STRAINS = "calming_strains"
    HISTAMINE_OR_EXCITATORY_STRAINS = "histamine_or_excitatory_strains"
    GENTLE_PREBIOTICS = "gentle_prebiotics"
    MAY_WORSEN_FIRST = "may_worsen_first"
    WORKS_BEST_WITH = "works_best_with"


class Shipping(StrEnum):
    """Whether a free tool may carry the items of a questionnaire."""

    YES = "yes"
    NUMBERS = "yes (numbers)"
    CONDITIONAL = "conditional"
    NON_COMMERCIAL = "conditional (non-commercial)"
    OWN_WORDING = "own wording only"
    NO = "no"
    UNCLEAR = "no (unclear)"


class GradeDomain(StrEnum):
    """The five reasons of GRADE to lower certainty."""

    RISK_OF_BIAS = "risk of bias"
    INCONSISTENCY = "inconsistency"
    INDIRECTNESS = "indirectness"
    IMPRECISION = "imprecision"
    PUBLICATION_BIAS = "publication bias"


class Condition(StrEnum):
    """What can hold of the trials of a product."""

    NO_TERM = "no usable trial"
    ABSTRACTS_ONLY = "known from abstracts only"
    BLINDING_NOT_STATED = "blinding not stated in half of the trials"
    INDUSTRY_OR_UNKNOWN = "paid by the maker or funding unknown in every trial"
    DIRECTIONS_DIFFER = "trials point in different directions"
    SINGLE_TRIAL = "a single trial"
    NOT_POOR_SLEEPERS = "no trial in people who sleep badly"
    OTHER_SCALE_ONLY = "no PSQI or ISI total"
    ID_UNKNOWN = "strain or blend not disclosed"
    CROSSES_ZERO = "interval holds no effect"
    FEW_PEOPLE = "fewer people than needed"
    MOSTLY_UNUSABLE = "half of the trials or more tell nothing usable"
    BELOW_IMPORTANT = "below the smallest important difference"
