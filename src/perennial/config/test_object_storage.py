"""Tests of the setting that names where files lie."""

import pytest

from perennial.config.environment import SettingsError, files
from perennial.config.object_storage import Bucket, bucket, storage


def test_files_lie_in_the_data_folder_or_in_a_bucket() -> None:
    assert bucket("") is None
    assert bucket("s3://k:a%2Fb@s3.example.org:9000/papers?region=eu-north-1") == Bucket(
        "https://s3.example.org:9000", "papers", "eu-north-1", "k", "a/b"
    )
    assert storage(bucket("s3://s3.example.org/papers"))["OPTIONS"]["access_key"] is None, "the machine's own rights"


@pytest.mark.parametrize(
    "url", ["https://s3.example.org/papers", "s3://s3.example.org", "s3://s3.example.org/a/b", "s3://k@s3.example.org/b"]
)
def test_a_bucket_that_is_not_understood_is_told(url: str) -> None:
    with pytest.raises(SettingsError, match=r"PERENNIAL_FILES_URL: .*s3://key:secret@host/bucket"):
        files(url)
