"""The append-only ledger of earned hours, with its proof."""
