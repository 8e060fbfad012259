import { lockRetries } from '../rules.ts'
import { nodeConnection } from './node-connection.ts'

/** Runs a migration command under an advisory lock, for tools of Node that take none. `command` is what it runs when it is given nothing else. */
export const nodeRunner = (command: string): string => `// Runs one migration command while no other may: node db/migrate.mjs [command]. Needs the package pg.
import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

const [program, ...parts] = process.argv.length > 2 ? process.argv.slice(2) : ${JSON.stringify(command.split(' '))}
const waitSeconds = Number(process.env.MIGRATION_LOCK_WAIT_SECONDS ?? 600)
const lock = "hashtextextended('migrations of ' || current_database(), 0)"

${nodeConnection}

let child
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child?.kill(signal))
const run = () => new Promise((resolve, reject) => {
  child = spawn(program, parts, { stdio: ['inherit', 'pipe', 'pipe'], env: { ...process.env, DATABASE_URL: url } })
  let said = ''
  for (const [from, to] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
    from.on('data', (text) => {
      to.write(text)
      said = (said + text).slice(-20000)
    })
  }
  child.on('error', reject)
  child.on('close', (code) => resolve({ code: code ?? 1, said }))
})

const client = await connect()
client.on('error', () => {
  console.error('The connection that holds the lock is gone: stopping.')
  child?.kill('SIGTERM')
  process.exitCode = 1
})
try {
  await refusePooler(client)
  const deadline = Date.now() + waitSeconds * 1000
  while (!(await ask(client, 'SELECT pg_try_advisory_lock(' + lock + ')'))[0]) {
    if (Date.now() > deadline) throw new Error('Another migration still holds the lock after ' + waitSeconds + ' s. Nothing was run.')
    await pause(500)
  }
  try {
    for (let tries = 1; ; tries += 1) {
      const { code, said } = await run()
      process.exitCode = code
      if (code === 0 || tries === ${lockRetries} || !/lock timeout|55P03/.test(said)) break
      console.error('No lock on the table, try ' + tries + ' of ${lockRetries}')
      await pause(1000 + Math.random() * 1000)
    }
  } finally {
    await client.query('SELECT pg_advisory_unlock(' + lock + ')')
  }
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  await client.end()
}`
