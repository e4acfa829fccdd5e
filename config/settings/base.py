"""Settings common to every place the application runs; the only file that reads the environment."""

import os
from pathlib import Path

import environ
from bootstrap_wrapper import get_bootstrap_dir
from csp.constants import NONE, SELF

from config.logs import Formatter

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
ASSETS_DIR = DATA_DIR / "assets"
"""Fonts and icons cut from their packages by `manage.py build_assets`."""
ASSETS_DIR.mkdir(parents=True, exist_ok=True)
PAPER_FONTS_DIR = Path(
    env.str(
        "PAPER_FONTS_DIR",
        default=str(BASE_DIR / ".venv" / "fonts" / "rinoh_typeface_texgyretermes"),
    )
)

DEBUG = False
DEMO = env.bool("DEMO", default=False)
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="doan-phuong-1")
SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
FIELD_KEYS = env.list("FIELD_KEYS", default=[])
"""Keys for citizen ids at rest, newest first; the first encrypts, all decrypt."""
HASH_KEY = env.str("HASH_KEY", default="")
"""Key of the hash by which a citizen id is looked up; it never changes."""
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
"""Addresses of the servers in front, whose X-Forwarded-For tells where a request came from."""
PUBLIC_HOST = env.str("PUBLIC_HOST", default="127.0.0.1:8000")
"""The host printed beside the check code of a paper."""

INSTALLED_APPS = [
    "core",
    "tochuc",
    "doanvien",
    "chidoan",
    "tudưong.apps.TuDuongConfig",
    "baocao",
    "config.apps.QuanTriConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "config.static.StaticFilesConfig",
    "treebeard",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "lucide",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "core.middleware.WayOnMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tochuc.middleware.DangNhapMiddleware",
    "tochuc.middleware.NguonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.PlainAddressMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tochuc.context.shell",
            ],
            "builtins": ["core.templatetags.core", "django.templatetags.static"],
        },
    }
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # A long transaction keeps its pages until it ends: written before, they would shut out readers.
    "init_command": (
        "PRAGMA journal_mode=TRUNCATE;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
        "PRAGMA cache_spill=OFF;"
    ),
}


POSTGRESQL_OPTIONS = {
    "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
    # The statements of figures are wide: compiling one took 14 s where running it takes 1 s.
    "options": "-c jit=off",
}


def database(url):
    """Turn a database URL into Django's settings, with the options each engine needs."""
    config = environ.Env.db_url_config(url)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS
    else:
        config["ENGINE"] = "django.db.backends.postgresql"
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = POSTGRESQL_OPTIONS
    return config


DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "tochuc.NguoiDung"
AUTHENTICATION_BACKENDS = ["tochuc.auth.DangNhapBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "tochuc.mat_khau.MatKhauDeDoanValidator"},
]

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", get_bootstrap_dir()),
    ("assets", ASSETS_DIR),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["woff2", "png", "map"]
MEDIA_ROOT = DATA_DIR / "files"
PHOTOS_PER_EVENT = env.int("PHOTOS_PER_EVENT", default=12)
"""How many photos a meeting or an activity may have; the roll on paper besides."""
PHOTO_MB_PER_YEAR = env.int("PHOTO_MB_PER_YEAR", default=100)
"""What the photos of one unit may take in one year."""
PHOTO_MIN_FREE_MB = env.int("PHOTO_MIN_FREE_MB", default=500)
"""With less room on the disk no photo is taken, so that records still are."""
GIU_QUA_KHOI_PHUC = "doanvien.rieng_tu.bia"
"""What outlives a restore: `lay()` is asked before, `ap_dung(…)` called after."""

OFFICES = "chidoan.queries.offices"
"""Who held which office of a unit on a day: who signs its papers."""
SAP_XEP_DI_THEO = ["tudưong.sap_xep", "baocao.sap_xep"]
"""What of the upper layers goes along when units are reorganised."""
HAND_OVER = ["chidoan.ban_giao.so_lieu.phan_chi_doan", "tudưong.ban_giao.phan_tu_duong"]
"""What a secretary hands over to the next: each function tells its layer's sections."""
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOBS_DIR = DATA_DIR / "jobs"
"""Files that background work has made, until they are fetched or a day old."""
PRINTERS = env.int("PRINTERS", default=min(4, os.cpu_count() or 1))
"""So many processes lay out the papers of a batch, each of 1 GiB at most; 0: none apart."""

CRISPY_ALLOWED_TEMPLATE_PACKS = ("doan",)
CRISPY_TEMPLATE_PACK = "doan"
FILTERS_EMPTY_CHOICE_LABEL = "Tất cả"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
DEVICE_COOKIE_NAME = "thiet_bi"
"""Marks a device on which an account has been opened; see `tochuc.auth.sign_in`."""
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": Formatter, "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
