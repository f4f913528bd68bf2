"""Hands a command over to ``server.py``, and ends as it ends: ``python -IS client.py SOCKET -m MODULE …``."""

import os
import signal
import socket
import struct
import sys

server = socket.socket(socket.AF_UNIX)
server.connect(sys.argv[1])
words = sys.argv[2:]
environment = [f"{name}={value}" for name, value in os.environ.items()]
request = b"\0".join(map(os.fsencode, [os.getcwd(), str(len(words)), *words, *environment]))
socket.send_fds(server, [struct.pack("I", len(request))], [0, 1, 2])
server.sendall(request)
(pid,) = struct.unpack("i", server.recv(4))
with open("/proc/self/comm", "w") as name:
    name.write(str(pid))  # see pids.py
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2):
    signal.signal(number, lambda sent, _: os.kill(pid, sent))
answer = server.recv(4)
(code,) = struct.unpack("i", answer) if answer else (-signal.SIGKILL,)
if code < 0:
    signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
    os.kill(os.getpid(), -code)
os._exit(code)
