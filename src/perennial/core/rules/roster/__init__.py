"""Whole rosters of licensees: read from Parquet in a stream, judged in columns, written to Parquet."""
