"""What other programs see of the area `licenses`."""

from ninja import Router

router = Router()
