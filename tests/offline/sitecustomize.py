"""Put on a process's path, this refuses all but loopback to every Python socket, in it and in its children.

Python's audit hook sees each connection, datagram and name look-up of the interpreter's sockets, whichever module makes
it (PEP 578). It doesn't see what native code inside a library does. Each refusal is also written to the file that
ONRECORD_REFUSED names, so that one which the program swallows is not lost.
"""

import ipaddress
import os
import socket
import sys

SENDING = ("socket.connect", "socket.sendto", "socket.sendmsg")  # connect_ex raises "socket.connect" too
RESOLVING = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
INTERNET = (socket.AF_INET, socket.AF_INET6)


def _allowed(host) -> bool:
    host = host.decode() if isinstance(host, bytes) else host
    try:
        return host in (None, "", "localhost") or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse(event, arguments):
    if event in SENDING:
        link, address = arguments
        if link.family not in INTERNET or address is None or _allowed(address[0]):
            return
        said = f"{event} to {address} left the machine"
    elif event in RESOLVING and not _allowed(arguments[0]):
        said = f"{event}: the name {arguments[0]} was looked up"
    else:
        return
    if "ONRECORD_REFUSED" in os.environ:
        with open(os.environ["ONRECORD_REFUSED"], "a", encoding="utf-8") as file:
            file.write(said + "\n")
    raise PermissionError(said)


sys.addaudithook(_refuse)
