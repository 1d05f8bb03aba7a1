"""Evidence: what randomised trials have shown, as validated data, and how it is pooled."""

from noctiflora.evidence._evidence import Evidence, load

__all__ = ["Evidence", "load"]
