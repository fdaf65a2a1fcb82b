"""One window per data folder: a second start brings the first window to the front and ends."""

import sys
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from crmdesk.db.data_dir import DataDir
from crmdesk.db.instance import socket_name

_RAISE: Final = b"raise\n"
_SHOWN: Final = b"shown\n"
_CONNECT_MS: Final = 500
_ANSWER_MS: Final = 3000
_LONGEST: Final = 64  # bytes of a request; anything else is not ours


def show_other(data: DataDir) -> bool:
    """Ask the program that runs in `data` to show its window; False when there is none or it does not answer."""
    if not data.holder.is_file():
        return False
    socket = QLocalSocket()
    socket.connectToServer(socket_name(data))
    if not socket.waitForConnected(_CONNECT_MS):
        return False
    _let_come_to_front()
    socket.write(_RAISE)
    socket.flush()
    answered = socket.waitForReadyRead(_ANSWER_MS) and bytes(socket.readAll().data()) == _SHOWN
    socket.close()
    return answered


class OtherStarts(QObject):
    """Listens for later starts in the same folder."""

    asked = Signal()

    def __init__(self, data: DataDir, parent: QObject | None = None) -> None:
        """Listen; the caller holds the folder's lock, so a socket of that name is a leftover."""
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        QLocalServer.removeServer(socket_name(data))
        self._server.listen(socket_name(data))

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _connected(self) -> None:
        socket = self._server.nextPendingConnection()
        while socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            if socket.bytesAvailable():
                self._read(socket)
            socket = self._server.nextPendingConnection()

    def _read(self, socket: QLocalSocket) -> None:
        request = bytes(socket.read(_LONGEST).data())
        if request == _RAISE:
            self.asked.emit()
            socket.write(_SHOWN)
            socket.flush()
        socket.disconnectFromServer()


def _let_come_to_front() -> None:
    # Windows lets only the program in front hand the front on; this one is, as the person just started it.
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
