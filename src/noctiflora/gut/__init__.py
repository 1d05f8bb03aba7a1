"""Gut: stool tables read, named and scored."""

from noctiflora.gut._join_names import join_names
from noctiflora.gut._reading import Feature, GutReading, Sample
from noctiflora.gut._vocabulary import Content, Rank, Unit
from noctiflora.gut.read import labels, read, read_gene_table, recognise

__all__ = [
    "Content",
    "Feature",
    "GutReading",
    "Rank",
    "Sample",
    "Unit",
    "join_names",
    "labels",
    "read",
    "read_gene_table",
    "recognise",
]
