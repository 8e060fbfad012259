import { templateLiteral } from '../formats/javascript.ts'
import { lockTimeoutMs } from '../rules.ts'
import { batchSeconds, blindPauses, blindWarning, estimatedRows, jobLock, lastKey, maxLagSeconds, nextBatch, noteProgress, progressTable, replicaLag, reportSeconds, unseenReplicas, type Job } from './job.ts'
import { nodeConnection } from './node-connection.ts'

/** A backfill for Node with `pg`. */
export const nodeJob = ({ name, batches }: Job): string => `// Backfill in batches. Stop it at any moment (Ctrl-C); started again it goes on after the last batch that it committed.
//   DIRECT_DATABASE_URL=postgres://... node FILE          needs the package pg
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

const job = '${name}'
let size = ${batches.rows}
const first = ${templateLiteral(nextBatch(batches, '$2', undefined, '$1'))}
const next = ${templateLiteral(nextBatch(batches, '$3', '$1', '$2'))}
const work = ${templateLiteral(batches.work(`t.${batches.key} BETWEEN $1 AND $2`))}

${nodeConnection}

let stop = false
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => { stop = true })

// One batch in one transaction, with the note of how far it got; undefined when nothing is left.
async function batch(client, after, last) {
  await client.query("BEGIN; SET LOCAL lock_timeout = '${lockTimeoutMs}ms'; SET LOCAL statement_timeout = '${batchSeconds}s'")
  try {
    const [low, high, count] = after === undefined ? await ask(client, first, [last, size]) : await ask(client, next, [after, last, size])
    if (count > 0) {
      await client.query(work, [low, high])
      await client.query(${templateLiteral(noteProgress('$1, $2, $3'))}, [job, high, count])
    }
    await client.query('COMMIT')
    return count > 0 ? { high, count } : undefined
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

const client = await connect()
try {
  await refusePooler(client)
  await client.query(${templateLiteral(progressTable)})
  if (!(await ask(client, "SELECT pg_try_advisory_lock(${jobLock(name)})"))[0]) throw new Error(job + ' is running already.')
  let [after, rows] = (await ask(client, 'SELECT last_key, rows_done FROM migration_progress WHERE job = $1', [job])) ?? [undefined, 0]
  rows = Number(rows)
  const [last] = (await ask(client, ${templateLiteral(lastKey(batches))})) ?? []
  const [total] = await ask(client, ${templateLiteral(estimatedRows('$1'))}, [${templateLiteral(batches.table)}])
  const [unseen] = await ask(client, '${unseenReplicas}')
  if (unseen > 0) console.error(job + ': ' + unseen + ' ${blindWarning}')
  const [started, rowsBefore] = [Date.now(), rows]
  let [reported, failures] = [started, 0]
  for (let found = last !== undefined; found && !stop;) {
    try {
      const done = await batch(client, after, last)
      found = done !== undefined
      if (done === undefined) break
      ;[after, rows, failures] = [done.high, rows + done.count, 0]
    } catch (error) {
      // A lock, a deadlock, or a batch that took too long: the same again, smaller.
      if (!['55P03', '40P01', '40001', '57014'].includes(error.code) || ++failures > 30) throw error
      if (error.code === '57014') size = Math.max(100, Math.floor(size / 2))
      await pause(1000 + Math.random() * 1000)
      continue
    }
    if (Date.now() - reported > ${reportSeconds * 1000}) {
      reported = Date.now()
      const left = Math.max(total - rows, 0) / ((rows - rowsBefore) / (reported - started))
      console.log(job + ': ' + rows + ' of about ' + Math.max(total, rows) + ' rows, about ' + Math.ceil(left / 60000) + ' min left')
    }
    while (!stop && (await ask(client, '${replicaLag}'))[0] > ${maxLagSeconds}) await pause(1000)
    await pause(${Math.round(batches.pauseSeconds * 1000)} * (unseen > 0 ? ${blindPauses} : 1))
  }
  if (stop) {
    console.log(job + ': stopped after ' + rows + ' rows; start it again to go on')
    process.exitCode = 75
  } else {
    await client.query('DELETE FROM migration_progress WHERE job = $1', [job])
    console.log(job + ': done, ' + rows + ' rows looked at')
  }
} finally {
  await client.end()
}`
