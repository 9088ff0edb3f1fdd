"""Nothing that a certificate says can be changed afterwards, by code or by hand in the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from perennial.apps.certificates.builders import AT, make_certificate
from perennial.apps.certificates.models import Certificate
from perennial.apps.certificates.services import revoke_certificate

pytestmark = pytest.mark.django_db


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("column", ["number", "token", "facts_sha256", "key"])
def test_the_database_refuses_to_change_what_was_frozen(column: str) -> None:
    make_certificate()
    with pytest.raises(DatabaseError, match="frozen"):
        sql(f"UPDATE certificates_certificate SET {column} = 'other'")


def test_the_database_refuses_other_facts() -> None:
    certificate = make_certificate()
    certificate.facts = {**certificate.facts, "holder_name": "Someone Else"}
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        certificate.save(update_fields=["facts"])
    assert Certificate.objects.get().facts["holder_name"] == "Žofia O'Brien"


def test_the_database_refuses_to_delete() -> None:
    certificate = make_certificate()
    with pytest.raises(DatabaseError, match="kept for good"):
        sql("DELETE FROM certificates_certificate")
    with pytest.raises(TypeError, match="kept for good"):
        certificate.delete()


def test_the_database_refuses_to_take_a_revocation_back() -> None:
    revoke_certificate(certificate=make_certificate(), reason="Issued in error", at=AT)
    with pytest.raises(DatabaseError, match="final"):
        sql("UPDATE certificates_certificate SET revoked_at = NULL, revocation_reason = ''")
