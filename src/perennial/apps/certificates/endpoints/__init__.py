"""What other programs see of the area `certificates`."""

from ninja import Router

router = Router()
