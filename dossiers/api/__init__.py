"""The API of dossiers: the same acts and lists as the pages."""
