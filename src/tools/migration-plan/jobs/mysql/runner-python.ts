import { lockRetries } from '../../rules.ts'
import { pythonConnection } from './connection.ts'
import { migrationLock } from './job.ts'

/** The same for tools of Python. */
export const pythonRunner = (command: string): string => `"""Runs one migration command while no other may: python db/migrate.py [command]. Needs PyMySQL or mysqlclient."""
import os
import random
import re
import signal
import subprocess
import sys
import time
from urllib.parse import unquote, urlsplit

${pythonConnection}


COMMAND = sys.argv[1:] or ${JSON.stringify(command.split(' '))}
WAIT_SECONDS = float(os.environ.get("MIGRATION_LOCK_WAIT_SECONDS", "600"))
LOCK = "${migrationLock}"


def run():
    """The command's exit code, and the end of what it said."""
    child = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env={**os.environ, "DATABASE_URL": ADDRESS})
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: child.send_signal(received))
    said = ""
    for line in child.stdout:
        print(line, end="", flush=True)
        said = (said + line)[-20000:]
    return child.wait(), said


def main():
    connection = connect()
    # The connection is idle while the command runs, which may take longer than the server waits.
    ask(connection, "SET SESSION wait_timeout = 86400")
    deadline = time.monotonic() + WAIT_SECONDS
    while ask(connection, f"SELECT GET_LOCK({LOCK}, 1)")[0] != 1:
        if time.monotonic() > deadline:
            sys.exit(f"Another migration still holds the lock after {WAIT_SECONDS:g} s. Nothing was run.")
    try:
        for tries in range(1, ${lockRetries} + 1):
            code, said = run()
            if code == 0 or tries == ${lockRetries} or not re.search("Lock wait timeout exceeded", said):
                return code
            print(f"No lock on the table, try {tries} of ${lockRetries}", file=sys.stderr, flush=True)
            time.sleep(1 + random.random())
    finally:
        ask(connection, f"SELECT RELEASE_LOCK({LOCK})")
        connection.close()


if __name__ == "__main__":
    sys.exit(main())`
