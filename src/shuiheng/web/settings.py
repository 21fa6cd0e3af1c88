"""Django settings; everything that differs between installations is a SHUIHENG_ variable.

SHUIHENG_STATE          folder for records, uploads, the secret key and the job queue (default: var)
SHUIHENG_DATABASE_URL   postgresql://… instead of SQLite in the state folder
SHUIHENG_SECRET_KEY     instead of the key kept in the state folder
SHUIHENG_HOSTS          comma-separated host names under which the site answers
SHUIHENG_HTTPS          1: behind TLS; cookies, redirects and HSTS follow
SHUIHENG_LANGUAGE       zh-hans (default) or en
SHUIHENG_MAIL_URL       smtp://user:password@host:25 or smtps://…; without it no mail is sent
SHUIHENG_MAIL_FROM      sender of mail
SHUIHENG_SMS_URL        gateway to which short messages are posted; SHUIHENG_SMS_TOKEN its token
SHUIHENG_POLICY         djbh (default), asvs or demo: rules for passwords, sessions and second factors
SHUIHENG_PROXIES        1: one trusted proxy in front; its X-Forwarded-For tells from where people come
SHUIHENG_OLD_KEYS       comma-separated former secret keys, still good for reading
SHUIHENG_SITE_URL       https://… under which people reach the site, needed for sign-in elsewhere
SHUIHENG_OIDC_ISSUER    address of an OpenID provider, with SHUIHENG_OIDC_CLIENT and SHUIHENG_OIDC_SECRET
SHUIHENG_CAS_URL        address of a CAS server
SHUIHENG_TRUSTED_FACTOR 1: the identity provider asks for a second factor itself
SHUIHENG_MQTT           file that names the broker for `shuiheng readings listen`; without it nothing listens
SHUIHENG_JOBS           inline: run jobs in the caller (tests); default: in the worker
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.management.utils import get_random_secret_key

PACKAGE = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("SHUIHENG_STATE", "var")).resolve()
_kept_key = STATE / "secret_key"
IS_HTTPS = os.environ.get("SHUIHENG_HTTPS") == "1"

SECRET_KEY = os.environ.get("SHUIHENG_SECRET_KEY") or (
    _kept_key.read_text("ascii").strip() if _kept_key.is_file() else get_random_secret_key()
)
SECRET_KEY_FALLBACKS = list(filter(None, os.environ.get("SHUIHENG_OLD_KEYS", "").split(",")))
DEBUG = False
ALLOWED_HOSTS = os.environ.get("SHUIHENG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if IS_HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "shuiheng.adapters.records",
    "shuiheng.web.apps.SiteConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "shuiheng.web.content_policy.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shuiheng.web.site_language.SiteLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "shuiheng.web.upload_limit.UploadLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shuiheng.web.idle_session.IdleSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shuiheng.web.content_policy.PrivateAnswerMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
]
ROOT_URLCONF = "shuiheng.web.urls"
WSGI_APPLICATION = "shuiheng.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "shuiheng.web.templatetags.shown",
                "shuiheng.web.templatetags.masks",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shuiheng.web.site_context.site_context",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    """Return the connection; SQLite writers queue instead of failing half-way."""
    url = os.environ.get("SHUIHENG_DATABASE_URL", f"sqlite:///{STATE / 'records.sqlite3'}")
    connection: dict[str, Any] = dict(dj_database_url.parse(url))
    if connection["ENGINE"].endswith("sqlite3"):
        connection["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
        }
    return connection


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "records.Account"
PASSWORD_HASHERS = [
    "shuiheng.services.password_hashing.BoundedArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SIGN_IN_POLICY = os.environ.get("SHUIHENG_POLICY", "djbh")
TRUSTED_PROXIES = int(os.environ.get("SHUIHENG_PROXIES", "0"))
SITE_URL = os.environ.get("SHUIHENG_SITE_URL", "").rstrip("/")
OIDC_ISSUER = os.environ.get("SHUIHENG_OIDC_ISSUER", "")
OIDC_CLIENT = os.environ.get("SHUIHENG_OIDC_CLIENT", "")
OIDC_SECRET = os.environ.get("SHUIHENG_OIDC_SECRET", "")
CAS_URL = os.environ.get("SHUIHENG_CAS_URL", "").rstrip("/")
IDENTITY_HAS_FACTOR = os.environ.get("SHUIHENG_TRUSTED_FACTOR") == "1"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = os.environ.get("SHUIHENG_LANGUAGE", "zh-hans")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
FORMAT_MODULE_PATH: list[str] = []

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STATE}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
UPLOADS = STATE / "uploads"
UPLOAD_BYTES = 30 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
JOBS_INLINE = os.environ.get("SHUIHENG_JOBS") == "inline"

_mail = urlsplit(os.environ.get("SHUIHENG_MAIL_URL", ""))
MAIL_IS_ON = bool(_mail.hostname)
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
DEFAULT_FROM_EMAIL = os.environ.get("SHUIHENG_MAIL_FROM", "shuiheng@localhost")
SMS_URL, SMS_TOKEN = os.environ.get("SHUIHENG_SMS_URL", ""), os.environ.get("SHUIHENG_SMS_TOKEN", "")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "shuiheng.web.pages.errors.views.forbidden"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
