"""The API of people and agencies, and what every endpoint of the portal stands on."""
