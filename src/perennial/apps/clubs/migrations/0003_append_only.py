"""The database itself refuses to change what a group answered: a later entry stands above an earlier one.

A later migration that remakes the table on SQLite (any AlterField) drops the trigger and must put it back; test_together.py fails when it
does not.
"""

from django.db import migrations

COLUMNS = '"meeting_id", "item", "said", "reason", "at"'
SAYS = "answers are never changed; add one"


def guard(apps, schema_editor):
    then = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION clubs_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
        then = "FOR EACH ROW EXECUTE FUNCTION clubs_refuse()"
    schema_editor.execute(f"CREATE TRIGGER clubs_agreed_frozen BEFORE UPDATE OF {COLUMNS} ON clubs_agreed {then}", params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION clubs_refuse() CASCADE", params=None)
        return
    schema_editor.execute("DROP TRIGGER clubs_agreed_frozen", params=None)


class Migration(migrations.Migration):
    dependencies = [("clubs", "0002_together")]
    operations = [migrations.RunPython(guard, unguard)]
