"""Where uploaded files and made papers lie: in the data folder, or in object storage that speaks S3. No Django here."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FORM = "Say s3://key:secret@host/bucket?region=us-east-1 (s3+http:// without TLS, for a server on this machine), or leave it out."
LOCAL: Mapping[str, Any] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket and the right to it. Without a key, the rights are those of the machine (its role, or its credentials file)."""

    endpoint: str
    name: str
    region: str
    key: str
    secret: str


def bucket(url: str) -> Bucket | None:
    """Read PERENNIAL_FILES_URL; None for the data folder. Raises ValueError with what is wrong and how to say it."""
    if not url:
        return None
    parts = urlsplit(url)
    name = parts.path.strip("/")
    if parts.scheme not in ("s3", "s3+http") or not parts.hostname or not name or "/" in name:
        raise ValueError(f"not understood. {FORM}")
    if parts.username and not parts.password:
        raise ValueError(f"a key without its secret. {FORM}")
    if find_spec("storages") is None:
        raise ValueError("object storage needs one more package. Install it: .venv/bin/pip install 'perennial[s3]'")
    scheme = "http" if parts.scheme == "s3+http" else "https"
    return Bucket(
        endpoint=f"{scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else ""),
        name=name,
        region=dict(parse_qsl(parts.query)).get("region", "us-east-1"),
        key=unquote(parts.username or ""),
        secret=unquote(parts.password or ""),
    )


def storage(found: Bucket | None) -> dict[str, Any]:
    """Django's setting for it. Nothing in the bucket is public; an access function hands out each file, as from the folder."""
    if found is None:
        return dict(LOCAL)
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": found.name,
            "endpoint_url": found.endpoint,
            "region_name": found.region,
            "access_key": found.key or None,
            "secret_key": found.secret or None,
            "addressing_style": "path",
            "signature_version": "s3v4",
            "file_overwrite": False,
            "default_acl": None,
            "querystring_auth": True,
        },
    }
