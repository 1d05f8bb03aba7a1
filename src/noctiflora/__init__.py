"""Noctiflora: how the gut bears on sleep, and which probiotic helps one person sleep better."""

__version__ = "0.1.0"
