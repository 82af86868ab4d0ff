"""Settings of letters of apology and of their signatures; `settings` gives them to Django."""

from pathlib import Path

from tthc_portal import env

# Working days before the promise from which on a draft waits; and after it for the new day.
APOLOGY_DRAFT_BEFORE = env.integer("APOLOGY_DRAFT_BEFORE", 2)
APOLOGY_NEW_DAY_AFTER = env.integer("APOLOGY_NEW_DAY_AFTER", 3)
# Who gives the keys: files in SIGNING_DIR, or a class of one's own for tokens.
SIGNING_KEYS = env.text("SIGNING_KEYS", "apologies.keys.FileKeys")
SIGNING_PASSPHRASE = env.secret("SIGNING_PASSPHRASE")
# For apologies.tokens.TokenKeys: the maker's library, the label of the token, its PIN.
PKCS11_MODULE = env.text("PKCS11_MODULE")
PKCS11_TOKEN = env.text("PKCS11_TOKEN")
PKCS11_PIN = env.secret("PKCS11_PIN")


def signing_dir(default: Path) -> Path:
    """Where the keys lie; never inside the repository's own files."""
    return Path(env.text("SIGNING_DIR", str(default)))
