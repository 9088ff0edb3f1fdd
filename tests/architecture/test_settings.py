"""The settings, their page, and their judge."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from perennial.cli.reference import PAGES, fresh, text
from perennial.config.environment import SETTINGS, SettingsError, read
from tests.architecture.tree import PROJECT, SOURCE, modules


@pytest.mark.parametrize("name", PAGES)
def test_reference_pages_are_not_stale(name: str) -> None:
    assert fresh(PROJECT / "docs" / "reference" / name, text(name))


def test_only_the_environment_module_reads_settings_from_outside() -> None:
    known = {setting.name for setting in SETTINGS}
    for path in modules():
        if SOURCE in path.parents and not path.name.startswith("test_"):
            for name in re.findall(r'"(PERENNIAL_[A-Z_]+)"', path.read_text(encoding="utf-8")):
                assert name in known, f"{path.name} speaks of {name}"


def test_a_clone_needs_no_setting(tmp_path: Path) -> None:
    chosen = read({"PERENNIAL_DATA": str(tmp_path)})
    assert chosen.database.name == str(tmp_path / "perennial.sqlite3")
    assert chosen.samples
    assert not chosen.debug
    assert chosen.address == "http://localhost:8000"


def test_the_secret_is_made_once_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    first = read({"PERENNIAL_DATA": str(tmp_path)}).secret_key
    assert len(first) >= 50
    assert read({"PERENNIAL_DATA": str(tmp_path)}).secret_key == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_days_end_where_the_site_is(tmp_path: Path) -> None:
    given = {"PERENNIAL_DATA": str(tmp_path), "TZ": "America/Denver"}
    assert read(given).time_zone == "America/Denver"
    assert read({**given, "PERENNIAL_TIME_ZONE": "Pacific/Honolulu"}).time_zone == "Pacific/Honolulu"
    assert ZoneInfo(read({**given, "TZ": ":nowhere"}).time_zone).key != "nowhere"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"PERENNIAL_DATTA": "x"}, "PERENNIAL_DATTA: no setting has this name"),
        ({"PERENNIAL_DEBUG": "perhaps"}, "PERENNIAL_DEBUG: 'perhaps' is neither yes nor no"),
        ({"PORT": "99999"}, "PORT: '99999' is not a whole number from 1 to 65535"),
        ({"PORT": "eight"}, "PORT: 'eight'"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL: 'mysql' is not known"),
        ({"PERENNIAL_EMAIL_URL": "pigeon://x"}, "PERENNIAL_EMAIL_URL: not understood"),
        ({"PERENNIAL_TIME_ZONE": "Mars/Olympus"}, "PERENNIAL_TIME_ZONE: 'Mars/Olympus' is not known"),
        ({"PERENNIAL_TIME_ZONE": "../etc/passwd"}, "is not known. Name one such as America/Chicago"),
        ({"PERENNIAL_EMAIL_VERIFICATION": "maybe"}, "Say one of: optional, mandatory, none"),
    ],
)
def test_a_wrong_setting_stops_with_one_clear_sentence(given: dict[str, str], says: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=re.escape(says)):
        read({"PERENNIAL_DATA": str(tmp_path), **given})


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(SettingsError, match="PERENNIAL_DATA: cannot write"):
        read({"PERENNIAL_DATA": str(blocked)})


def test_a_site_that_others_reach_has_no_sample_people(tmp_path: Path) -> None:
    assert not read({"PERENNIAL_DATA": str(tmp_path), "PERENNIAL_ALLOWED_HOSTS": "ce.example.org"}).samples


def test_a_postgresql_address_is_read_in_full(tmp_path: Path) -> None:
    url = "postgresql://dana:p%40ss@db.example.org:5433/ce"
    found = read({"PERENNIAL_DATA": str(tmp_path), "DATABASE_URL": url}).database
    assert (found.engine, found.name, found.user, found.password, found.host, found.port) == (
        "postgresql",
        "ce",
        "dana",
        "p@ss",
        "db.example.org",
        "5433",
    )


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"PORT": "8123"}, "http://localhost:8123"),
        ({"PERENNIAL_ALLOWED_HOSTS": "localhost,ce.example.org", "PERENNIAL_HTTPS": "yes"}, "https://ce.example.org"),
        ({"PERENNIAL_ALLOWED_HOSTS": ".example.org"}, "http://example.org"),
        ({"PERENNIAL_ALLOWED_HOSTS": "*"}, "http://localhost:8000"),
    ],
)
def test_mail_names_the_site_as_others_reach_it(given: dict[str, str], address: str, tmp_path: Path) -> None:
    assert read({"PERENNIAL_DATA": str(tmp_path), **given}).site == address


@pytest.mark.parametrize(("host", "tls"), [("mail.example.org", True), ("localhost", False), ("127.0.0.1", False)])
def test_mail_leaves_this_machine_encrypted_or_not_at_all(host: str, tls: bool, tmp_path: Path) -> None:
    assert read({"PERENNIAL_DATA": str(tmp_path), "PERENNIAL_EMAIL_URL": f"smtp://{host}:2525"}).mail.tls is tls
