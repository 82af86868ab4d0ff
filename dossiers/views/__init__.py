"""Pages of the dossiers, cut by audience: the counter, the desk, the head, the public."""
