"""What other programs see of the area `plans`."""

from ninja import Router

router = Router()
