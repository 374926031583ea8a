"""Run the page until it is ended."""

import socket

import uvicorn
from fastapi import FastAPI

from listing_preflight.service.server import Server

GRACE = 2
"""Seconds that answers under way have when the page is ended."""


def server(app: FastAPI) -> Server:
    """What serves the page."""
    return Server(uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=GRACE, lifespan="off", ws="none"
    ))  # fmt: skip


def run(app: FastAPI, sock: socket.socket) -> None:
    """Serve on a socket until Ctrl-C or a signal."""
    try:
        server(app).run(sockets=[sock])
    finally:
        sock.close()
