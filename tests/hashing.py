"""Passwords of the cast: quick to hash, and readable to a portal with the real settings."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """One round instead of a million: signing in is not what most tests are about."""

    iterations = 1
