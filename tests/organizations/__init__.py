"""Tests of who works where."""
