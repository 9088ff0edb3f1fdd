"""Compacts stand beside the licenses that they concern, with what is open."""

from perennial.apps.licenses.compacts import compacts_beside, compacts_for_all


def test_one_compact_stands_once_beside_all_the_licenses_that_it_concerns() -> None:
    licenses = [("counselor", "Texas LPC"), ("marriage_family_therapist", "Texas LMFT"), ("counselor", "California counselor")]
    (found,) = compacts_beside(licenses, frozenset())
    assert (found.name, found.beside) == ("Counseling Compact", ("Texas LPC", "California counselor"))
    assert found.open
    assert found.read == "", "no source was read, so there is no day of reading"


def test_a_compact_with_a_credential_of_its_own_waits_for_that_credential() -> None:
    licenses = [("psychologist", "Ohio psychologist")]
    assert compacts_beside(licenses, frozenset()) == ()
    assert [one.name for one in compacts_beside(licenses, frozenset({"e_passport"}))] == ["PSYPACT"]
    assert [(one.name, one.read) for one in compacts_for_all("psychologist")] == [("PSYPACT", "November 2026")]
