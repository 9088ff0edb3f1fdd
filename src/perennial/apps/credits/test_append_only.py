"""Nothing in the ledger can be changed or deleted, by code or by hand in the database."""

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction

from perennial.apps.credits.builders import AT, make_credit
from perennial.apps.credits.models import AppendOnly, Entry, Proof
from perennial.apps.credits.services import add_proof

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nproof"


def sql(statement: str, *values: str | int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("table", ["credits_entry", "credits_proof"])
def test_the_database_refuses_to_delete(table: str) -> None:
    add_proof(entry=make_credit(), upload=ContentFile(PDF, name="proof.pdf"), at=AT)
    with pytest.raises(DatabaseError, match="append-only"):
        sql(f"DELETE FROM {table}")
    assert Entry.objects.count() == Proof.objects.count() == 1


@pytest.mark.parametrize(("table", "column"), [("credits_entry", "title"), ("credits_proof", "sha256")])
def test_the_database_refuses_to_change(table: str, column: str) -> None:
    add_proof(entry=make_credit(), upload=ContentFile(PDF, name="proof.pdf"), at=AT)
    with pytest.raises(DatabaseError, match="append-only"):
        sql(f"UPDATE {table} SET {column} = %s", "other")
    assert not Entry.objects.filter(title="other").exists()


def test_the_database_refuses_one_row_in_place_of_another() -> None:
    entry = make_credit()
    columns = ", ".join(f'"{field.column}"' for field in Entry._meta.concrete_fields)
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(DatabaseError):
        sql(f"{verb} INTO credits_entry ({columns}) SELECT {columns} FROM credits_entry WHERE id = %s", entry.pk)
    assert Entry.objects.get().title == entry.title


def test_code_cannot_save_a_row_again_or_delete_it() -> None:
    entry = make_credit()
    entry.title = "other"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    assert Entry.objects.get().title != "other"


def test_code_cannot_change_or_delete_many_rows() -> None:
    entry = make_credit()
    with pytest.raises(AppendOnly):
        Entry.objects.update(title="other")
    with pytest.raises(AppendOnly):
        Entry.objects.filter(pk=entry.pk).delete()
    with pytest.raises(AppendOnly):
        Entry.objects.bulk_update([entry], ["title"])


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_after_the_tables_were_emptied_for_another_test() -> None:
    make_credit()
    with pytest.raises(DatabaseError, match="append-only"):
        sql("DELETE FROM credits_entry")
