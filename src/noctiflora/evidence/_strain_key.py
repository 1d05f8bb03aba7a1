"""The identity under which results of one product are pooled."""

import re
from dataclasses import dataclass
from enum import StrEnum

from noctiflora.evidence.rows import StrainRow, TrialRow

UNKNOWN_ID = "id unknown"
_BINOMIAL = re.compile(r"^(?P<species>[A-Z][a-z]+ [a-z]+(?: subsp\. [a-z]+)?) (?P<id>\S.*)$")


class Kind(StrEnum):
    """What a key stands for."""

    STRAIN = "strain"
    BLEND = "blend"
    UNDISCLOSED = "undisclosed product"
    PREBIOTIC = "prebiotic"


@dataclass(frozen=True, slots=True, kw_only=True)
class StrainKey:
    """A strain, a blend, an undisclosed product or a prebiotic.

    Parameters
    ----------
    name : str
        The key: ``"Bifidobacterium longum 1714"``; a blend joins its sorted parts by ``;``; an undisclosed
        product is its trial; a prebiotic is ``"none (PHGG)"``.
    kind : Kind
        What it is.
    species : str or None
        Species (with subspecies) whose effect it shares; None where nothing is shared.
    """

    name: str
    kind: Kind
    species: str | None = None

    @property
    def has_known_id(self) -> bool:
        """Whether a product can be recognised as this strain."""
        return self.kind is not Kind.UNDISCLOSED and UNKNOWN_ID not in self.name

    @property
    def label(self) -> str:
        """Name to show."""
        if self.kind is Kind.PREBIOTIC:
            return self.name.removeprefix("none (").removesuffix(")").replace("; ", " + ")
        if self.kind is Kind.UNDISCLOSED:
            return f"undisclosed product of the trial {self.name}"
        return self.name.replace(";", " + ")


def single(name: str) -> StrainKey | None:
    """Return the key of one strain named ``Genus species id``; None where the name has another shape.

    Examples
    --------
    >>> single("Bifidobacterium animalis subsp. lactis BLa80").species
    'Bifidobacterium animalis subsp. lactis'
    """
    match = _BINOMIAL.match(name.strip())
    if match is None:
        return None
    ident = match["id"].strip()
    if ident == f"({UNKNOWN_ID})":
        ident = UNKNOWN_ID
    return StrainKey(name=f"{match['species']} {ident}", kind=Kind.STRAIN, species=match["species"])


def key_of_trial(row: TrialRow) -> StrainKey | None:
    """Return the key of the product a trial row is about; None where it is neither strain nor prebiotic."""
    return key_of_cell(row.strains, row.trial_id)


def key_of_cell(cell: str, trial_id: str) -> StrainKey | None:
    """Return the key that a cell of strain names means; an undisclosed product is keyed by its trial."""
    if cell.startswith("none ("):
        substance = cell[len("none (") : -1]
        if substance == "faecal microbiota transplant":
            return None
        return StrainKey(name=_prebiotic(substance), kind=Kind.PREBIOTIC)
    if cell.startswith("undisclosed"):
        return StrainKey(name=trial_id, kind=Kind.UNDISCLOSED)
    parts = [single(part) for part in cell.split(";")]
    names = sorted(part.name for part in parts if part is not None)
    if len(names) == 1:
        return parts[0]
    return StrainKey(name=";".join(names), kind=Kind.BLEND)


def key_of_strain(row: StrainRow) -> StrainKey | None:
    """Return the key of a row of the strains table; None for an undisclosed product, which its trial names."""
    if row.species in ("undisclosed", "none"):
        return None
    if row.species == "prebiotic":
        return StrainKey(name=_prebiotic(row.strain_id), kind=Kind.PREBIOTIC)
    return StrainKey(name=f"{row.species} {row.strain_id}", kind=Kind.STRAIN, species=row.species)


def _prebiotic(substance: str) -> str:
    return f"none ({'; '.join(sorted(p.strip() for p in substance.split(';')))})"
