import { lockTimeoutMs } from '../rules.ts'
import { batchSeconds, blindPauses, blindWarning, estimatedRows, jobLock, lastKey, maxLagSeconds, nextBatch, noteProgress, progressTable, replicaLag, reportSeconds, unseenReplicas, type Job } from './job.ts'
import { pythonConnection } from './node-connection.ts'

/** SQL as a Python string for a call with parameters: a per cent sign is doubled, and a word between marks becomes a parameter. */
export const withParameters = (sql: string): string => JSON.stringify(sql.replaceAll('%', '%%').replace(/\uE000(\w+)\uE001/g, '%($1)s'))
export const parameter = (name: string): string => `\uE000${name}\uE001`

/** A backfill for Python with psycopg 3 or psycopg2. */
export const pythonJob = ({ name, batches }: Job): string => `"""Backfill in batches. Stop it at any moment (Ctrl-C); started again it goes on after the last batch that it committed.

    DIRECT_DATABASE_URL=postgres://... python FILE          needs psycopg or psycopg2
"""
import math
import os
import random
import re
import signal
import sys
import time

${pythonConnection}


JOB = "${name}"
FIRST = ${withParameters(nextBatch(batches, parameter('size'), undefined, parameter('last')))}
NEXT = ${withParameters(nextBatch(batches, parameter('size'), parameter('after'), parameter('last')))}
WORK = ${withParameters(batches.work(`t.${batches.key} BETWEEN ${parameter('low')} AND ${parameter('high')}`))}
stop = False


def on_signal(*_):
    global stop
    stop = True


def batch(connection, after, last, size):
    """One batch in one transaction, with the note of how far it got; None when nothing is left."""
    ask(connection, "BEGIN")
    try:
        ask(connection, "SET LOCAL lock_timeout = '${lockTimeoutMs}ms'")
        ask(connection, "SET LOCAL statement_timeout = '${batchSeconds}s'")
        low, high, count = ask(connection, FIRST if after is None else NEXT, {"after": after, "last": last, "size": size})
        if count > 0:
            ask(connection, WORK, {"low": low, "high": high})
            ask(connection, ${withParameters(noteProgress(['job', 'high', 'count'].map(parameter).join(', ')))}, {"job": JOB, "high": high, "count": count})
        ask(connection, "COMMIT")
        return (high, count) if count > 0 else None
    except Exception:
        ask(connection, "ROLLBACK")
        raise


def main():
    size = ${batches.rows}
    connection = connect()
    refuse_pooler(connection)
    ask(connection, ${JSON.stringify(progressTable)})
    if not ask(connection, "SELECT pg_try_advisory_lock(${jobLock(name)})")[0]:
        sys.exit(JOB + " is running already.")
    after, rows = ask(connection, "SELECT last_key, rows_done FROM migration_progress WHERE job = %(job)s", {"job": JOB}) or (None, 0)
    last = (ask(connection, ${JSON.stringify(lastKey(batches))}) or (None,))[0]
    total = ask(connection, ${withParameters(estimatedRows(parameter('table')))}, {"table": ${JSON.stringify(batches.table)}})[0]
    unseen = ask(connection, "${unseenReplicas}")[0]
    if unseen > 0:
        print(f"{JOB}: {unseen} ${blindWarning}", file=sys.stderr, flush=True)
    started = reported = time.monotonic()
    rows_before, failures = rows, 0
    while last is not None and not stop:
        try:
            done = batch(connection, after, last, size)
        except psycopg.Error as error:
            # A lock, a deadlock, or a batch that took too long: the same again, smaller.
            code = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
            failures += 1
            if code not in ("55P03", "40P01", "40001", "57014") or failures > 30:
                raise
            if code == "57014":
                size = max(100, size // 2)
            time.sleep(1 + random.random())
            continue
        if done is None:
            break
        after, rows, failures = done[0], rows + done[1], 0
        if time.monotonic() - reported > ${reportSeconds}:
            reported = time.monotonic()
            left = max(total - rows, 0) / ((rows - rows_before) / (reported - started))
            print(f"{JOB}: {rows} of about {max(int(total), rows)} rows, about {math.ceil(left / 60)} min left", flush=True)
        while not stop and ask(connection, "${replicaLag}")[0] > ${maxLagSeconds}:
            time.sleep(1)
        time.sleep(${batches.pauseSeconds} * (${blindPauses} if unseen > 0 else 1))
    if stop:
        print(f"{JOB}: stopped after {rows} rows; start it again to go on")
        sys.exit(75)
    ask(connection, "DELETE FROM migration_progress WHERE job = %(job)s", {"job": JOB})
    print(f"{JOB}: done, {rows} rows looked at")


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, on_signal)
    main()`
