import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, closeSync, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A throwaway MariaDB server on a Unix socket. */
export interface MariaDb {
  /** Runs statements one after the other in one session, as tab-separated lines. Throws with the server's message. */
  readonly run: (...statements: readonly string[]) => string
  /** The server's message for a statement that must be refused, or undefined when it was accepted. */
  readonly refusal: (...statements: readonly string[]) => string | undefined
  /** A session that runs these and stays open. `ready` resolves when they are done. */
  readonly hold: (...statements: readonly string[]) => { readonly ready: Promise<void>, readonly end: () => Promise<void> }
  readonly socket: string
  readonly version: string
  readonly stop: () => Promise<void>
}

const find = (name: string): string | undefined => ['/usr/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].map((folder) => join(folder, name)).find((path) => existsSync(path))
const [server, install, client] = [find('mariadbd'), find('mariadb-install-db'), find('mariadb')]

/** Whether this machine has MariaDB's server, its set-up program and its client. */
export const hasMariaDb = server !== undefined && install !== undefined && client !== undefined

// Durability costs seconds and proves nothing here.
const fast = ['--innodb-flush-method=nosync', '--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--innodb-log-file-size=4M']

/** Starts a server in a new temporary folder, on a port of this machine where one is given. As root it is run by `nobody`. */
export async function startMariaDb({ port, more = [] }: { readonly port?: number, readonly more?: readonly string[] } = {}): Promise<MariaDb> {
  const home = mkdtempSync(join(tmpdir(), 'ops-maria-'))
  chmodSync(home, 0o777)
  const [data, socket] = [join(home, 'data'), join(home, 'socket')]
  const root = process.getuid?.() === 0
  const as = (program: string, args: readonly string[]): readonly [string, readonly string[]] => (root ? ['runuser', ['-u', 'nobody', '--', program, ...args]] : [program, args])
  const [setUp, setUpArgs] = as(install as string, ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve', ...fast])
  execFileSync(setUp, setUpArgs, { cwd: home, stdio: 'ignore' })
  const [start, startArgs] = as(server as string, ['--no-defaults', `--datadir=${data}`, `--socket=${socket}`, `--pid-file=${join(home, 'pid')}`, ...(port === undefined ? ['--skip-networking'] : ['--bind-address=127.0.0.1', `--port=${port}`]), ...more, '--character-set-server=utf8mb4', '--innodb-buffer-pool-size=32M', ...fast])
  const log = openSync(join(home, 'log'), 'w')
  const child = spawn(start, startArgs, { cwd: home, stdio: ['ignore', log, log] })
  closeSync(log)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  // The client asks as its user, who has no password here.
  const ask = (input: string) => spawnSync(client as string, ['--no-defaults', '-N', '-B', '-S', socket, '-u', 'root'], { input, encoding: 'utf8' })
  const end = '<<<end>>>'
  const send = (statements: readonly string[]) => ask(`DELIMITER ${end}\n${statements.map((sql) => `${sql}\n${end}\n`).join('')}`)
  for (let waited = 0; ask('SELECT 1').status !== 0; waited += 1) {
    if (child.exitCode !== null || waited > 300) throw new Error(`MariaDB did not start: ${join(home, 'log')}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    run: (...statements) => {
      const done = send(statements)
      if (done.status !== 0) throw new Error(`${done.stderr.trim()}\nin: ${statements.join(';\n')}`)
      return done.stdout.trim()
    },
    refusal: (...statements) => {
      const done = send(statements)
      return done.status === 0 ? undefined : done.stderr.trim()
    },
    hold: (...statements) => {
      const session = spawn(client as string, ['--no-defaults', '-N', '-B', '-n', '-S', socket, '-u', 'root'], { stdio: ['pipe', 'pipe', 'pipe'] })
      let complaint = ''
      session.stderr.on('data', (text: Buffer) => { complaint += text.toString() })
      const closed = new Promise<void>((resolve) => session.once('exit', () => resolve()))
      const ready = new Promise<void>((resolve, reject) => {
        session.once('exit', () => reject(new Error(`The session ended before it was done: ${complaint}`)))
        session.stdout.on('data', (text: Buffer) => { if (text.toString().includes('held')) resolve() })
      })
      session.stdin.write(`${[...statements, "SELECT 'held'"].join(';\n')};\n`)
      // Who waits for it hears of a failure; nobody else has to.
      ready.catch(() => undefined)
      return { ready, end: () => { session.stdin.end(); return closed } }
    },
    socket,
    version: ask('SELECT version()').stdout.trim(),
    stop: async () => {
      ask('SHUTDOWN')
      await ended
      rmSync(home, { recursive: true, force: true })
    },
  }
}
