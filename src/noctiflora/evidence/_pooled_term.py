"""What a study of many personal trials tells of its product, on the scale of the pooling model.

The mean effect is carried back by SMD = theta / (SD_b c), as that of one person is, but stands for the mean over
people: nothing is added for the spread between them. That spread is carried back the same way, and takes the
place of what is else assumed of it.
"""

import math
from collections.abc import Mapping

from noctiflora.core import Source
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._strain_key import StrainKey, key_of_cell
from noctiflora.evidence._term import NoTerm, Silence, Term, TermKind
from noctiflora.evidence._transfer import spread_between, usual_transfer
from noctiflora.evidence._vocabulary import Blinding
from noctiflora.evidence.rows import NewPooled


def pooled_term(evidence: Evidence, pooled: NewPooled) -> Term | NoTerm:
    """Return the term of a study of many personal trials, or why it gives none.

    Parameters
    ----------
    evidence : Evidence
        Holds the spreads between people by which a nightly outcome becomes SMD.
    pooled : NewPooled
        What the study found.
    """
    key = product_of(pooled)
    if pooled.blinding is Blinding.OPEN:
        return NoTerm(trial_id=pooled.id, key=key, why=Silence.OPEN_LABEL)
    spread, sources = spread_between(evidence, pooled.outcome, pooled.instrument)
    transfer = usual_transfer(pooled.outcome, pooled.instrument)
    scale = spread * transfer.mean
    y = (-1.0 if pooled.higher_is_better else 1.0) * pooled.mean / scale
    return Term(
        trial_id=pooled.id,
        key=key,
        kind=TermKind.EXACT,
        low=y,
        high=y,
        se=math.hypot(pooled.sd / scale, y * transfer.sd / transfer.mean),
        selective=pooled.n_agreed_before < pooled.n_people,
        n_people=pooled.n_people,
        arms_assumed_equal=False,
        outcome=f"{pooled.outcome.label} over many personal trials",
        form=pooled.form,
        sources=(source_of(pooled), *sources, transfer.source),
    )


def spreads_told(evidence: Evidence, *, without: str | None = None) -> Mapping[str, tuple[tuple[float, float], ...]]:
    """Return, by product, mean and SD of the spread between people (SMD) that each study found.

    Parameters
    ----------
    evidence : Evidence
        Holds the studies.
    without : str, optional
        Id of a study that is left out.
    """
    out: dict[str, tuple[tuple[float, float], ...]] = {}
    for pooled in evidence.pooled_people:
        if pooled.id == without or pooled.blinding is Blinding.OPEN:
            continue
        transfer = usual_transfer(pooled.outcome, pooled.instrument)
        scale = spread_between(evidence, pooled.outcome, pooled.instrument)[0] * transfer.mean
        omega = pooled.omega_person / scale
        told = (omega, math.hypot(pooled.omega_person_sd / scale, omega * transfer.sd / transfer.mean))
        name = product_of(pooled).name
        out[name] = (*out.get(name, ()), told)
    return out


def spread_source(evidence: Evidence, name: str, scale: float) -> Source:
    """Return where the spread between people of a product comes from: a study, or the assumption."""
    found = [p for p in evidence.pooled_people if product_of(p).name == name and p.blinding is not Blinding.OPEN]
    if found:
        return source_of(found[-1])
    note = f"spread between people half-normal({scale:g} SMD); 0 to 0.4; parallel trials cannot tell"
    return Source(ref="assumed", note=note)


def source_of(pooled: NewPooled) -> Source:
    """Return the deposit of a study, or the mark of its data set where it lies in none."""
    what = f"{pooled.n_people} personal trials, data set {pooled.data_sha256[:12]}, by {pooled.made_by}"
    if pooled.doi is None:
        return Source(ref="assumed", note=f"{what}; in no deposit")
    return Source(ref=pooled.doi, note=what)


def product_of(pooled: NewPooled) -> StrainKey:
    """Return the product that a study is about."""
    key = key_of_cell(pooled.strain, pooled.id)
    assert key is not None
    return key
