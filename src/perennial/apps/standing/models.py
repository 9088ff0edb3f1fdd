"""Which reminders were given."""

from django.db import models


class Reminder(models.Model):
    """A reminder that was given: for one license, one due day and one step, once. `key` is that of its notice and its mail."""

    license = models.ForeignKey("licenses.License", on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    step = models.PositiveSmallIntegerField()  # days before the due day
    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=120)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["license", "due_on", "step"], name="reminder_once_per_step")]

    def __str__(self) -> str:
        return self.key
