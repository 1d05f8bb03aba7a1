"""Sleep: readers of exports, nights, resolving of overlapping sources, metrics."""

from noctiflora.sleep._circular import ClockMean, clock_difference, clock_mean, social_jetlag
from noctiflora.sleep._edit import EditField, NightEdit
from noctiflora.sleep._join import Loser
from noctiflora.sleep._metrics import long_awakenings, maintenance_pct, measure, stage_shares
from noctiflora.sleep._night import Episode, Kind, Night, Segment, Stage, Totals
from noctiflora.sleep._night_dict import night_dict
from noctiflora.sleep._regularity import Regularity, State, sri, states
from noctiflora.sleep._resolve import Resolution, resolve
from noctiflora.sleep._series import outcome_values
from noctiflora.sleep._summary import Spread, Summary, summarise
from noctiflora.sleep.read import Reading, Skipped, labels, members, read, read_all, recognise

__all__ = [
    "ClockMean",
    "EditField",
    "Episode",
    "Kind",
    "Loser",
    "Night",
    "NightEdit",
    "Reading",
    "Regularity",
    "Resolution",
    "Segment",
    "Skipped",
    "Spread",
    "Stage",
    "State",
    "Summary",
    "Totals",
    "clock_difference",
    "clock_mean",
    "labels",
    "long_awakenings",
    "maintenance_pct",
    "measure",
    "members",
    "night_dict",
    "outcome_values",
    "read",
    "read_all",
    "recognise",
    "resolve",
    "social_jetlag",
    "sri",
    "stage_shares",
    "states",
    "summarise",
]
