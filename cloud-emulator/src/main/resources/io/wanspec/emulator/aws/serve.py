"""Runs MiniStack until its parent ends: python -I -c THIS SITE DATA. SITE holds its packages, DATA is removed at the end."""
import os
import shutil
import signal
import sys
import threading
import time

site, data = sys.argv[1:3]
sys.path.insert(0, site)
sys.argv = ["ministack"]
os.setpgid(0, 0)  # A group of its own, so that the functions that it starts end with it.


def end_with_parent():
    # Whoever holds the other end of standard input never writes; it ends with the parent, however that ends.
    while os.read(0, 4096):
        pass
    os.killpg(0, signal.SIGTERM)
    time.sleep(3)
    shutil.rmtree(data, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


threading.Thread(target=end_with_parent, daemon=True).start()
try:
    from ministack.app import main
    from hypercorn.config import Config

    # All is in memory, so nobody need be waited for.
    Config.graceful_timeout = 0.2

    main()
finally:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    shutil.rmtree(data, ignore_errors=True)
