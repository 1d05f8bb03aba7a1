"""How two guilds of a placed sample lie against the reference, as a scenario: never a measured amount."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from noctiflora.gut._day_noise import BETWEEN_SD
from noctiflora.gut._place import Placement
from noctiflora.gut._references import MEDIAN
from noctiflora.gut._traits import traits

GUILDS: Mapping[str, str] = MappingProxyType({"butyrate": "makes butyrate", "gaba": "makes GABA"})
"""Guilds whose genera can be placed, by the trait that makes a genus a member. Formers of histamine and opportunists
are mostly families that grow in the post, of which no reference tells."""

Z80 = 1.2816


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildStart:
    """One guild as a start value, the middle of the reference being 1.

    Parameters
    ----------
    guild : str
        ``"butyrate"`` or ``"gaba"``.
    genera : tuple of str
        Members that could be placed.
    value : float
        Drawn towards 1 by as much as laboratory and day blur it.
    low, high : float
        Within which it lies with 80 %, by the same blur.
    """

    guild: str
    genera: tuple[str, ...]
    value: float
    low: float
    high: float


def guild_starts(placed: Placement) -> tuple[GuildStart, ...]:
    r"""Return the guilds of a placed sample; empty where it could not be placed.

    With the spread between people :math:`b` (1.9), the mean distance :math:`d` of a guild's genera from the
    reference's medians and the blur :math:`e^2` of laboratory and day, the logarithm of the start value is
    :math:`d\, b^2/(b^2+e^2)`, its variance :math:`b^2 e^2/(b^2+e^2)`. The blur is not divided by the number of genera:
    a laboratory shifts them together.

    Parameters
    ----------
    placed : Placement
        Of one sample.
    """
    if not placed.places or not placed.references:
        return ()
    blur = placed.batch_sd**2 * (1 + 1 / len(placed.references)) + placed.day_sd**2
    kept = BETWEEN_SD**2 / (BETWEEN_SD**2 + blur)
    sd = (kept * blur) ** 0.5
    out = []
    for guild, trait in GUILDS.items():
        members = {
            t.taxon.split(" ")[0] if t.taxon.count(" ") == 1 else t.taxon
            for t in traits()
            if t.trait == trait and t.is_for
        }
        places = [p for p in placed.places if p.taxon in members]
        if not places:
            continue
        medians = [float(np.mean([c.genera[p.taxon].log_ratios[MEDIAN] for c in placed.references])) for p in places]
        middle = kept * float(np.mean([p.log_ratio - m for p, m in zip(places, medians, strict=True)]))
        low, value, high = (float(np.exp(middle + z * sd)) for z in (-Z80, 0.0, Z80))
        out.append(GuildStart(guild=guild, genera=tuple(p.taxon for p in places), value=value, low=low, high=high))
    return tuple(out)
