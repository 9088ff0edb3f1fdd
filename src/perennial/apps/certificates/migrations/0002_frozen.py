"""The database itself refuses to delete a certificate, to change its frozen facts, and to take a revocation back.

A later migration that remakes the table on SQLite (any AlterField) drops the triggers with the old table and must put
them back; test_frozen.py fails when it does not.
"""

from django.db import migrations

TABLE = "certificates_certificate"
FROZEN = "number, token, person_id, key, facts, facts_sha256, issued_at, supersedes_id"

SQLITE = (
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, 'certificates are kept for good'); END",
    f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE OF {FROZEN} ON {TABLE} BEGIN SELECT RAISE(ABORT, 'certificates are frozen'); END",
    f"CREATE TRIGGER {TABLE}_revoked BEFORE UPDATE ON {TABLE} WHEN OLD.revoked_at IS NOT NULL"
    " BEGIN SELECT RAISE(ABORT, 'a revocation is final'); END",
    f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} WHEN EXISTS"
    f" (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR number = NEW.number OR token = NEW.token)"
    " BEGIN SELECT RAISE(ABORT, 'certificates are kept for good'); END",
)
POSTGRESQL = (
    f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW"
    f" EXECUTE FUNCTION {TABLE}_refuse('certificates are kept for good')",
    f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE OF {FROZEN} ON {TABLE} FOR EACH ROW"
    f" EXECUTE FUNCTION {TABLE}_refuse('certificates are frozen')",
    f"CREATE TRIGGER {TABLE}_revoked BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN (OLD.revoked_at IS NOT NULL)"
    f" EXECUTE FUNCTION {TABLE}_refuse('a revocation is final')",
)


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {TABLE}_refuse() CASCADE", params=None)
        return
    for name in ("no_delete", "frozen", "revoked", "no_replace"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{name}", params=None)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_certificates")]
    operations = [migrations.RunPython(guard, unguard)]
