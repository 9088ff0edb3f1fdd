"""What other programs see of the area `providers`."""

from ninja import Router

router = Router()
