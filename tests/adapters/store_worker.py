"""A process that works on a store until it is killed; started by test_store_crashes.py.

Reads lines `SEED DELAY_MICROSECONDS` from its standard input. For each it forks a child that publishes,
rolls back and collects, kills it after the delay, and answers with a line. The child writes to
the file JOURNAL what it is about to make live, and what is.

    python store_worker.py STORE JOURNAL
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from pectin.adapters.lmdb_store.store import LmdbStore
from pectin.deploy.errors import AlreadyLive, DeployNotFound
from pectin.deploy.model import Provenance
from pectin.deploy.ports import Store
from pectin.deploy.publishing import publish
from pectin.deploy.retention import Retention, gc
from pectin.deploy.rollback import rollback
from pectin.deploy.staging import Staging
from pectin.values.output import OutputFile
from pectin.values.rules import Rules
from pectin.values.site import SiteName

SITE = SiteName("plum")
PAGES = 20


def publish_version(store: Store, version: int) -> str:
    """The id of a deploy whose every page says `version`; every third has a large file too."""
    staging = Staging(store, SITE, version, batch_bytes=4096)
    for page in range(PAGES):
        staging.add(OutputFile(f"/{page}", b"%d" % version + b" jam" * 200, "text/plain"))
    if version % 3 == 0:
        staging.add(OutputFile("/large", b"%d" % version + bytes(1 << 20), "text/plain"))
    sealed = staging.seal(Rules())
    published = publish(
        store, sealed, message=str(version), author="w", provenance=Provenance(), now=version
    )
    return published.deploy.snapshot.hex()


def work(store: Store, journal: int, seed: int) -> None:
    rng = random.Random(seed)
    version = seed * 10_000
    while True:
        version += 1
        task = rng.choice(("publish", "publish", "rollback", "collect"))
        os.write(journal, f"begin {task} {version}\n".encode())
        if task == "publish":
            live = publish_version(store, version)
            os.write(journal, f"live {live}\n".encode())
        elif task == "rollback":
            try:
                live = rollback(store, SITE, author="w", now=version).snapshot.hex()
                os.write(journal, f"live {live}\n".encode())
            except (AlreadyLive, DeployNotFound):
                continue
        else:
            gc(store, now=version, retention=Retention(keep=3), stale_after=0)


def main() -> None:
    folder, journal_path = Path(sys.argv[1]), sys.argv[2]
    for line in sys.stdin:
        seed, delay = map(int, line.split())
        journal = os.open(journal_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        child = os.fork()
        if child == 0:
            work(LmdbStore(folder), journal, seed)
        os.close(journal)
        time.sleep(delay / 1e6)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - it is the answer


if __name__ == "__main__":
    main()
