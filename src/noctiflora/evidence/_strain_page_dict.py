"""The page about one product as a plain dictionary, for JSON."""

from dataclasses import asdict

from noctiflora.core import Source
from noctiflora.evidence._evidence import Evidence
from noctiflora.evidence._pooled import Estimate
from noctiflora.evidence._pooled_dict import strain_dict
from noctiflora.evidence._strain_page import StrainPage


def strain_page_dict(evidence: Evidence, page: StrainPage) -> dict[str, object]:
    """Return the record that ``evidence strain NAME --format json`` prints; effects in SMD, negative = better.

    Parameters
    ----------
    evidence : Evidence
        Holds the rules of certainty.
    page : StrainPage
        From `strain_page`.
    """
    return {
        **strain_dict(evidence, page.pooled),
        "unit": "SMD",
        "summary": list(page.summary),
        "free": _estimate(page.free),
        "sceptical": _estimate(page.sceptical),
        "population": {
            "review": page.population.review.value,
            "mean": page.population.mean,
            "sd": page.population.sd,
            "ci95": list(page.population.ci95),
            "note": page.population.note,
            "sources": [_source(s) for s in page.population.sources],
        },
        "important": {
            "smd": page.important_smd,
            "psqi_points": page.important_points,
            "chance_in_a_new_person": page.p_important,
            "source": _source(page.important_source),
        },
        "trials": [asdict(card) | {"links": list(card.links)} for card in page.trials],
        "forest": [asdict(line) | {"tier": line.tier.value} for line in page.forest],
        "doses_and_durations": [
            {"trial_id": card.trial_id, "dose": card.dose, "days": card.days} for card in page.trials
        ],
        "adverse_events": [
            {"trial_id": card.trial_id, "reported": card.adverse_events}
            for card in page.trials
            if card.adverse_events is not None
        ],
        "mechanisms": [asdict(m) | {"levels": [x.value for x in m.levels]} for m in page.mechanisms],
        "products_as_named": list(page.products),
        "related": list(page.related),
        "nightly": {
            "outcome": page.outcome.value,
            "instrument": page.instrument.value,
            "unit": page.outcome.unit,
            "mean": page.expected.mean,
            "sd": page.expected.sd,
            "p_benefit": page.expected.p_better_than(0.0),
            "useful": page.useful,
            "p_useful": page.p_useful,
            "chain": [
                {"step": i, "what": step.what, "value": step.value, "sources": [_source(s) for s in step.sources]}
                for i, step in enumerate(page.chain, start=1)
            ],
        },
    }


def _estimate(effect: Estimate) -> dict[str, object]:
    return {"mean": effect.mean, "sd": effect.sd, "ci95": list(effect.ci95)}


def _source(source: Source) -> dict[str, object]:
    return {"ref": source.ref, "note": source.note, "url": source.url}
