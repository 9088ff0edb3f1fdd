"""What other programs see of the area `notices`."""

from ninja import Router

router = Router()
