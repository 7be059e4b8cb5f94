"""The web server: gunicorn on a port of this machine, a worker per core."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

from endocsea.support.refusals import Refusal


class PortTaken(Refusal):
    code = "server.port-taken"
    sentence = "Port %(port)s cannot be used: %(why)s."
    remedy = "Choose another one with --port N (make run PORT=N), for example --port %(other)s."


def take_port(port: int) -> socket.socket:
    """Bind the port on the loopback address, before the long work begins.

    Raises:
        PortTaken: another program listens there, or it is no port for this account.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        why = "another program is using it" if getattr(error, "errno", 0) == 98 else str(error)
        raise PortTaken(port=port, why=why, other=port + 1 if 1024 <= port < 65535 else 8001) from error
    return listener


def serve(listener: socket.socket, *, log: Path) -> None:
    """Serve until stopped. Errors go to the log, not to the person's screen."""
    from django.db import connections
    from gunicorn.app.base import BaseApplication

    connections.close_all()  # a database connection must not cross into the workers

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": f"fd://{listener.fileno()}",
                "workers": os.cpu_count() or 1,
                "worker_class": "gthread",
                "threads": 4,
                "errorlog": str(log),
                "loglevel": "warning",
                "preload_app": True,
                "timeout": 60,
                "graceful_timeout": 5,
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from endocsea.config.wsgi import application

            return application

    os.set_inheritable(listener.fileno(), True)
    Application().run()
