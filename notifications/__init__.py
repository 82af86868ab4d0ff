"""Notifications: messages to people; knows addresses, not dossiers."""
