import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A throwaway PostgreSQL server on a Unix socket. */
export interface Postgres {
  /** Runs SQL as psql would run a file: each statement commits by itself. Throws with the server's message. */
  readonly run: (sql: string) => string
  /** Folder of its socket: what a driver takes as host. */
  readonly socket: string
  readonly stop: () => void
}

const folders = (): string[] => (existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`) : [])

/** Folder of initdb, or undefined when this machine has no PostgreSQL server. */
export const postgresFolder = (): string | undefined =>
  [...folders(), '/usr/local/bin', '/opt/homebrew/bin', '/usr/bin'].find((folder) => existsSync(join(folder, 'initdb')))

/** Starts a server in a new temporary folder, and on a port of localhost when one is given. PostgreSQL refuses to run as root: then `nobody` runs it. */
export function startPostgres(folder: string, { port, user = 'ops' }: { readonly port?: number, readonly user?: string } = {}): Postgres {
  const home = mkdtempSync(join(tmpdir(), 'ops-pg-'))
  chmodSync(home, 0o777)
  const data = join(home, 'data')
  const root = process.getuid?.() === 0
  const as = (program: string, args: readonly string[]): void => {
    const [command, all] = root ? ['runuser', ['-u', 'nobody', '--', join(folder, program), ...args]] : [join(folder, program), [...args]]
    // stdout is not a pipe: the server would inherit it and the call would never end.
    execFileSync(command, all, { cwd: home, stdio: ['ignore', 'ignore', 'ignore'] })
  }
  as('initdb', ['-D', data, '-U', user, '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'])
  as('pg_ctl', ['-D', data, '-w', '-l', join(home, 'log'), '-o', `${port === undefined ? "-c listen_addresses=''" : `-c listen_addresses=127.0.0.1 -p ${port}`} -c fsync=off -c unix_socket_directories=${home}`, 'start'])
  const run = (input: string): string => {
    const done = spawnSync(join(folder, 'psql'), ['-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-h', home, ...(port === undefined ? [] : ['-p', String(port)]), '-U', user, '-d', 'postgres', '-f', '-'], { input, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${done.stderr.trim()}\nin: ${input}`)
    return done.stdout.trim()
  }
  return {
    run,
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
