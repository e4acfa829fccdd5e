"""A developer's machine and the demo: plain HTTP on loopback, keys kept in the data directory."""

import secrets

from cryptography.fernet import Fernet

from .base import *  # noqa: F403
from .base import DATA_DIR, FIELD_KEYS, HASH_KEY, SECRET_KEY, env


def _kept(name, make):
    """A key made at the first start and kept beside the database it belongs to."""
    path = DATA_DIR / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text()


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = SECRET_KEY or _kept("secret_key", lambda: secrets.token_urlsafe(50))
FIELD_KEYS = FIELD_KEYS or [_kept("field_key", lambda: Fernet.generate_key().decode())]
HASH_KEY = HASH_KEY or _kept("hash_key", lambda: secrets.token_urlsafe(32))
