"""Workdays: working days and hours; knows nothing of dossiers."""
