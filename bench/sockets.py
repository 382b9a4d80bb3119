"""A WebSocket of the generator: picows, frames masked and sent as they were built."""

from __future__ import annotations

from collections.abc import Callable

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

Take = Callable[[bytes], None]
"""Called with the payload of each text frame."""


class _Listener(WSListener):
    def __init__(self, take: Take) -> None:
        self._take = take

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """Hand on what it says; a server that closes shows in what does not arrive."""
        if frame.msg_type == WSMsgType.TEXT:
            self._take(frame.get_payload_as_bytes())
        elif frame.msg_type == WSMsgType.PING:
            transport.send_pong(frame.get_payload_as_bytes())


class Socket:
    """One open WebSocket."""

    def __init__(self, transport: WSTransport) -> None:
        self._transport = transport

    def send(self, frame: bytes) -> None:
        """Send one text frame without waiting."""
        self._transport.send(WSMsgType.TEXT, frame)

    async def close(self) -> None:
        """Hang up."""
        self._transport.disconnect()
        await self._transport.wait_disconnected()


async def open_socket(url: str, headers: dict[str, str], take: Take) -> Socket:
    """Open one."""
    transport, _ = await ws_connect(
        lambda: _Listener(take), url, extra_headers=headers, websocket_handshake_timeout=30, enable_auto_pong=False
    )
    return Socket(transport)
