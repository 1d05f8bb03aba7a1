"""The closed vocabularies of the safety questions."""

from enum import StrEnum


class SafetyPhase(StrEnum):
    """When a question is asked."""

    BEFORE_OPTIONS = "before options"
    BEFORE_TRIAL = "before a trial"
    DURING = "during a trial"


class SafetyAction(StrEnum):
    """What a gate does when it fires; `plan` maps each code to a door."""

    BLOCK = "block"
    BLOCK_PART = "block_part"
    CLINICIAN_FIRST = "clinician_first"
    CLINICIAN_URGENT = "clinician_urgent"
    CLINICIAN_PROMPT = "clinician_prompt"
    CLINICIAN_ADVISED = "clinician_advised"
    WARN = "warn"
    NOTE = "note"
    STOP_BLOCK = "stop_block"
    STOP_SEEK_CARE = "stop_seek_care"
    STOP_CRISIS = "stop_crisis"


class SafetyScope(StrEnum):
    """Kinds of things to try that a gate can apply to."""

    LIVE = "live probiotics"
    KILLED = "heat-killed probiotics"
    FIBRE = "prebiotics and fermentable fibre"
    SUPPLEMENT = "other supplements"
    SLEEP_RESTRICTION = "sleep restriction"
    BEHAVIOUR = "light, timing and CBT-I"
    TRIAL_START = "starting a personal trial"


class OptionTag(StrEnum):
    """Properties of an option that a gate can apply to."""

    HISTAMINE = "histamine producer"
    TYRAMINE = "tyramine producer"
    ENTEROCOCCUS = "enterococcus"
    BOULARDII = "saccharomyces boulardii"
    FERMENTED = "fermented food"
    MILK = "milk"
    SOY = "soy"
    MAGNESIUM = "magnesium"
    RESTRICTS_SLEEP = "contains sleep restriction"
    BRIGHT_LIGHT = "bright light"


class QuestionPage(StrEnum):
    """Groups of questions in the order in which they are asked, one a page."""

    MOOD = "how you feel"
    YOU = "about you"
    INFECTION = "lines, surgery and infection risk"
    GUT = "your gut"
    REACTIONS = "what your body reacts to"
    MEDICINES = "your medicines"
    NIGHTS = "your nights"
    SIGNS = "signs to have checked"
    DURING = "during a trial"


class SafetyCertainty(StrEnum):
    """How sure the reason of a gate is."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
