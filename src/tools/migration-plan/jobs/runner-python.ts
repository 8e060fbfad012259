import { lockRetries } from '../rules.ts'
import { pythonConnection } from './node-connection.ts'

/** The same for tools of Python. */
export const pythonRunner = (command: string): string => `"""Runs one migration command while no other may: python db/migrate.py [command]. Needs psycopg or psycopg2."""
import os
import random
import re
import signal
import subprocess
import sys
import time

${pythonConnection}


COMMAND = sys.argv[1:] or ${JSON.stringify(command.split(' '))}
WAIT_SECONDS = float(os.environ.get("MIGRATION_LOCK_WAIT_SECONDS", "600"))
LOCK = "hashtextextended('migrations of ' || current_database(), 0)"


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
    refuse_pooler(connection)
    deadline = time.monotonic() + WAIT_SECONDS
    while not ask(connection, f"SELECT pg_try_advisory_lock({LOCK})")[0]:
        if time.monotonic() > deadline:
            sys.exit(f"Another migration still holds the lock after {WAIT_SECONDS:g} s. Nothing was run.")
        time.sleep(0.5)
    try:
        for tries in range(1, ${lockRetries} + 1):
            code, said = run()
            if code == 0 or tries == ${lockRetries} or not re.search("lock timeout|55P03|LockNotAvailable", said):
                return code
            print(f"No lock on the table, try {tries} of ${lockRetries}", file=sys.stderr, flush=True)
            time.sleep(1 + random.random())
    finally:
        ask(connection, f"SELECT pg_advisory_unlock({LOCK})")
        connection.close()


if __name__ == "__main__":
    sys.exit(main())`
