"""Reporting: reads everything, writes nothing but tallies and snapshots."""
