"""The field types and checks that the row models of all tables share."""

import itertools
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from noctiflora.core import NoctifloraError, Source, parse_sources
from noctiflora.evidence._table import Row


def _sources(cell: object) -> tuple[Source, ...]:
    if not isinstance(cell, str):
        raise ValueError("every row needs a source; give a DOI, PMID or address, or 'assumed (range)'")
    try:
        return parse_sources(cell)
    except NoctifloraError as error:
        raise ValueError(str(error)) from None


Sources = Annotated[
    tuple[Source, ...],
    BeforeValidator(_sources),
    WithJsonSchema({"type": "string", "minLength": 1}),
    Field(description="DOI, PMID, address or `assumed`, parted by `; `; a part may carry a note in brackets"),
]
Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=1)]
Days = Annotated[int, Field(ge=1, le=730)]
Year = Annotated[int, Field(ge=1980, le=2100)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Spread = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Percent = Annotated[float, Field(ge=0, le=100)]
Doi = Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")]
Pmid = Annotated[str, Field(pattern=r"^\d{1,8}$")]


class SourcedRow(Row):
    """A row with its sources, and with fields that must not fall from left to right."""

    ascending: ClassVar[tuple[tuple[str, ...], ...]] = ()

    sources: Sources

    @model_validator(mode="after")
    def _ascends(self) -> Self:
        for names in self.ascending:
            present = [(name, getattr(self, name)) for name in names if getattr(self, name) is not None]
            for (low_name, low), (high_name, high) in itertools.pairwise(present):
                if low > high:
                    raise ValueError(f"{low_name} = {low:g} lies above {high_name} = {high:g}")
        return self
