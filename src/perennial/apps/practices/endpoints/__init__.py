"""What other programs see of the area `practices`."""

from ninja import Router

router = Router()
