"""Put on a process's path, this refuses every connection but loopback's, in it and in its children."""

import ipaddress
import socket


def _allowed(address) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return address[0] == "localhost"


def _guard(name):
    real = getattr(socket.socket, name)

    def guarded(self, address, *rest):
        if not _allowed(address):
            raise PermissionError(f"a connection to {address} left the machine")
        return real(self, address, *rest)

    setattr(socket.socket, name, guarded)


for _name in ("connect", "connect_ex"):
    _guard(_name)

_resolve = socket.getaddrinfo


def _resolve_here(host, *rest, **more):
    if host is not None and not _allowed((host if isinstance(host, str) else host.decode(), 0)):
        raise PermissionError(f"the name {host} was looked up")
    return _resolve(host, *rest, **more)


socket.getaddrinfo = _resolve_here
