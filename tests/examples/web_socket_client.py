# SPDX-License-Identifier: MIT
"""A WebSocket client (RFC 6455) that sends one message and waits for one message, like
`echo <message> | websocat -n1 <url>`. Unlike websocat, it reports a close frame as "closed: <code> <reason>" and a
handshake that the server did not accept as "refused: <status>"."""
import base64
import hashlib
import os
import socket
import struct
import urllib.parse

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
TIMEOUT_SECONDS = 30


class Refused(Exception):
    """The status of the response to the handshake was not 101."""


def read_exactly(stream, count):
    data = stream.read(count)
    if len(data) != count:
        raise ConnectionError("the connection ended within a frame")
    return data


def send_frame(connection, opcode, payload):
    """Sends a masked frame. The payloads of examples are short enough for the shortest form."""
    assert len(payload) < 126
    mask = os.urandom(4)
    masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
    connection.sendall(bytes([0x80 | opcode, 0x80 | len(payload)]) + mask + masked)


def receive_frame(stream):
    """Returns (opcode, payload) of a frame, which must contain a whole message."""
    first, second = read_exactly(stream, 2)
    size = second & 0x7F
    if size == 126:
        size, = struct.unpack(">H", read_exactly(stream, 2))
    elif size == 127:
        size, = struct.unpack(">Q", read_exactly(stream, 8))
    return first & 0x0F, read_exactly(stream, size)


def shake_hands(connection, stream, url):
    key = base64.b64encode(os.urandom(16)).decode()
    target = url.path + (f"?{url.query}" if url.query else "")
    connection.sendall((f"GET {target} HTTP/1.1\r\nHost: {url.netloc}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode())
    status = stream.readline().decode().rstrip()
    fields = {}
    while line := stream.readline().decode().rstrip():
        name, value = line.split(":", 1)
        fields[name.lower()] = value.strip()
    if not status.startswith("HTTP/1.1 101 "):
        raise Refused(status.partition(" ")[2])
    expected = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()
    if fields["sec-websocket-accept"] != expected:
        raise ConnectionError("the sec-websocket-accept of the response does not match the key")


def exchange(address, message):
    """Returns the text to print: the first message that arrives, or how the server refused or closed the WebSocket."""
    url = urllib.parse.urlsplit(address)
    with socket.create_connection((url.hostname, url.port), TIMEOUT_SECONDS) as connection:
        with connection.makefile("rb") as stream:
            try:
                shake_hands(connection, stream, url)
            except Refused as refused:
                return f"refused: {refused}"
            send_frame(connection, TEXT, message.encode())
            while True:
                opcode, payload = receive_frame(stream)
                if opcode == PING:
                    send_frame(connection, PONG, payload)
                elif opcode == CLOSE:
                    send_frame(connection, CLOSE, payload)
                    return f"closed: {int.from_bytes(payload[:2], 'big')} {payload[2:].decode()}".rstrip()
                else:
                    send_frame(connection, CLOSE, struct.pack(">H", 1000))
                    return payload.decode()
