"""Sleep: readers of exports, nights, resolving of overlapping sources, metrics."""

from noctiflora.sleep._night import Episode, Kind, Night, Segment, Stage, Totals

__all__ = ["Episode", "Kind", "Night", "Segment", "Stage", "Totals"]
