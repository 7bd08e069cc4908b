"""What is started in place of a worker: it hands its pipes to the nursery, and ends as the fork does.

Started with as little as possible (`python -I -S`): the path of the nursery's socket, and how to pretend.
"""

import os
import signal
import socket
import sys


def main(path: str, how: str) -> None:
    """Have a worker forked with the pipes and surroundings of this process; leave when it does."""
    place = os.getcwd()  # noqa: PTH109  # pathlib would take longer than all of this
    told = [how.encode(), place.encode()]
    told += [b"=".join(each) for each in os.environb.items()]
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        socket.send_fds(line, [b"\0".join(told)], [0, 1, 2])
        for pipe in (0, 1, 2):
            os.close(pipe)  # they are the worker's alone
        code = line.recv(1)
    if not code:  # it was killed by a fault
        os.kill(os.getpid(), signal.SIGSEGV)
    os._exit(code[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
