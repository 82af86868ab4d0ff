"""A small HTTP client that asks as fast as it is answered, with one or several connections.

gunicorn's sync workers answer one request a connection, so each request opens its own.
"""

import math
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import quantiles

_FEWEST = 20
# The port that is asked, and the bytes of the request of each number.
Message = tuple[int, Callable[[int], bytes]]


@dataclass(frozen=True)
class Figures:
    """What one run of requests gave."""

    per_second: float
    p50_ms: float
    p95_ms: float

    def __str__(self) -> str:
        return f"{self.per_second:,.0f}/s, {self.times}"

    @property
    def times(self) -> str:
        """How long half and nineteen of twenty answers took at most."""
        return f"p50 {self.p50_ms:.1f} ms, p95 {self.p95_ms:.1f} ms"


def request(
    method: str, path: str, *, host: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> bytes:
    """The bytes of one request, ready to be sent again and again."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def ask(port: int, message: bytes) -> bytes:
    """Send a request, read the whole answer; refuses any status that is not 2xx."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(message)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    answer = b"".join(parts)
    if not answer.startswith((b"HTTP/1.1 2", b"HTTP/1.0 2")):
        raise RuntimeError(answer[:600].decode(errors="replace"))
    return answer


def measure_at(message: Message, *, clients: int, count: int, at_most: float = math.inf) -> Figures:
    """Ask `count` times, spread over so many clients; every answer must be a good one.

    A page so slow that it takes longer than `at_most` seconds is asked less often.
    """
    port, message_of = message
    times: list[float] = []
    failures: list[Exception] = []

    def client(number: int) -> None:
        try:
            for index in range(number, count, clients):
                if index >= _FEWEST and time.perf_counter() > until:
                    break
                body = message_of(index)
                began = time.perf_counter()
                ask(port, body)
                times.append(time.perf_counter() - began)
        except Exception as error:  # noqa: BLE001 (told below, with the figures refused)
            failures.append(error)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    began = time.perf_counter()
    until = began + at_most
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - began
    if failures:
        raise failures[0]
    cuts = quantiles(times, n=20)
    return Figures(len(times) / elapsed, cuts[9] * 1000, cuts[18] * 1000)
