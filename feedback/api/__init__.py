"""The API of petitions and ratings."""
