"""The API of apologies."""
