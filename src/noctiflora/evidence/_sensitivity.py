"""The named sensitivity analyses: other choices than the default, shown beside it and never hidden."""

from collections.abc import Mapping
from types import MappingProxyType

from noctiflora.evidence._settings import Discount, PoolSettings, Reading, ReviewChoice, Selective


def _scales(scale: float) -> PoolSettings:
    return PoolSettings(scale_strain=scale, scale_species=scale, scale_trial=scale)


SENSITIVITIES: Mapping[str, PoolSettings] = MappingProxyType(
    {
        "full posterior instead of the cut": PoolSettings(cut=False),
        "free fit, no review": PoolSettings(anchored=False),
        "narrow spreads (0.05)": _scales(0.05),
        "wide spreads (0.15)": _scales(0.15),
        "very wide spreads (0.3)": _scales(0.3),
        "people alike (spread 0)": PoolSettings(omega_person_scale=0.0),
        "people differ much (0.4)": PoolSettings(omega_person_scale=0.4),
        "no reporting excess": PoolSettings(b_rep_sd=0.0),
        "reporting excess in words and p-values only": PoolSettings(selective=Selective.WORDS_AND_P),
        "words left out": PoolSettings(words=False),
        "sceptical discount": PoolSettings(discount=Discount.SCEPTICAL),
        "population mean x 0.7, error kept": PoolSettings(discount=Discount.SCEPTICAL_SE_KEPT),
        "review read as fixed effect": PoolSettings(reading=Reading.FIXED),
        "population of the 39-trial review": PoolSettings(review=ReviewChoice.TRIALS_39),
        "population of Irwin 2020": PoolSettings(review=ReviewChoice.IRWIN_2020),
        "population of Liu 2025 (insomnia)": PoolSettings(review=ReviewChoice.LIU_2025),
        "population of Yu 2024 (standardised)": PoolSettings(review=ReviewChoice.YU_2024),
    }
)
