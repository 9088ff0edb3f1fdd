"""Mark answers, and judge questions by how they were answered."""

from perennial.core.scoring.marking import CHOSEN, EVERYONE, is_right, key_of, number_of, with_key

__all__ = ["CHOSEN", "EVERYONE", "is_right", "key_of", "number_of", "with_key"]
