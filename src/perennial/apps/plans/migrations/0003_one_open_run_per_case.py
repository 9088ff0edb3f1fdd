"""At most one search for a plan on its way for each case; of several that were, only the newest stays open."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def end_doubles(apps, schema_editor):
    """End all but the newest of the searches that are on their way for one case."""
    runs = apps.get_model("plans", "PlanRun").objects.using(schema_editor.connection.alias)
    seen = set()
    for run in runs.filter(state__in=["waiting", "working"]).order_by("-asked_at", "-pk").only("pk", "owner_id", "key", "asked_at"):
        if (run.owner_id, run.key) in seen:
            runs.filter(pk=run.pk).update(state="done", ended_at=run.asked_at)
        seen.add((run.owner_id, run.key))


class Migration(migrations.Migration):

    dependencies = [
        ("plans", "0002_plan_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(end_doubles, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="planrun",
            constraint=models.UniqueConstraint(condition=Q(state__in=["waiting", "working"]), fields=("owner", "key"), name="plan_run_one_open_per_case"),
        ),
    ]
