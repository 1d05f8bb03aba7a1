"""The result of a registry as it is written, and as entries for the evidence."""

from dataclasses import asdict, replace
from typing import Any

from noctiflora.study._evidence_entry import Entries, Found, entries_of
from noctiflora.study._registry import PooledGroup, RegistryResult
from noctiflora.study._run import summary_dict


def registry_dict(result: RegistryResult) -> dict[str, Any]:
    """Return the result as it is written to ``registry.json``."""
    return {
        "n_people": result.n_people,
        "n_refused": result.n_refused,
        "groups": [_group(group) for group in result.groups],
        "refused": [asdict(one) for one in result.refused],
    }


def registry_entries(result: RegistryResult) -> Entries:
    """Return the results that the evidence can count; those of known treatment are none."""
    found = entries_of(tuple(_found(group) for group in result.groups if not group.key.known))
    known = {group.key.product: "the people knew what they took" for group in result.groups if group.key.known}
    # an entry says how many agreed in time: the others shared what pleased them
    agreed = {group.data_sha256: group.n_agreed for group in result.groups}
    entries = tuple({**one, "n_agreed_before": agreed[one["data_sha256"]]} for one in found.entries)
    return replace(found, entries=entries, missing={**found.missing, **known})


def _found(group: PooledGroup) -> Found:
    outcome = group.key.outcome
    return Found(
        strain=group.key.product,
        mean=group.population.pooled,
        omega=group.population.omega_person,
        n_people=group.n_people,
        data_sha256=group.data_sha256,
        design={
            "blinding": group.blinding,
            "outcome": outcome.value,
            "instrument": group.key.instrument.value,
            "unit": outcome.unit,
            "higher_is_better": outcome.higher_is_better,
        },
    )


def _group(group: PooledGroup) -> dict[str, Any]:
    population, outcome = group.population, group.key.outcome
    in_sds = {"mean": population.pooled.mean / group.within_sd, "sd": population.pooled.sd / group.within_sd}
    return {
        "product": group.key.product,
        "outcome": outcome.value,
        "instrument": group.key.instrument.value,
        "treatment_known": group.key.known,
        "blinding": group.blinding,
        "unit": outcome.unit,
        "higher_is_better": outcome.higher_is_better,
        "n_people": group.n_people,
        "n_agreed_before": group.n_agreed,
        "within_sd": group.within_sd,
        "pooled": summary_dict(population.pooled),
        "pooled_in_within_sd": in_sds,
        "omega_person": population.omega_person.mean,
        "omega_person_posterior": summary_dict(population.omega_person),
        "predictive_sd": population.predictive_sd[group.key.product],
        "ess": population.points.ess,
        "data_sha256": group.data_sha256,
        "influence": [asdict(one) for one in group.influence],
    }
