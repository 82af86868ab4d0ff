"""Dossiers: a dossier from acceptance to the result in the citizen's hand."""
