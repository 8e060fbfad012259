import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { pause, until } from './traffic.ts'

/** A streaming copy of a server, on a socket of its own. */
export interface Replica { readonly socket: string, readonly stop: () => void }

/** What somebody saw who reads the replica while the primary is migrated, milliseconds. */
export interface OnReplica {
  /** Age of the newest row that the replica showed, at its oldest. */
  readonly oldestMs: number
  /** Longest read of the table there. */
  readonly longestReadMs: number
}

/** Whether a replica can be made with the programs in `folder`. */
export const canReplicate = (folder: string): boolean => existsSync(join(folder, 'pg_basebackup'))

/** Copies the server behind `socket` and lets the copy follow it. */
export function startReplica(folder: string, socket: string, user: string): Replica {
  const home = mkdtempSync(join(tmpdir(), 'ops-pg-replica-'))
  chmodSync(home, 0o777)
  const data = join(home, 'data')
  const as = (program: string, args: readonly string[]): void => {
    const [command, all] = process.getuid?.() === 0 ? ['runuser', ['-u', 'nobody', '--', join(folder, program), ...args]] : [join(folder, program), [...args]]
    // stdout is not a pipe: the server would inherit it and the call would never end.
    execFileSync(command, all, { cwd: home, stdio: ['ignore', 'ignore', 'ignore'] })
  }
  as('pg_basebackup', ['-h', socket, '-U', user, '-D', data, '-R', '-X', 'stream', '-c', 'fast', '--no-sync'])
  as('pg_ctl', ['-D', data, '-w', '-l', join(home, 'log'), '-o', `-c listen_addresses='' -c fsync=off -c unix_socket_directories=${home}`, 'start'])
  return {
    socket: home,
    stop: () => {
      try {
        as('pg_ctl', ['-D', data, '-m', 'immediate', 'stop'])
      } finally {
        rmSync(home, { recursive: true, force: true })
      }
    },
  }
}

/** Waits until the copy has all that the primary has. */
export async function caughtUp(primary: Client): Promise<void> {
  let behind = true
  const asking = (async () => {
    while (behind) {
      const { rows: [row] } = await primary.query<{ behind: boolean }>('SELECT coalesce(bool_or(replay_lsn < pg_current_wal_lsn()), true) AS behind FROM pg_stat_replication')
      behind = row?.behind ?? true
      await pause(20)
    }
  })()
  await until(() => !behind, 'the replica', 300_000)
  await asking
}

/** Writes the time on the primary again and again and looks how old it is on the replica, and reads the accounts there, until asked for the worst. */
export async function watchReplica(toPrimary: () => Promise<Client>, toReplica: () => Promise<Client>): Promise<() => Promise<OnReplica>> {
  const primary = await toPrimary()
  await primary.query('CREATE TABLE heartbeat(at timestamptz); INSERT INTO heartbeat VALUES (clock_timestamp())')
  await caughtUp(primary)
  const [looking, reading] = [await toReplica(), await toReplica()]
  let [running, oldestMs, longestReadMs] = [true, 0, 0]
  const repeat = async (client: Client, once: () => Promise<void>): Promise<void> => {
    while (running) {
      await once()
      await pause(20)
    }
    await client.end()
  }
  const work = Promise.all([
    repeat(primary, async () => { await primary.query('UPDATE heartbeat SET at = clock_timestamp()') }),
    repeat(looking, async () => {
      const { rows: [row] } = await looking.query<{ age: number }>('SELECT extract(epoch FROM clock_timestamp() - at)::float8 * 1000 AS age FROM heartbeat')
      oldestMs = Math.max(oldestMs, row?.age ?? 0)
    }),
    repeat(reading, async () => {
      const start = performance.now()
      await reading.query('SELECT id FROM accounts WHERE id = 1')
      longestReadMs = Math.max(longestReadMs, performance.now() - start)
    }),
  ])
  return async () => {
    running = false
    await work
    return { oldestMs: Math.round(oldestMs), longestReadMs: Math.round(longestReadMs) }
  }
}
