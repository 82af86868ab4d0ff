"""The API of letters of apology."""
