"""Readers of stool tables: one file per format, chosen by content."""

from noctiflora.gut.read._foreign import foreign
from noctiflora.gut.read._lineage import clean
from noctiflora.gut.read._registry import labels, read, read_gene_table, recognise

__all__ = ["clean", "foreign", "labels", "read", "read_gene_table", "recognise"]
