"""A network of this test's own, where the ports that old clients have built in (23 and 80) are free, and privileges are
not needed. Everything that is started afterwards is in it."""

import ctypes
import os
import subprocess

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
_entered = False


def enter():
    """Only before this process has threads."""
    global _entered
    if _entered:
        return
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "a network namespace cannot be made")
    with open("/proc/self/setgroups", "w", encoding="ascii") as file:
        file.write("deny")
    for name, number in (("uid_map", user), ("gid_map", group)):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(f"0 {number} 1")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    _entered = True
