from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("licenses", "0002_duty_once_on_both_databases"),
    ]

    operations = [
        migrations.AddField(
            model_name="personattributes",
            name="denied",
            field=models.JSONField(default=list),
        ),
    ]
