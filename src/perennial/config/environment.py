"""The settings of an installation, read and judged in one place; no Django here."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from perennial.config.object_storage import Bucket, bucket

LOCAL_TIME = "/etc/localtime"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


class SettingsError(Exception):
    """A setting that cannot be used: one line that says where, what, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One name in the environment: what it means, and what holds when it is absent."""

    name: str
    default: str
    means: str


SETTINGS = (
    Setting("PERENNIAL_DATA", "./data", "Folder of all state: database, uploads, mail, secret key."),
    Setting("PERENNIAL_SECRET_KEY", "made once, kept in the data folder", "Signs sessions and links; 32 characters at least."),
    Setting("PERENNIAL_DEBUG", "no", "Shows traces to developers. Never on a site that others reach."),
    Setting("PERENNIAL_ALLOWED_HOSTS", ",".join(LOCAL_HOSTS), "Host names that this site answers to, with commas between."),
    Setting("PERENNIAL_HTTPS", "no", "The site is reached by https: secure cookies, HSTS, redirects."),
    Setting("PERENNIAL_PROXIES", "0", "How many trusted proxies stand in front; the client's address is read past them."),
    Setting("PERENNIAL_EMAIL_URL", "file:", "Mail: `smtp://user:password@host:587` (TLS, save locally), `smtps:`, `console:`, `file:`."),
    Setting("PERENNIAL_EMAIL_FROM", "Perennial <perennial@localhost>", "Sender of all mail."),
    Setting("PERENNIAL_EMAIL_VERIFICATION", "optional", "`mandatory`: no sign-in before the address is confirmed; `optional`; `none`."),
    Setting("PERENNIAL_SAMPLES", "yes on a local site, no elsewhere", "Loads the sample people and the sample provider."),
    Setting("PERENNIAL_OPEN_CATALOG", "yes on a local site, no elsewhere", "The catalog shows a new provider's courses unconfirmed."),
    Setting("PERENNIAL_LIBRARY", "the project's library/", "Folder of the starter library."),
    Setting("PERENNIAL_RULEBASE", "the project's rulebase/", "Folder of the rule files."),
    Setting("PERENNIAL_TIME_ZONE", "this machine's, else UTC", "Zone by which days end, such as `America/Chicago`; on certificates too."),
    Setting("PERENNIAL_WORKERS", "2, or 1 on one core", "Server processes; each serves PERENNIAL_THREADS at once."),
    Setting("PERENNIAL_THREADS", "8", "Requests that one server process answers at once."),
    Setting("PERENNIAL_BACKGROUND", "yes", "`perennial serve` runs the background worker too; no where `perennial worker` runs by itself."),
    Setting("PERENNIAL_FILES_MB", "500", "How many MB of files each person may keep: proofs, and what lies in the shoebox."),
    Setting("PERENNIAL_FILES_URL", "the data folder", "Where files lie: `s3://key:secret@host/bucket?region=…` needs `perennial[s3]`."),
    Setting("PERENNIAL_ISSUER_KEYS", "issuer-keys.pem in the data folder", "File of the private keys that sign certificates, made once."),
    Setting("PERENNIAL_NETWORK", "no", "May ask other services: for works and their facts, and outside resources whether they answer."),
    Setting("PERENNIAL_CONTACT", "none", "Mail address that the site names to services it asks, for complaints."),
    Setting("PERENNIAL_NCBI_KEY", "none", "Key for PubMed: ten questions a second rather than three."),
    Setting("PERENNIAL_OPENALEX_KEY", "none", "Key for OpenAlex, which answers few questions without one."),
    Setting("PORT", "8000", "Port on 127.0.0.1."),
    Setting("DATABASE_URL", "SQLite in the data folder", "`postgresql://user:password@host:5432/name`, or `sqlite:///path`."),
)  # fmt: skip

PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Database:
    """Where the tables are: `engine` is sqlite or postgresql; `name` is a path or a name."""

    engine: str
    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """How mail leaves: `kind` is smtp, console or file."""

    kind: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    tls: bool = False
    ssl: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything an installation may choose, typed and judged."""

    data: Path
    secret_key: str
    debug: bool
    allowed_hosts: tuple[str, ...]
    https: bool
    proxies: int
    mail: Mail
    mail_from: str
    email_verification: str
    samples: bool
    open_catalog: bool
    library: Path
    rulebase: Path
    time_zone: str
    workers: int
    threads: int
    background: bool
    files_mb: int
    issuer_keys: Path
    files: Bucket | None
    network: bool
    contact: str
    ncbi_key: str
    openalex_key: str
    port: int
    database: Database

    @property
    def address(self) -> str:
        """Where a browser finds the site; passkeys need the name, not the number."""
        return f"http://localhost:{self.port}"

    @property
    def site(self) -> str:
        """How mail and calendars name the site: by its first host name that others reach, else as on this machine."""
        named = [host.removeprefix(".") for host in self.allowed_hosts if host != "*" and host not in LOCAL_HOSTS]
        return f"{'https' if self.https else 'http'}://{named[0]}" if named else self.address


def read(given: Mapping[str, str]) -> Environment:
    """Read the settings from `given` (the process's environment); raises SettingsError at the first fault."""
    refuse_unknown(given)
    hosts = tuple(host.strip() for host in given.get("PERENNIAL_ALLOWED_HOSTS", "").split(",") if host.strip()) or LOCAL_HOSTS
    data = Path(given.get("PERENNIAL_DATA") or "data").expanduser().resolve()
    return Environment(
        data=data,
        secret_key=given.get("PERENNIAL_SECRET_KEY") or kept_secret(data),
        debug=yes(given, "PERENNIAL_DEBUG", default=False),
        allowed_hosts=hosts,
        https=yes(given, "PERENNIAL_HTTPS", default=False),
        proxies=whole(given, "PERENNIAL_PROXIES", default=0, least=0, most=9),
        mail=mail(given.get("PERENNIAL_EMAIL_URL") or "file:"),
        mail_from=given.get("PERENNIAL_EMAIL_FROM") or "Perennial <perennial@localhost>",
        email_verification=one_of(given, "PERENNIAL_EMAIL_VERIFICATION", ("optional", "mandatory", "none")),
        samples=yes(given, "PERENNIAL_SAMPLES", default=set(hosts) <= set(LOCAL_HOSTS)),
        open_catalog=yes(given, "PERENNIAL_OPEN_CATALOG", default=set(hosts) <= set(LOCAL_HOSTS)),
        library=Path(given.get("PERENNIAL_LIBRARY") or PROJECT / "library").resolve(),
        rulebase=Path(given.get("PERENNIAL_RULEBASE") or PROJECT / "rulebase").resolve(),
        time_zone=zone(given),
        workers=whole(given, "PERENNIAL_WORKERS", default=min(2, os.cpu_count() or 1), least=1, most=64),
        threads=whole(given, "PERENNIAL_THREADS", default=8, least=1, most=256),
        background=yes(given, "PERENNIAL_BACKGROUND", default=True),
        files_mb=whole(given, "PERENNIAL_FILES_MB", default=500, least=1, most=1_000_000),
        files=files(given.get("PERENNIAL_FILES_URL") or ""),
        issuer_keys=Path(given.get("PERENNIAL_ISSUER_KEYS") or data / "issuer-keys.pem").expanduser().resolve(),
        network=yes(given, "PERENNIAL_NETWORK", default=False),
        contact=contact(given),
        ncbi_key=key(given, "PERENNIAL_NCBI_KEY"),
        openalex_key=key(given, "PERENNIAL_OPENALEX_KEY"),
        port=whole(given, "PORT", default=8000, least=1, most=65535),
        database=database(given.get("DATABASE_URL") or "", data),
    )


def refuse_unknown(given: Mapping[str, str]) -> None:
    """Stop at a PERENNIAL_* name that no one reads: most often it is a slip that would go unseen."""
    known = {setting.name for setting in SETTINGS}
    for name in sorted(given):
        if name.startswith("PERENNIAL_") and name not in known:
            raise SettingsError(f"{name}: no setting has this name. Known: {', '.join(sorted(known))}.")


def yes(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    """Read a yes or a no."""
    word = given.get(name, "").strip().lower()
    if not word:
        return default
    if word in ("yes", "true", "1", "on"):
        return True
    if word in ("no", "false", "0", "off"):
        return False
    raise SettingsError(f"{name}: '{word}' is neither yes nor no. Say yes or no.")


def whole(given: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    """Read a whole number between `least` and `most`."""
    word = given.get(name, "").strip()
    if not word:
        return default
    if not word.isdecimal() or not least <= int(word) <= most:
        raise SettingsError(f"{name}: '{word}' is not a whole number from {least} to {most}. Give one, or leave it out for {default}.")
    return int(word)


def one_of(given: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    """Read one of `words`; the first is the default."""
    word = given.get(name, "").strip().lower() or words[0]
    if word not in words:
        raise SettingsError(f"{name}: '{word}' is not known. Say one of: {', '.join(words)}.")
    return word


def zone(given: Mapping[str, str]) -> str:
    """Read the time zone; without one, that of the machine where it can be told."""
    named = given.get("PERENNIAL_TIME_ZONE", "").strip()
    _, _, linked = os.path.realpath(LOCAL_TIME).partition("/zoneinfo/")
    for name in (named,) if named else (given.get("TZ", "").removeprefix(":"), linked):
        if name and _is_zone(name):
            return name
    if named:
        raise SettingsError(f"PERENNIAL_TIME_ZONE: '{named}' is not known. Name one such as America/Chicago.")
    return "UTC"


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def contact(given: Mapping[str, str]) -> str:
    """Read the address that other services are given; empty where there is none."""
    address = given.get("PERENNIAL_CONTACT", "").strip()
    if address and not re.fullmatch(r"[\w.+-]+@[\w.-]+", address, re.ASCII):
        raise SettingsError(f"PERENNIAL_CONTACT: '{address}' is no mail address. Give one such as care@example.org, or leave it out.")
    return address


def key(given: Mapping[str, str], name: str) -> str:
    """Read a key for a service; empty where there is none."""
    word = given.get(name, "").strip()
    if word and not re.fullmatch(r"[\w.-]{8,200}", word, re.ASCII):
        raise SettingsError(
            f"{name}: this is no key: it holds other signs than letters, figures and hyphens. Copy it again, or leave it out."
        )
    return word


def database(url: str, data: Path) -> Database:
    """Read DATABASE_URL; without one, SQLite in the data folder."""
    if not url:
        return Database("sqlite", str(data / "perennial.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return Database("sqlite", unquote(parts.path.removeprefix("/")) or ":memory:")
    if parts.scheme not in ("postgresql", "postgres"):
        raise SettingsError(f"DATABASE_URL: '{parts.scheme}' is not known. Begin with postgresql:// or sqlite:///.")
    options = dict(parse_qsl(parts.query))
    return Database(
        "postgresql",
        unquote(parts.path.removeprefix("/")) or "perennial",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=options.get("host") or parts.hostname or "",
        port=str(parts.port or options.get("port") or ""),
    )


def files(url: str) -> Bucket | None:
    """Read PERENNIAL_FILES_URL; None for the data folder."""
    try:
        return bucket(url)
    except ValueError as error:
        raise SettingsError(f"PERENNIAL_FILES_URL: {error}") from error


def mail(url: str) -> Mail:
    """Read PERENNIAL_EMAIL_URL."""
    parts = urlsplit(url)
    if parts.scheme in ("console", "file"):
        return Mail(parts.scheme)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingsError("PERENNIAL_EMAIL_URL: not understood. Say smtp://user:password@host:587, smtps://…, console: or file:.")
    ssl = parts.scheme == "smtps"
    return Mail(
        "smtp",
        host=parts.hostname,
        port=parts.port or (465 if ssl else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=not ssl and parts.hostname not in ("localhost", "127.0.0.1", "::1"),  # what stays on this machine crosses no wire
        ssl=ssl,
    )


def kept_secret(data: Path) -> str:
    """The site's own secret, made at the first start and kept in the data folder for its owner's eyes alone."""
    place = data / "secret-key"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not place.exists():
            draft = data / f"secret-key.{secrets.token_hex(4)}"
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(64), encoding="utf-8")
            try:
                place.hardlink_to(draft)  # the first of two starts wins; the other reads what it wrote
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return place.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"PERENNIAL_DATA: cannot write in {data} ({error.strerror}). Name a folder that you may write to.") from error
