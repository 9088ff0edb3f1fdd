"""Django's settings, made from the environment."""

import os
from typing import Any

from csp.constants import NONE, SELF

from perennial.config.environment import PROJECT, SettingsError, read
from perennial.config.object_storage import storage

try:
    ENVIRONMENT = read(os.environ)
except SettingsError as fault:
    raise SystemExit(f"perennial: {fault}") from None

SOURCE = PROJECT / "src" / "perennial"
DATA = ENVIRONMENT.data
SEARCH = DATA / "search"  # the index of works; lost, it is made anew from the tables
LIBRARY = ENVIRONMENT.library
RULEBASE = ENVIRONMENT.rulebase
SAMPLES = ENVIRONMENT.samples
OPEN_CATALOG = ENVIRONMENT.open_catalog
SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
ISSUER_KEYS = ENVIRONMENT.issuer_keys
NETWORK = ENVIRONMENT.network  # whether other services may be asked
CONTACT = ENVIRONMENT.contact
CROSSREF = "https://api.crossref.org"
EUTILS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
EUROPE_PMC = "https://www.ebi.ac.uk/europepmc/webservices/rest"
OPENALEX = "https://api.openalex.org"
NCBI_KEY, OPENALEX_KEY = ENVIRONMENT.ncbi_key, ENVIRONMENT.openalex_key
SITE_ADDRESS = ENVIRONMENT.site  # for links where there is no request: mail, calendars

AREAS = (
    "portal",
    "desk",
    "plans",
    "intakes",
    "clubs",
    "collections",
    "evidence",
    "appraisals",
    "courses",
    "trials",
    "requirements",
    "standing",
    "certificates",
    "assessments",
    "attendance",
    "credits",
    "licenses",
    "providers",
    "resources",
    "works",
    "practices",
    "jobs",
    "notices",
    "accounts",
)  # the layers of the house, from the top
INSTALLED_APPS = [
    *(f"perennial.apps.{area}" for area in AREAS),
    "perennial.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "template_partials",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "perennial.ui.middleware.policies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "perennial.ui.middleware.own_pages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "perennial.ui.middleware.form_only",
    "perennial.ui.middleware.RefusalMiddleware",
    "perennial.ui.middleware.body_limit",  # last, so that its page has session and form token
]
ROOT_URLCONF = "perennial.config.urls"
WSGI_APPLICATION = "perennial.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "apps", SOURCE],  # a template's name is its path: courses/pages/catalog.html, ui/base.html
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["perennial.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "perennial.ui.context.frame",
            ],
        },
    }
]

# Navigation: key, words, address by name, and whether one must be signed in. The portal's pages name theirs by `nav`.
NAVIGATION = (
    ("requirements", "Requirements", "portal:home", False),
    ("courses", "Courses", "courses:catalog", False),
    ("evidence", "Evidence", "evidence:search", False),
    ("record", "Record", "credits:record", False),
    ("dashboard", "Dashboard", "portal:dashboard", True),
    ("plan", "Plan", "plans:plan", True),
    ("desk", "Desk", "desk:home", True),
)
# These stand in the navigation of whoever has a place there (a mark in the session), and for everyone else at the foot.
NAVIGATION_FOR_SOME = {"desk"}
# What `perennial load` calls, in this order: `load(report)` of each, safe to repeat.
LOADERS = (
    "perennial.apps.practices.loading",
    "perennial.apps.works.loading",
    "perennial.apps.providers.loading",
    "perennial.apps.certificates.loading",
    "perennial.apps.courses.loading",
    "perennial.apps.resources.loading",
    "perennial.apps.appraisals.loading",
    "perennial.apps.accounts.loading",
    "perennial.apps.licenses.loading",
    "perennial.apps.standing.loading",
)

# Tables
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_database = ENVIRONMENT.database
_SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": _database.name,
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        # An accepted answer must outlive a killed process and a lost current: the log is synced at each commit.
        # Pages are read from the file as the system maps it, which all processes share, rather than copied for each thread.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-2000; "
        "PRAGMA mmap_size=1073741824",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    },
}
_POSTGRESQL: dict[str, Any] = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": _database.name,
    "USER": _database.user,
    "PASSWORD": _database.password,
    "HOST": _database.host,
    "PORT": _database.port,
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {"connect_timeout": 5, "application_name": "perennial"},
}
DATABASES = {"default": _SQLITE if _database.engine == "sqlite" else _POSTGRESQL}
# Rate limits count over all workers and outlive a restart; the database is the one thing that all of them share.
CACHES = {"default": {"BACKEND": "perennial.tables.limits.Limits", "LOCATION": "cache"}}

# Background work: Django's tasks interface, its queue in our tables
TASKS = {"default": {"BACKEND": "perennial.apps.jobs.backend.Jobs"}}

# People
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["perennial.apps.accounts.backend.Backend"]
SESSION_ENGINE = "perennial.apps.accounts.sessions"
PASSWORD_HASHERS = ["perennial.apps.accounts.hashers.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "perennial.apps.accounts.signup.NameOnSignUp"
ACCOUNT_FORMS = {
    name: f"perennial.apps.accounts.signin.{form}"
    for name, form in (
        ("login", "SignInForm"),
        ("signup", "SignUpForm"),
        ("change_password", "ChangePasswordForm"),
        ("set_password", "SetPasswordForm"),
        ("reset_password", "ResetPasswordForm"),
        ("reset_password_from_key", "ResetPasswordKeyForm"),
        ("reauthenticate", "ReauthenticateForm"),
        ("add_email", "AddEmailForm"),
    )
}
ACCOUNT_ADAPTER = "perennial.apps.accounts.adapter.Adapter"
ACCOUNT_EMAIL_VERIFICATION = ENVIRONMENT.email_verification
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_USER_DISPLAY = "perennial.apps.accounts.adapter.display"
ACCOUNT_RATE_LIMITS = {"report_mistake": "10/h/ip"}  # besides those that allauth sets for signing in
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENVIRONMENT.https else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
MFA_ADAPTER = "perennial.apps.accounts.vault.Vault"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = ENVIRONMENT.email_verification != "mandatory"  # a laptop sends no mail to confirm by
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Perennial"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.https  # browsers allow localhost alone

# Mail
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
_BACKENDS = {"smtp": "smtp", "console": "console", "file": "filebased"}
EMAIL_BACKEND = f"django.core.mail.backends.{_BACKENDS[ENVIRONMENT.mail.kind]}.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = ENVIRONMENT.mail.host
EMAIL_PORT = ENVIRONMENT.mail.port
EMAIL_HOST_USER = ENVIRONMENT.mail.user
EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.password
EMAIL_USE_TLS = ENVIRONMENT.mail.tls
EMAIL_USE_SSL = ENVIRONMENT.mail.ssl
EMAIL_TIMEOUT = 20

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"  # never served by address; an access function hands out each file
UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024
PERSON_FILES_BYTES = ENVIRONMENT.files_mb * 1024 * 1024
BODY_LIMIT_BYTES = 22 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # all references of a course are one form
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# `perennial serve` gathers static files under names that change with their bytes; without that the plain names serve.
_GATHERED = (STATIC_ROOT / "staticfiles.json").exists() and not DEBUG
STORAGES = {
    "default": storage(ENVIRONMENT.files),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _GATHERED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _GATHERED
WHITENOISE_AUTOREFRESH = DEBUG

# Safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"] if ENVIRONMENT.https else []
CSRF_FAILURE_VIEW = "perennial.ui.errors.stale_form"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"] if not ENVIRONMENT.https else []

# Language and time
LANGUAGE_CODE = "en-us"
USE_I18N = False  # everything is said in the English of LANGUAGE_CODE; asking for the language of each value takes time on every page
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone
DATE_FORMAT = "j F Y"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # answered with 400; anyone can send a wrong host
        "django.security.RequestDataTooBig": {"level": "CRITICAL"},  # answered with 413; anyone can send a large body
        "django.request": {"level": "ERROR"},  # a wrong address is no fault of ours, and may hold what others should not read
        "gunicorn.http.wsgi": {"level": "ERROR"},  # it warns at each HEAD, whose body it drops by itself
    },
}
