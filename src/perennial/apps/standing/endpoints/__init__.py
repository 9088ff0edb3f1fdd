"""What other programs see of the area `standing`."""

from ninja import Router

router = Router()
