"""The barest settings that serve the floor: no session, no sign-in, no checks."""

import os

from tthc_portal import env

SECRET_KEY = "the-floor-keeps-no-secret"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["django_filters", "rest_framework", "benchmarks.floor"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "benchmarks.floor.urls"
DATABASES = {"default": {**env.database(os.environ["DATABASE_URL"]), "CONN_MAX_AGE": 60}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
}
