"""Waiting for the bell: a process rings it a moment after the commit, for all it ordered."""

import threading


def rung() -> None:
    """Let every bell that is about to ring do so."""
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join()
