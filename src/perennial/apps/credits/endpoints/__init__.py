"""What other programs see of the area `credits`."""

from ninja import Router

router = Router()
