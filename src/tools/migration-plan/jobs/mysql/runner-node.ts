import { lockRetries } from '../../rules.ts'
import { nodeConnection } from './connection.ts'
import { migrationLock } from './job.ts'

/** Runs a migration command under a named lock of MySQL or MariaDB, for tools of Node that take none. */
export const nodeRunner = (command: string): string => `// Runs one migration command while no other may: node db/migrate.mjs [command]. Needs the package mysql2.
import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import mysql from 'mysql2/promise'

const [program, ...parts] = process.argv.length > 2 ? process.argv.slice(2) : ${JSON.stringify(command.split(' '))}
const waitSeconds = Number(process.env.MIGRATION_LOCK_WAIT_SECONDS ?? 600)
const lock = "${migrationLock}"

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
let finished = false
client.on('error', () => {
  if (finished) return
  console.error('The connection that holds the lock is gone: stopping.')
  child?.kill('SIGTERM')
  process.exitCode = 1
})
try {
  // The connection is idle while the command runs, which may take longer than the server waits.
  await client.query('SET SESSION wait_timeout = 86400')
  const deadline = Date.now() + waitSeconds * 1000
  while (Number((await ask(client, 'SELECT GET_LOCK(' + lock + ', 1)'))[0]) !== 1) {
    if (Date.now() > deadline) throw new Error('Another migration still holds the lock after ' + waitSeconds + ' s. Nothing was run.')
  }
  try {
    for (let tries = 1; ; tries += 1) {
      const { code, said } = await run()
      process.exitCode = code
      if (code === 0 || tries === ${lockRetries} || !/Lock wait timeout exceeded/.test(said)) break
      console.error('No lock on the table, try ' + tries + ' of ${lockRetries}')
      await pause(1000 + Math.random() * 1000)
    }
  } finally {
    await client.query('DO RELEASE_LOCK(' + lock + ')')
  }
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  finished = true
  await client.end()
}`
