"""The API of taking over the dossiers of old systems."""
