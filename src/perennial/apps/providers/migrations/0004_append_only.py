"""The database itself refuses to change or delete an entry of the approvals' record; only who entered it may be forgotten.

A later migration that remakes the table on SQLite (any AlterField) drops its triggers with the old table and must put them
back; test_approvals.py fails when it does not.
"""

from django.db import migrations

TABLE = "providers_approval"
SAYS = "the approvals' record is append-only"
KEPT = "id, provider_id, slug, body, number, statement, starts_on, ends_on, is_sample, replaces_id, is_void, reason, entered_at"

SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {kept} ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END",
    "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, '{says}'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {kept} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
)


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement.format(table=TABLE, says=SAYS.replace("'", "''"), kept=KEPT), params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for act in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{act} ON {TABLE}", params=None)
        schema_editor.execute(f"DROP FUNCTION {TABLE}_append_only()", params=None)
        return
    for act in ("update", "delete", "replace"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{act}", params=None)


class Migration(migrations.Migration):
    dependencies = [("providers", "0003_papers")]
    operations = [migrations.RunPython(guard, unguard)]
