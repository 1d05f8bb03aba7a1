"""What one person's shared trial tells of its product, on the scale of the pooling model.

The likelihood of theta (unit of the nightly outcome) is read as a normal, carried back by SMD = theta / (SD_b c), and
widened by the spread between people and by what is not known of c: one person is one draw from many.
"""

import math

import numpy as np

from noctiflora.core import Source
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._strain_key import key_of_cell
from noctiflora.evidence._term import NoTerm, Silence, Term, TermKind
from noctiflora.evidence._transfer import spread_between, usual_transfer
from noctiflora.evidence._vocabulary import Blinding
from noctiflora.evidence.rows import NewPersonal

OMEGA_PERSON = 0.2  # SMD; the spread between people, the scale of its prior in the pooling; assumed, 0.1 to 0.4


def personal_term(evidence: Evidence, shared: NewPersonal) -> Term | NoTerm:
    """Return the term of a shared personal trial, or why it gives none.

    Parameters
    ----------
    evidence : Evidence
        Holds the spreads between people by which a nightly outcome becomes SMD.
    shared : NewPersonal
        The likelihood.
    """
    key = key_of_cell(shared.strain, shared.id)
    assert key is not None
    if shared.blinding is Blinding.OPEN:
        return NoTerm(trial_id=shared.id, key=key, why=Silence.OPEN_LABEL)
    mean, sd = moments(shared)
    spread, sources = spread_between(evidence, shared.outcome, shared.instrument)
    transfer = usual_transfer(shared.outcome, shared.instrument)
    sign = -1.0 if shared.higher_is_better else 1.0
    scale = spread * transfer.mean
    y = sign * mean / scale
    se = math.hypot(sd / scale, y * transfer.sd / transfer.mean, OMEGA_PERSON)
    note = Source(ref="assumed", note=f"one person stands {OMEGA_PERSON:g} SMD from the mean effect; 0.1 to 0.4")
    return Term(
        trial_id=shared.id,
        key=key,
        kind=TermKind.EXACT,
        low=y,
        high=y,
        se=se,
        selective=not shared.agreed_before,
        n_people=1,
        arms_assumed_equal=False,
        outcome=f"{shared.outcome.label} of one person",
        form=shared.form,
        sources=(Source(ref=shared.doi), *sources, transfer.source, note),
    )


def moments(shared: NewPersonal) -> tuple[float, float]:
    """Return mean and SD of theta under its likelihood alone, by the trapezium on its grid."""
    x = np.array(shared.theta)
    log_l = np.array(shared.log_likelihood)
    weight = np.exp(log_l - log_l.max()) * np.gradient(x)
    weight /= weight.sum()
    mean = float(weight @ x)
    return mean, math.sqrt(max(float(weight @ (x - mean) ** 2), float(np.diff(x).min()) ** 2 / 12))
