"""Highlights with their notes, and how people want to read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0003_provider'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadingChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choices', models.JSONField(default=dict, verbose_name='choices by name')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Highlight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(verbose_name='key')),
                ('slug', models.SlugField(max_length=90, verbose_name="the course's short name")),
                ('file', models.CharField(max_length=120, verbose_name='section')),
                ('quote', models.TextField(verbose_name='passage')),
                ('before', models.CharField(blank=True, max_length=64, verbose_name='words before it')),
                ('after', models.CharField(blank=True, max_length=64, verbose_name='words after it')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='how often its note was saved')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('saved_at', models.DateTimeField(verbose_name='saved')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='removed')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['person', 'slug'], name='highlight_of_course')],
                'constraints': [models.UniqueConstraint(fields=('person', 'uid'), name='highlight_once')],
            },
        ),
    ]
