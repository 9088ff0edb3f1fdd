"""Format and practices of a course beside its data, and an index by which a change of the offer is seen."""

from django.db import migrations, models


def fill(apps, schema_editor):
    """Take both out of the data of every version there is."""
    Course = apps.get_model("courses", "Course")
    for pk, form, practices in list(Course.objects.values_list("pk", "data__format", "data__practices")):
        Course.objects.filter(pk=pk).update(format=form or "asynchronous", practices=practices or [])


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_courses_and_enrolments")]

    operations = [
        migrations.AddField("course", "format", models.CharField("format", default="asynchronous", max_length=60)),
        migrations.AddField("course", "practices", models.JSONField("practices that it teaches", default=list)),
        migrations.AlterField("course", "loaded_at", models.DateTimeField("offered since", auto_now=True)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "course",
            models.Index(condition=models.Q(is_current=True), fields=["loaded_at"], name="course_offered"),
        ),
    ]
