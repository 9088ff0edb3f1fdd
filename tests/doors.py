"""Ports and mail servers for tests that start servers of their own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from random import SystemRandom
from typing import Any

from aiosmtpd.controller import Controller

# Below what systems give to outgoing connections, so that no connection takes the port before the server that it is for.
PORTS = range(20_000, 32_000)
READY_SECONDS = 60.0


def free_port() -> int:
    """A port that nobody holds; drawn past the seed that all tests share, so that two workers draw different ones."""
    for port in SystemRandom().sample(PORTS, 100):
        with socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("a hundred ports are taken")


class MailDoor(Controller):
    """A mail server on a port that the system chooses; `port` is that port once it has started."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]  # it has started by now
        super()._trigger_server()  # type: ignore[no-untyped-call]  # as aiosmtpd has it


@contextmanager
def mail_server(handler: Any) -> Iterator[int]:
    """Serve mail by an aiosmtpd handler; gives the port."""
    controller = MailDoor(handler, hostname="127.0.0.1", port=0, ready_timeout=READY_SECONDS)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
