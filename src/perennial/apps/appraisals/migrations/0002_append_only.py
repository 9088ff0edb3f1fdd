"""The database itself refuses to change an answer, a try in the gym, or what a pair agreed on: a later entry stands above an earlier one.

A later migration that remakes one of these tables on SQLite (any AlterField) drops its trigger and must put it back; test_append_only.py
fails when it does not.
"""

from django.db import migrations

FROZEN = {
    "appraisals_answer": "appraisal_id, item, said, page, quote, note, at, carried",
    "appraisals_gymtry": "person_id, design, example, item, said, right, at",
    "appraisals_consensus": "pairing_id, item, said, reason, at",
}
SAYS = "answers are never changed; add one"


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION appraisals_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
    for table, columns in FROZEN.items():
        named = ", ".join(f'"{column.strip()}"' for column in columns.split(","))
        then = (
            "FOR EACH ROW EXECUTE FUNCTION appraisals_refuse()"
            if schema_editor.connection.vendor == "postgresql"
            else f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )
        schema_editor.execute(f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {named} ON {table} {then}", params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION appraisals_refuse() CASCADE", params=None)
        return
    for table in FROZEN:
        schema_editor.execute(f"DROP TRIGGER {table}_frozen", params=None)


class Migration(migrations.Migration):
    dependencies = [("appraisals", "0001_appraisals")]
    operations = [migrations.RunPython(guard, unguard)]
