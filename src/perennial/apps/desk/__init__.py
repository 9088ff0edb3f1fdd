"""The provider's desk: courses are written, checked and published here."""
