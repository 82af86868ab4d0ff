"""Pages of the catalogue, by what a person comes to do."""
