"""Runs that libRoadRunner has solved once and the kernel repeats."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._person import Person
from noctiflora.axis._schedule import Day, Schedule, night_span, weekly
from noctiflora.axis._strain import Strain


@dataclass(frozen=True, slots=True, kw_only=True)
class OracleCase:
    """A run from the model's initial values at midnight of day 0."""

    days: int
    every_h: float
    schedule: Schedule = field(default_factory=Schedule)
    values: Mapping[str, float] = field(default_factory=dict)
    interventions: tuple[Intervention, ...] = ()

    def parameters(self) -> dict[str, float]:
        """Return the person's values with the preparation's."""
        own = {k: v for i in self.interventions if i.strain for k, v in i.strain.parameters().items()}
        return own | dict(self.values)

    def person(self) -> Person:
        """Return the person whose parameters the SBML file carries."""
        return Person(values=self.parameters())

    def read_h(self) -> list[float]:
        """Return the hours at which states are compared."""
        count = int(24 * self.days / self.every_h)
        return [round(self.every_h * (i + 1), 1) for i in range(count)]


_STRAIN = Strain(potency=0.3, histamine_per_h=0.05)
CASES = {
    "week": OracleCase(days=7, every_h=6.5),
    "season": OracleCase(
        days=84,
        every_h=49.3,
        schedule=weekly(work=Day(stress=0.3), free=Day(sleeps=(night_span(0.5, 9.0),), meals_h=(10.0, 14.0, 20.5))),
        values={"A0": 0.45, "DAO": 0.7},
        interventions=(
            Intervention(kind=Kind.LIVE_STRAIN, dose=1, start_day=14, end_day=70, strain=_STRAIN),
            Intervention(kind=Kind.RESISTANT_STARCH, dose=10, start_day=28, end_day=84),
        ),
    ),
}
