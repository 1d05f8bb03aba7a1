"""Whether the engine is already compiled."""

from pathlib import Path


def is_warm() -> bool:
    """Return whether the compiled engine stands in the compiler's cache, newer than its source.

    A first use without it takes up to 20 seconds, which deserves a word before it begins.
    """
    from noctiflora.axis import _engine

    kept = Path(_engine.advance.stats.cache_path).glob("_engine._build.locals.run_span-*.nbi")  # type: ignore[attr-defined]
    written = Path(_engine.__file__).stat().st_mtime
    return any(index.stat().st_mtime >= written for index in kept)
