"""A real mail server for the tests: `smtp_server.py PORT FOLDER`; the file `behaviour` rules it.

It keeps each mail in a file, the sender's Message-ID within; held answers never come, so that
a test can kill whoever waits, or the server itself, exactly there.
"""

import asyncio
import sys
import time
from itertools import count
from pathlib import Path

from aiosmtpd.controller import Controller

PORT, FOLDER = int(sys.argv[1]), Path(sys.argv[2])
NUMBERS = count(len(list(FOLDER.glob("*.eml"))))


def behaviour() -> str:
    path = FOLDER / "behaviour"
    return path.read_text() if path.exists() else ""


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        (FOLDER / "asked").touch()
        ruled = behaviour()
        if ruled == "hold-recipient":
            await asyncio.sleep(600)
        if ruled == "refuse-recipient":
            return f"550 5.1.1 <{address}>: no such mailbox"
        if ruled == "busy":
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        ruled = behaviour()
        if ruled == "hold-before":
            (FOLDER / "held").touch()
            await asyncio.sleep(600)
        if ruled == "refuse-content":
            return "554 5.7.1 Looks like spam"
        (FOLDER / f"{next(NUMBERS):04}.eml").write_bytes(envelope.content)
        if ruled == "hold-after":
            await asyncio.sleep(600)
        if ruled == "slow":
            await asyncio.sleep(0.3)
        return "250 OK"


controller = Controller(Handler(), hostname="127.0.0.1", port=PORT)
controller.start()
(FOLDER / "ready").touch()
while True:
    time.sleep(60)
