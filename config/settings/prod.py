"""Production: refuses to start without its keys, and with the demo switched on."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import DEMO, FIELD_KEYS, HASH_KEY, SECRET_KEY, env

if not (SECRET_KEY and FIELD_KEYS and HASH_KEY):
    raise ImproperlyConfigured("SECRET_KEY, FIELD_KEYS and HASH_KEY must be set in production.")
if DEMO:
    raise ImproperlyConfigured("Demo mode has no place in production: unset DEMO.")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
DEVICE_COOKIE_NAME = "__Host-thiet_bi"
SECURE_REDIRECT_EXEMPT = [r"^healthz/$", r"^readyz/$"]
