"""Reads the national catalogue's text into plain facts: pure, no database, no clock."""
