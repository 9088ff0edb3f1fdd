"""Reads what a certificate says out of the files that people keep: PDF, photo, e-mail, spreadsheet."""
