"""The settings of the tests: a data folder of their own, quick hashes, no rate limits left over from another test."""

import os
import tempfile

_folder = tempfile.TemporaryDirectory(prefix="perennial-test-")
for _name in [name for name in os.environ if name.startswith("PERENNIAL_")]:
    del os.environ[_name]
os.environ["PERENNIAL_DATA"] = _folder.name
os.environ["PERENNIAL_TIME_ZONE"] = "UTC"
os.environ["PERENNIAL_SECRET_KEY"] = "not-a-secret-but-long-enough-for-the-tests"  # noqa: S105  signs nothing of worth
os.mkdir(f"{_folder.name}/static")

from perennial.config.settings import *  # noqa: E402, F403  after the environment is set

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
