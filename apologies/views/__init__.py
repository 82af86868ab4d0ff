"""Pages of letters of apology, cut by who opens them."""
