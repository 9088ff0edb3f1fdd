"""What every test stands on; perennial.config.testing has the settings."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Settings, tmp_path: Path) -> None:
    """Uploads of each test land in a folder of that test."""
    settings.MEDIA_ROOT = tmp_path / "files"
