"""Tests of the pooling model."""
