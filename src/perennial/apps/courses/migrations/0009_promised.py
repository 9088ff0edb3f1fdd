from typing import Any

from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """What was begun before is promised what its version is offered for now."""
    course, enrolment = apps.get_model("courses", "Course"), apps.get_model("courses", "Enrolment")
    for pk, bodies in course.objects.values_list("pk", "bodies").iterator():
        enrolment.objects.filter(course=pk, bodies=None).update(bodies=bodies)


class Migration(migrations.Migration):
    dependencies = [("courses", "0008_follow_ups")]
    operations = [
        migrations.AddField(
            model_name="enrolment",
            name="bodies",
            field=models.JSONField(blank=True, null=True, verbose_name="approval bodies for which it was offered when it began"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
