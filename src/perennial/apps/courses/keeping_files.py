"""Keeps the files of a version of a course: each content once, named by its digest."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from perennial.apps.courses.models import Course, CourseFile


def digests_of(media: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file, by name."""
    return {name: sha256(content).hexdigest() for name, content in media.items()}


def keep_files(course: Course, media: Mapping[str, bytes]) -> None:
    """Keep these files for a new version; what lies there already under its digest is not written again."""
    rows = []
    for name, digest in digests_of(media).items():
        place = f"courses/{digest[:2]}/{digest}{PurePosixPath(name).suffix}"
        if not default_storage.exists(place):
            place = default_storage.save(place, ContentFile(media[name]))
        rows.append(CourseFile(course=course, name=name, file=place, size=len(media[name]), sha256=digest))
    CourseFile.objects.bulk_create(rows)
