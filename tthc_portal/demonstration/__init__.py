"""The demonstration province: believable people and dossiers, none of them real."""
