import { templateLiteral } from '../../formats/javascript.ts'
import { maxLagSeconds, reportSeconds, type Job } from '../job.ts'
import { nodeConnection } from './connection.ts'
import { busyThreads, endOfBatch, jobLock, lastKey, nextBatch, noteProgress, progressTable, retryCodes, sessionSettings, sessionSettingsOnMariaDb, slowBatchSeconds } from './job.ts'

/** A backfill for Node with `mysql2`. */
export const nodeJob = ({ name, batches }: Job): string => `// Backfill in batches. Stop it at any moment (Ctrl-C); started again it goes on after the last batch that it committed.
//   DATABASE_URL=mysql://... node FILE          needs the package mysql2
// REPLICA_DATABASE_URLS, parted by commas: it waits while one of them is more than ${maxLagSeconds} s behind.
import { setTimeout as pause } from 'node:timers/promises'
import mysql from 'mysql2/promise'

const job = '${name}'
let size = ${batches.rows}
const first = (size) => ${templateLiteral(nextBatch(batches, undefined, '?'))} + size + '${endOfBatch}'
const next = (size) => ${templateLiteral(nextBatch(batches, '?', '?'))} + size + '${endOfBatch}'
const work = ${templateLiteral(batches.work(`t.${batches.key} BETWEEN ? AND ?`))}

${nodeConnection}

let stop = false
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => { stop = true })

// Seconds of the slowest replica; one that does not replicate counts as far behind.
async function lag(replica) {
  const status = async (text) => replica.query({ sql: text, rowsAsArray: false })
  const [[found]] = await status('SHOW REPLICA STATUS').catch(() => status('SHOW SLAVE STATUS'))
  return found === undefined ? 0 : found.Seconds_Behind_Source ?? found.Seconds_Behind_Master ?? Infinity
}
async function waitForServers(client, replicas) {
  for (let said = false; !stop; said = true) {
    const [, running] = await ask(client, "SHOW GLOBAL STATUS LIKE 'Threads_running'")
    const behind = Math.max(0, ...await Promise.all(replicas.map(lag)))
    if (running <= ${busyThreads} && behind <= ${maxLagSeconds}) return
    if (!said) console.log(job + ': waiting, ' + running + ' queries run, the slowest replica is ' + behind + ' s behind')
    await pause(1000)
  }
}

// One batch in one transaction, with the note of how far it got; undefined when nothing is left.
async function batch(client, after, last) {
  await client.beginTransaction()
  try {
    const [low, high, count] = after === undefined ? await ask(client, first(size), [last]) : await ask(client, next(size), [after, last])
    if (count > 0) {
      await client.execute(work, [low, high])
      await client.execute(${templateLiteral(noteProgress('?', '?', '?'))}, [job, high, count])
    }
    await client.commit()
    return count > 0 ? { high, count: Number(count) } : undefined
  } catch (error) {
    await client.rollback()
    throw error
  }
}

const client = await connect()
const replicas = await Promise.all((process.env.REPLICA_DATABASE_URLS ?? '').split(',').filter(Boolean).map((address) => connect(address)))
try {
  await client.query("${sessionSettings}").catch(() => client.query("${sessionSettingsOnMariaDb}"))
  await client.query(${templateLiteral(progressTable)})
  if (Number((await ask(client, "SELECT GET_LOCK(${jobLock(name)}, 0)"))[0]) !== 1) throw new Error(job + ' is running already.')
  let [after, rows] = (await ask(client, 'SELECT last_key, rows_done FROM migration_progress WHERE job = ?', [job])) ?? [undefined, 0]
  rows = Number(rows)
  const [last] = (await ask(client, ${templateLiteral(lastKey(batches))})) ?? [null]
  const total = Number((await ask(client, ${templateLiteral(batches.estimate ?? 'SELECT 0')}))[0])
  const [started, rowsBefore] = [Date.now(), rows]
  let [reported, failures] = [started, 0]
  while (last !== null && !stop) {
    await waitForServers(client, replicas)
    const begun = Date.now()
    try {
      const done = await batch(client, after, last)
      if (done === undefined) break
      ;[after, rows, failures] = [done.high, rows + done.count, 0]
    } catch (error) {
      // No lock in time, or a deadlock: the same again.
      if (!${JSON.stringify(retryCodes)}.includes(error.errno) || ++failures > 30) throw error
      await pause(1000 + Math.random() * 1000)
      continue
    }
    if (Date.now() - begun > ${slowBatchSeconds * 1000}) size = Math.max(100, Math.floor(size / 2))
    if (Date.now() - reported > ${reportSeconds * 1000}) {
      reported = Date.now()
      const left = Math.max(total - rows, 0) / ((rows - rowsBefore) / (reported - started))
      console.log(job + ': ' + rows + ' of about ' + Math.max(total, rows) + ' rows, about ' + Math.ceil(left / 60000) + ' min left')
    }
    await pause(${Math.round(batches.pauseSeconds * 1000)})
  }
  if (stop) {
    console.log(job + ': stopped after ' + rows + ' rows; start it again to go on')
    process.exitCode = 75
  } else {
    await client.execute('DELETE FROM migration_progress WHERE job = ?', [job])
    console.log(job + ': done, ' + rows + ' rows looked at')
  }
} finally {
  await Promise.all([client, ...replicas].map((one) => one.end()))
}`
