"""What each component counts, in the law's words: querysets of the facts themselves."""
