"""Each certificate that was issued before gets its place in a status list; the database refuses to change or delete places and public
keys, and to give a certificate to another provider."""

import secrets

from django.db import migrations

PLACE, KEY, CERTIFICATE = "certificates_statusplace", "certificates_issuerkey", "certificates_certificate"
BITS, FULL = 131_072, 65_536


def place_all(apps, schema_editor):
    certificates, places = (apps.get_model("certificates", name) for name in ("Certificate", "StatusPlace"))
    taken = set(places.objects.values_list("number", "index"))
    number, rows = 1, []
    for pk in certificates.objects.filter(place=None).order_by("pk").values_list("pk", flat=True).iterator():
        if len(taken) >= FULL * number:
            number += 1
        place = (number, secrets.randbelow(BITS))
        while place in taken:
            place = (number, secrets.randbelow(BITS))
        taken.add(place)
        rows.append(places(certificate_id=pk, number=place[0], index=place[1]))
    places.objects.bulk_create(rows, batch_size=500)


SQLITE = (
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'written once and kept for good'); END"
        for table in (PLACE, KEY)
        for verb in ("UPDATE", "DELETE")
    ),
    f"CREATE TRIGGER {CERTIFICATE}_provider BEFORE UPDATE OF provider_id ON {CERTIFICATE}"
    " BEGIN SELECT RAISE(ABORT, 'certificates are frozen'); END",
)
POSTGRESQL = (
    *(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION {CERTIFICATE}_refuse('written once and kept for good')"
        for table in (PLACE, KEY)
    ),
    f"CREATE TRIGGER {CERTIFICATE}_provider BEFORE UPDATE OF provider_id ON {CERTIFICATE} FOR EACH ROW"
    f" EXECUTE FUNCTION {CERTIFICATE}_refuse('certificates are frozen')",
)


def guard(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        names = [(PLACE, "no_change"), (KEY, "no_change"), (CERTIFICATE, "provider")]
    else:
        names = [(table, f"no_{verb}") for table in (PLACE, KEY) for verb in ("update", "delete")] + [(CERTIFICATE, "provider")]
    for table, name in names:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_{name}{on}", params=None)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0003_signing")]
    operations = [migrations.RunPython(place_all, migrations.RunPython.noop), migrations.RunPython(guard, unguard)]
