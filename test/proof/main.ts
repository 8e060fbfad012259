import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { loadSheets } from '../../src/knowledge/load-sheets.ts'
import { postgresFolder, startPostgres } from '../support/postgres.ts'
import { othersBusy } from './busy.ts'
import type { ProofCase } from './case.ts'
import { judge } from './judge.ts'
import { keep, readKept, type Kept } from './record.ts'
import { renderProof } from './report.ts'
import { measureNaive, measurePlan, openMs, planOf, smallTable, type Setting } from './run.ts'
import { embedded, fetchEmbedded } from './server.ts'

const user = 'ops'
/** Rows from which a result is kept and shown on the page. */
const keptFromRows = 1_000_000
const say = (text: string): void => { process.stderr.write(`${text}\n`) }

async function versionOf(socket: string): Promise<string> {
  const client = new Client({ host: socket, user, database: 'postgres' })
  await client.connect()
  const { rows } = await client.query<{ version: string }>("SELECT 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1) AS version")
  await client.end()
  return rows[0]?.version ?? 'PostgreSQL'
}

/** Runs one case both ways, with a look at what else the machine does. */
async function prove(proof: ProofCase, setting: Setting, server: string, plan: () => ReturnType<typeof planOf>, machine: string, date: string): Promise<Kept> {
  const before = await othersBusy()
  const naive = await measureNaive(proof, setting)
  const between = await othersBusy()
  const ours = await measurePlan(proof, plan(), setting)
  const after = await othersBusy()
  return { server, change: proof.change, date, machine, rows: setting.rows, othersBusy: Math.round(100 * (before + between + after) / 3) / 100, naive, ours }
}

/**
 * Runs every case both ways on every server there is, one after the other. With a million rows or more each result is kept in
 * test/proof/measured.json in the place of the one before, and PROOF.md is written from all that is kept; with fewer it is only printed.
 * Returns the exit code, 1 when a case does not hold.
 */
export async function main(args: readonly string[], root: string, cases: readonly ProofCase[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { rows: { type: 'string', default: String(keptFromRows) }, only: { type: 'string', multiple: true }, server: { type: 'string' }, page: { type: 'boolean', default: false } } })
  const record = join(root, 'test/proof/measured.json')
  const writePage = (): void => writeFileSync(join(root, 'PROOF.md'), renderProof(readKept(record), cases, { openMs, smallTable }))
  if (values.page) {
    writePage()
    return 0
  }
  const rows = Number(values.rows)
  const chosen = cases.filter(({ change }) => values.only?.includes(change) ?? true)
  if (!Number.isInteger(rows) || rows < 1000 || chosen.length === 0) throw new Error(`Unexpected --rows ${values.rows} or --only ${values.only?.join(' ')}, expected at least 1000 rows and one of ${cases.map(({ change }) => change).join(', ')}`)
  const date = new Date().toISOString().slice(0, 10)
  const [cpu] = cpus()
  const machine = `${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
  const knowledge = loadSheets(join(root, 'skills/operational-patterns/references'))
  fetchEmbedded()
  const eighteen = embedded()
  const done: Kept[] = []
  try {
    for (const folder of [postgresFolder(), eighteen?.folder].filter((found) => found !== undefined)) {
      const pg = startPostgres(folder, { user })
      const abandon = (): never => {
        pg.stop()
        eighteen?.remove()
        process.exit(1)
      }
      process.once('SIGINT', abandon).once('SIGTERM', abandon)
      try {
        const server = await versionOf(pg.socket)
        if (values.server !== undefined && !server.startsWith(`PostgreSQL ${values.server}`)) continue
        for (const proof of chosen) {
          const proved = await prove(proof, { socket: pg.socket, user, rows, openMs }, server, () => planOf(proof, knowledge, date, /\d+/.exec(server)?.[0]), machine, date)
          const problems = judge(proved.naive, proved.ours, rows)
          done.push(proved)
          if (rows >= keptFromRows) {
            keep(record, proved)
            writePage()
          }
          say(`${server} ${proof.change}: ${problems.length === 0 ? 'holds' : problems.join(', ')}\n  ${JSON.stringify(proved.naive)}\n  ${JSON.stringify(proved.ours)}`)
        }
      } finally {
        process.off('SIGINT', abandon).off('SIGTERM', abandon)
        pg.stop()
      }
    }
  } finally {
    eighteen?.remove()
  }
  if (done.length === 0) throw new Error('No such server found. Install the package postgresql and run again.')
  if (rows < keptFromRows) process.stdout.write(renderProof(done, cases, { openMs, smallTable }))
  return done.some(({ naive, ours }) => judge(naive, ours, rows).length > 0) ? 1 : 0
}
