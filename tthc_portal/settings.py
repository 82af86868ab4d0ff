"""All settings: each difference between environments is one variable of .env.example.

Without DATABASE_URL the portal runs on the embedded servers (development and the
demonstration); with it, it is in production and refuses weak secrets.
"""

import sys
from pathlib import Path

from csp.constants import NONE, SELF
from kombu import Queue

from tthc_portal import embedded, env, letter_settings, logs, message_settings, timetable
from tthc_portal.api_settings import REST_FRAMEWORK, REST_KNOX, SPECTACULAR_SETTINGS  # noqa: F401
from tthc_portal.letter_settings import (  # noqa: F401 (read from here by their names)
    APOLOGY_DRAFT_BEFORE,
    APOLOGY_NEW_DAY_AFTER,
    PKCS11_MODULE,
    PKCS11_PIN,
    PKCS11_TOKEN,
    SIGNING_KEYS,
    SIGNING_PASSPHRASE,
)  # fmt: skip
from tthc_portal.message_settings import (  # noqa: F401 (read from here by their names)
    EMAIL_FROM,
    MESSAGE_HOURS,
    MESSAGE_TIMEOUT_SECONDS,
    SMS_BRAND,
    SMS_GATEWAY_KNOWS_KEYS,
    SMS_GATEWAY_TOKEN,
    SMS_GATEWAY_URL,
    SMS_WITH_MARKS,
    SMTP_HOST,
    SMTP_PASSWORD,
    SMTP_PORT,
    SMTP_SECURITY,
    SMTP_USER,
)  # fmt: skip

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

DATABASE_URL = env.secret("DATABASE_URL")
PRODUCTION = bool(DATABASE_URL) and not env.flag("DEVELOPMENT", default=False)
DEBUG = False

SECRET_KEY = env.secret("SECRET_KEY") or ("" if PRODUCTION else embedded.secret_key())
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
# The address printed into QR codes and messages.
PUBLIC_URL = env.text("PUBLIC_URL", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "knox",
    "rest_framework",
    "workdays",
    "notifications",
    "organizations",
    "procedures",
    "dossiers",
    "desk",
    "legacy",
    "liaison",
    "apologies",
    "feedback",
    "reporting",
    "tthc_portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tthc_portal.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organizations.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Last, so that a refused sign-in is turned into the lock-out page.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tthc_portal.urls"
WSGI_APPLICATION = "tthc_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tthc_portal.frame.frame",
            ],
            "builtins": [
                "tthc_portal.templatetags.marks",
                "tthc_portal.templatetags.wording",
                "tthc_portal.templatetags.panels",
                "tthc_portal.templatetags.lists",
                "tthc_portal.templatetags.surroundings",
            ],
        },
    }
]

# -- Data ---------------------------------------------------------------------------

_database = env.database(DATABASE_URL or embedded.database_url())
DATABASES = {
    "default": {
        **_database,
        "ENGINE": "tthc_portal.database",
        "CONN_MAX_AGE": env.integer("CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _database["OPTIONS"]
        # The statements that are prepared find one row by its key: planned once for all.
        | {
            "options": "-c statement_timeout=60s -c lock_timeout=10s"
            " -c plan_cache_mode=force_generic_plan"
        },
        # Runs of the tests side by side need a database each.
        "TEST": {"NAME": f"test_{env.text('TEST_DATABASE', 'tthc')}"},
    }
}
REDIS_URL = env.secret("REDIS_URL") or ("" if PRODUCTION else embedded.redis_url())
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}

MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR_DIR / "media")))
# No MEDIA_URL: files leave only through views that ask whether this person may see them.
MAX_UPLOAD_MIB = env.integer("MAX_UPLOAD_MIB", 20)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o640

# -- People and sessions ------------------------------------------------------------

AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "organizations.backends.MembershipBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "organizations:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "organizations:sign_in"

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
# Seconds without a click until the session ends; a counter's screen stands in a hall.
SESSION_COOKIE_AGE = env.integer("SESSION_SECONDS", 8 * 60 * 60)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tthc_portal.views.csrf_failed"

AXES_FAILURE_LIMIT = env.integer("SIGN_IN_FAILURES", 5)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "organizations.views.signing_in.locked_out"
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address"]
AXES_IPWARE_PROXY_COUNT = env.integer("PROXY_COUNT", 0)
# Behind a proxy every request comes from the proxy: the address stands in its header.
AXES_IPWARE_META_PRECEDENCE_ORDER = (
    ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"] if AXES_IPWARE_PROXY_COUNT else ["REMOTE_ADDR"]
)

# -- Security -----------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION and env.flag("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^suc-khoe/$"]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.integer("PROXY_COUNT", 0) else None
)
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", 31_536_000) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# -- Language and time --------------------------------------------------------------

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["tthc_portal.formats"]
LOCALE_PATHS = [BASE_DIR / "tthc_portal" / "locale"]
# Component 2.1 of Decision 766: is a promise kept until its moment, or all its day long?
INDICATOR_ON_TIME_BY = env.choice("INDICATOR_ON_TIME_BY", "moment", ("moment", "day"))

# Working days that an agency asked for its opinion has, unless whoever asks sets others.
CONSULTATION_DAYS = env.integer("CONSULTATION_DAYS", 2)

# -- Messages to citizens -------------------------------------------------------------

SIGNING_DIR = letter_settings.signing_dir(VAR_DIR / "signing")
MESSAGE_FOLDER = VAR_DIR / "messages"
MESSAGE_TRANSPORTS = message_settings.transports(production=PRODUCTION)

# -- Static files -------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# What is packed already, and what no page asks for: fonts of printed papers, maps of sources.
# Packing those took most of the time.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("png", "woff", "woff2", "ttf", "eot", "map")

# -- Background work ----------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
# Figures move on within two seconds, however many documents wait to be drawn: in a queue of its
# own that message waits behind none of them. A worker takes from both in turn, unless told.
CELERY_TASK_QUEUES = (Queue("celery"), Queue("tallies"))
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {"reporting.counting.advance_tallies": {"queue": "tallies"}}
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A publish must never hold up a request: the outbox sweep re-sends what was not heard.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_TIME_LIMIT = 600
# Celery would open a connection for each task; `celery.py` proves the one that is kept.
CELERY_DB_REUSE_MAX = sys.maxsize
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = timetable.SWEEPS

LOGGING = logs.configured(env.text("LOG_LEVEL", "INFO"))
