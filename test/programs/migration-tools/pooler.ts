import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'

const program = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer'].find((path) => existsSync(path))
export const hasPooler = program !== undefined && spawnSync(program, ['--version']).status === 0

export interface Pooler { readonly url: string, readonly stop: () => Promise<void> }

/** PgBouncer before a server on `serverPort`. */
export async function startPooler(serverPort: string, mode: 'transaction' | 'session'): Promise<Pooler> {
  const home = mkdtempSync(join(tmpdir(), 'ops-bouncer-'))
  chmodSync(home, 0o777)
  const port = await freePort()
  writeFileSync(join(home, 'users.txt'), '"ops" ""\n')
  writeFileSync(join(home, 'pgbouncer.ini'), `[databases]\npostgres = host=127.0.0.1 port=${serverPort} dbname=postgres user=ops\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = any\nauth_file = ${join(home, 'users.txt')}\npool_mode = ${mode}\nignore_startup_parameters = extra_float_digits\n`)
  const root = process.getuid?.() === 0
  const words = [join(home, 'pgbouncer.ini')]
  const child = root ? spawn('runuser', ['-u', 'nobody', '--', program as string, ...words], { stdio: 'ignore' }) : spawn(program as string, words, { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => { child.on('close', () => resolve()) })
  const listens = (): Promise<boolean> => new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true) }).on('error', () => resolve(false))
  })
  const deadline = Date.now() + 10_000
  while (!await listens()) if (Date.now() > deadline) throw new Error('pgbouncer does not listen')
  return {
    url: `postgres://ops@127.0.0.1:${port}/postgres`,
    stop: async () => {
      child.kill('SIGINT')
      child.kill('SIGTERM')
      await ended
      rmSync(home, { recursive: true, force: true })
    },
  }
}
