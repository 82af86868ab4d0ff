"""Procedures: the catalogue of administrative procedures."""
