"""Intake: what a person says of their nights and days."""

from noctiflora.intake._checkin import CheckIn

__all__ = ["CheckIn"]
