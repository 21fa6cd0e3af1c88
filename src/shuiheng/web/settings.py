"""Django settings; everything that differs between installations is an environment variable."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url

PACKAGE = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("SHUIHENG_STATE", "var"))

SECRET_KEY = os.environ.get("SHUIHENG_SECRET_KEY", "not-secret-for-tests-only")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "shuiheng.adapters.records",
]
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("SHUIHENG_DATABASE_URL", f"sqlite:///{STATE / 'records.sqlite3'}")
    )
}
