"""What other programs see of the area `assessments`."""

from ninja import Router

router = Router()
