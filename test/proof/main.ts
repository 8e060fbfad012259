import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { loadSheets } from '../../src/knowledge/load-sheets.ts'
import { postgresFolder, startPostgres } from '../support/postgres.ts'
import type { ProofCase } from './case.ts'
import { judge, manyTimes } from './judge.ts'
import { renderProof, type OnServer, type Proved } from './report.ts'
import { measureNaive, measurePlan, planOf, smallTable, type Setting } from './run.ts'
import { embedded, fetchEmbedded } from './server.ts'

const user = 'ops'
const say = (text: string): void => { process.stderr.write(`${text}\n`) }

async function versionOf(socket: string): Promise<string> {
  const client = new Client({ host: socket, user, database: 'postgres' })
  await client.connect()
  const { rows } = await client.query<{ version: string }>("SELECT 'PostgreSQL ' || current_setting('server_version') AS version")
  await client.end()
  return rows[0]?.version ?? 'PostgreSQL'
}

/**
 * Runs every case both ways on every server there is, one after the other, and writes PROOF.md; with `--only` it only prints.
 * Returns the exit code, 1 when a case does not hold.
 */
export async function main(args: readonly string[], root: string, cases: readonly ProofCase[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { rows: { type: 'string', default: '1000000' }, only: { type: 'string', multiple: true }, server: { type: 'string' } } })
  const rows = Number(values.rows)
  const chosen = cases.filter(({ change }) => values.only?.includes(change) ?? true)
  if (!Number.isInteger(rows) || rows < 1000 || chosen.length === 0) throw new Error(`Unexpected --rows ${values.rows} or --only ${values.only?.join(' ')}, expected at least 1000 rows and one of ${cases.map(({ change }) => change).join(', ')}`)
  const date = new Date().toISOString().slice(0, 10)
  const openMs = 6000
  const knowledge = loadSheets(join(root, 'skills/operational-patterns/references'))
  fetchEmbedded()
  const eighteen = embedded()
  const servers: OnServer[] = []
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
        const setting: Setting = { socket: pg.socket, user, rows, openMs }
        const proved: Proved[] = []
        for (const proof of chosen) {
          const [naive, ours] = [await measureNaive(proof, setting), await measurePlan(proof, planOf(proof, knowledge, date), setting)]
          const problems = judge(naive, ours, rows)
          proved.push({ proof, naive, ours, problems })
          say(`${server} ${proof.change}: ${problems.length === 0 ? 'holds' : problems.join(', ')}\n  ${JSON.stringify(naive)}\n  ${JSON.stringify(ours)}`)
        }
        servers.push({ server, proved })
      } finally {
        process.off('SIGINT', abandon).off('SIGTERM', abandon)
        pg.stop()
      }
    }
  } finally {
    eighteen?.remove()
  }
  if (servers.length === 0) throw new Error('No PostgreSQL server found. Install the package postgresql and run again.')
  const [cpu] = cpus()
  const machine = `${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
  const page = renderProof(servers, { date, machine, rows, openMs, manyTimes }, smallTable)
  if (values.only === undefined && values.server === undefined) writeFileSync(join(root, 'PROOF.md'), page)
  process.stdout.write(page)
  return servers.some(({ proved }) => proved.some(({ problems }) => problems.length > 0)) ? 1 : 0
}
