"""A real SMS gateway for the tests: `gateway_server.py PORT FOLDER`; `behaviour` rules it.

It keeps each message under its request_id, so that a repeated request is sent once, and notes
every request that it hears.
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

PORT, FOLDER = int(sys.argv[1]), Path(sys.argv[2])
ANSWERS = {
    "busy": (429, b"{}"),
    "refuse": (403, b'{"error": "brand"}'),
    "broken": (500, b"Internal error"),
    "nonsense": (200, b"<html>Welcome</html>"),
    "no-number": (200, b'{"id": null}'),
    "a-list": (200, b"[1, 2]"),
    "not-text": (200, b"\xff\xfe\x00"),
}


def behaviour() -> str:
    path = FOLDER / "behaviour"
    return path.read_text() if path.exists() else ""


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        document = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        document["authorization"] = self.headers["Authorization"]
        assert self.headers["Idempotency-Key"] == document["request_id"]
        ruled = behaviour()
        (FOLDER / f"heard-{uuid4().hex}").touch()
        if ruled == "hold-before":
            time.sleep(600)
        if ruled == "hang-up":
            return
        if ruled in ANSWERS:
            self._answer(*ANSWERS[ruled])
            return
        kept = FOLDER / f"{document['request_id']}.json"
        if not kept.exists():
            kept.write_text(json.dumps(document))
        if ruled == "hold-after":
            time.sleep(600)
        self._answer(202, json.dumps({"id": f"gw-{document['request_id'][:6]}"}).encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


server = ThreadingHTTPServer(("127.0.0.1", PORT), Handler)
(FOLDER / "ready").touch()
server.serve_forever()
