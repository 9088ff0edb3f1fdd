"""The rule base as a whole: its files, its cases, its laws."""
