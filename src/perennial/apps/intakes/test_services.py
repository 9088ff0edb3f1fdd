"""Files of questions are kept, read, taken and left, each once."""

import pytest
from django.utils import timezone

from perennial.apps.intakes.builders import make_intake
from perennial.apps.intakes.models import Intake
from perennial.apps.intakes.services import leave_intake, mark_taken, mark_undone, read_intake, result_of
from perennial.apps.intakes.tasks import read_later
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db


def test_a_file_is_read_into_a_report_once() -> None:
    intake = make_intake(read=False)
    read_later.call(intake=intake.pk)
    intake.refresh_from_db()
    assert (intake.name, intake.format, intake.state) == ("bank.gift", "gift", "read")
    assert intake.counts == {"taken": 1, "changed": 0, "refused": 1, "pages": 0, "links": 0, "items": 1}
    assert intake.report[0] == ["line 1", "as it stands", "", "taken", "Does it help?", "sleep"]
    read_later.call(intake=intake.pk)
    read_later.call(intake=0)
    assert len(result_of(make_intake(short_as_reflection=True)).items) == 2


def test_it_is_taken_once_and_taken_back_once() -> None:
    intake = make_intake(read=False)
    with pytest.raises(Refusal):
        mark_taken(intake=intake, draft="grief", made=["item:sleep"], at=timezone.now())
    read_intake(intake=intake)
    mark_taken(intake=intake, draft="grief", made=["item:sleep"], at=timezone.now())
    intake.refresh_from_db()
    assert (intake.state, intake.made, intake.file.name) == ("taken", ["item:sleep"], "")
    with pytest.raises(Refusal):
        mark_taken(intake=intake, draft="grief", made=[], at=timezone.now())
    with pytest.raises(Refusal):
        leave_intake(intake=intake)
    with pytest.raises(Refusal):
        result_of(intake)
    mark_undone(intake=intake)
    with pytest.raises(Refusal):
        mark_undone(intake=intake)


def test_a_file_that_is_left_is_gone(django_capture_on_commit_callbacks: object) -> None:
    intake = make_intake()
    storage, name = intake.file.storage, str(intake.file.name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # the fixture's own type is private
        leave_intake(intake=intake)
    assert not Intake.objects.exists()
    assert not storage.exists(name)


def test_empty_and_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refusal, match="empty"):
        make_intake(data=b" \n")
    monkeypatch.setattr("perennial.apps.intakes.services.LARGEST_FILE_BYTES", 10)
    with pytest.raises(Refusal, match="at most"):
        make_intake()
