from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0004_highlights_and_reading")]
    operations = [
        migrations.AddField(
            model_name="course",
            name="bodies",
            field=models.JSONField(blank=True, default=list, verbose_name="approval bodies whose clauses it met when it was published"),
        ),
    ]
