"""What other programs see of the area `accounts`."""

from ninja import Router

router = Router()
