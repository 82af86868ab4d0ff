"""Tests of dossiers, their ledger, and what the database keeps of them."""
