"""Evidence: what randomised trials have shown, as validated data, and how it is pooled."""

__all__: list[str] = []
