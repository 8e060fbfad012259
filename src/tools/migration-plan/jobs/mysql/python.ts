import { maxLagSeconds, reportSeconds, type Job } from '../job.ts'
import { parameter, withParameters } from '../python.ts'
import { pythonConnection } from './connection.ts'
import { busyThreads, endOfBatch, jobLock, lastKey, nextBatch, noteProgress, progressTable, retryCodes, sessionSettings, sessionSettingsOnMariaDb, slowBatchSeconds } from './job.ts'

/** A backfill for Python with PyMySQL or mysqlclient. */
export const pythonJob = ({ name, batches }: Job): string => `"""Backfill in batches. Stop it at any moment (Ctrl-C); started again it goes on after the last batch that it committed.

    DATABASE_URL=mysql://... python FILE          needs PyMySQL or mysqlclient
REPLICA_DATABASE_URLS, parted by commas: it waits while one of them is more than ${maxLagSeconds} s behind.
"""
import math
import os
import random
import signal
import sys
import time
from urllib.parse import unquote, urlsplit

${pythonConnection}


JOB = "${name}"
FIRST = ${withParameters(nextBatch(batches, undefined, parameter('last')) + parameter('size') + endOfBatch)}
NEXT = ${withParameters(nextBatch(batches, parameter('after'), parameter('last')) + parameter('size') + endOfBatch)}
WORK = ${withParameters(batches.work(`t.${batches.key} BETWEEN ${parameter('low')} AND ${parameter('high')}`))}
stop = False


def on_signal(*_):
    global stop
    stop = True


def lag(replica):
    """Seconds behind; a replica that does not replicate counts as far behind."""
    with replica.cursor() as cursor:
        try:
            cursor.execute("SHOW REPLICA STATUS")
        except pymysql.Error:
            cursor.execute("SHOW SLAVE STATUS")
        row = cursor.fetchone()
        names = [column[0] for column in cursor.description]
    if row is None:
        return 0
    found = dict(zip(names, row))
    seconds = found.get("Seconds_Behind_Source", found.get("Seconds_Behind_Master"))
    return math.inf if seconds is None else seconds


def wait_for_servers(connection, replicas):
    said = False
    while not stop:
        running = int(ask(connection, "SHOW GLOBAL STATUS LIKE 'Threads_running'")[1])
        behind = max([0, *map(lag, replicas)])
        if running <= ${busyThreads} and behind <= ${maxLagSeconds}:
            return
        if not said:
            print(f"{JOB}: waiting, {running} queries run, the slowest replica is {behind} s behind", flush=True)
        said = True
        time.sleep(1)


def batch(connection, after, last, size):
    """One batch in one transaction, with the note of how far it got; None when nothing is left."""
    ask(connection, "START TRANSACTION")
    try:
        low, high, count = ask(connection, FIRST if after is None else NEXT, {"after": after, "last": last, "size": size})
        if count > 0:
            ask(connection, WORK, {"low": low, "high": high})
            ask(connection, ${withParameters(noteProgress(parameter('job'), parameter('high'), parameter('count')))}, {"job": JOB, "high": high, "count": count})
        ask(connection, "COMMIT")
        return (high, count) if count > 0 else None
    except Exception:
        ask(connection, "ROLLBACK")
        raise


def main():
    size = ${batches.rows}
    connection = connect()
    replicas = [connect(address) for address in os.environ.get("REPLICA_DATABASE_URLS", "").split(",") if address]
    try:
        ask(connection, "${sessionSettings}")
    except pymysql.Error:
        ask(connection, "${sessionSettingsOnMariaDb}")
    ask(connection, ${JSON.stringify(progressTable)})
    if ask(connection, "SELECT GET_LOCK(${jobLock(name)}, 0)")[0] != 1:
        sys.exit(JOB + " is running already.")
    after, rows = ask(connection, "SELECT last_key, rows_done FROM migration_progress WHERE job = %(job)s", {"job": JOB}) or (None, 0)
    last = ask(connection, ${JSON.stringify(lastKey(batches))})[0]
    total = ask(connection, ${JSON.stringify(batches.estimate ?? 'SELECT 0')})[0]
    started = reported = time.monotonic()
    rows_before, failures = rows, 0
    while last is not None and not stop:
        wait_for_servers(connection, replicas)
        begun = time.monotonic()
        try:
            done = batch(connection, after, last, size)
        except pymysql.Error as error:
            # No lock in time, or a deadlock: the same again.
            failures += 1
            if error.args[0] not in (${retryCodes.join(', ')}) or failures > 30:
                raise
            time.sleep(1 + random.random())
            continue
        if done is None:
            break
        after, rows, failures = done[0], rows + done[1], 0
        if time.monotonic() - begun > ${slowBatchSeconds}:
            size = max(100, size // 2)
        if time.monotonic() - reported > ${reportSeconds}:
            reported = time.monotonic()
            left = max(total - rows, 0) / ((rows - rows_before) / (reported - started))
            print(f"{JOB}: {rows} of about {max(int(total), rows)} rows, about {math.ceil(left / 60)} min left", flush=True)
        time.sleep(${batches.pauseSeconds})
    if stop:
        print(f"{JOB}: stopped after {rows} rows; start it again to go on")
        sys.exit(75)
    ask(connection, "DELETE FROM migration_progress WHERE job = %(job)s", {"job": JOB})
    print(f"{JOB}: done, {rows} rows looked at")


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    main()`
