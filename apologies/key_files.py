"""Private keys in SIGNING_DIR, readable by their owner alone from the first byte on."""

import os
import re
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from django.conf import settings

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def is_name(text: str) -> bool:
    """May a key be called so? It becomes the name of a file."""
    return _NAME.fullmatch(text) is not None


def path_of(name: str) -> Path:
    """Where the key of this name lies; never outside the folder."""
    folder: Path = settings.SIGNING_DIR
    return folder / f"{Path(name).name}.key"


def keep(name: str, key: PrivateKeyTypes) -> Path:
    """Write the key as PKCS#8, behind SIGNING_PASSPHRASE when there is one."""
    path = path_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    passphrase = settings.SIGNING_PASSPHRASE.encode()
    cipher: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        cipher = serialization.BestAvailableEncryption(passphrase)
    content = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, cipher
    )
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return path
