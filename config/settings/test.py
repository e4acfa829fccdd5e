"""Tests: known keys, fast hashes, plain static files, either database."""

from .base import *  # noqa: F403
from .base import DATA_DIR, DATABASE_URL, DATABASES, SQLITE_OPTIONS, STORAGES

SECRET_KEY = "test-key-that-protects-nothing-and-is-long-enough-for-the-checks"  # noqa: S105 -- protects nothing
FIELD_KEYS = ["dGVzdC1rZXktb2YtMzItYnl0ZXMtZm9yLWZlcm5ldCE="]
HASH_KEY = "test-hash-key"
PHOTO_MIN_FREE_MB = 0
PRINTERS = 0
DEMO = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if DATABASE_URL.startswith("sqlite"):
    # In a file, so that browser tests may use several connections.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"] = {
        **SQLITE_OPTIONS,
        "init_command": "PRAGMA journal_mode=MEMORY;PRAGMA synchronous=OFF;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {}  # a pool would keep the test database open
