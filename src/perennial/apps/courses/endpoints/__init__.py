"""What other programs see of the area `courses`."""

from ninja import Router

router = Router()
