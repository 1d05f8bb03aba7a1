"""Sample: seeded, made-up people and their exports in true formats."""
