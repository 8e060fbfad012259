import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadSheets } from '../../src/knowledge/load-sheets.ts'
import { othersBusy } from './busy.ts'
import type { ProofCase } from './case.ts'
import { judge, type ProblemId } from './judge.ts'
import { keep, readKept, type Kept } from './record.ts'
import { renderProof } from './report.ts'
import { openMs, smallTable } from './run.ts'
import { startable, type Cases, type Started } from './servers.ts'

/** Rows from which a result is kept and shown on the page. */
const keptFromRows = 1_000_000
const say = (text: string): void => { process.stderr.write(`${text}\n`) }

const nameOf = ({ variation, change }: ProofCase): string => variation ?? change

/** Runs one case both ways, with a look at what else the machine does. */
async function prove(proof: ProofCase, { server, naive, ours }: Started, rows: number, machine: string, date: string): Promise<Kept> {
  const before = await othersBusy()
  const naiveRun = await naive(proof, rows)
  const between = await othersBusy()
  const oursRun = await ours(proof, rows)
  const after = await othersBusy()
  return { server, change: nameOf(proof), date, machine, rows, othersBusy: Math.round(100 * (before + between + after) / 3) / 100, naive: naiveRun, ours: oursRun }
}

/**
 * Runs every case both ways on every server there is, one after the other. With a million rows or more each result is kept in
 * test/proof/measured.json in the place of the one before, and PROOF.md is written from all that is kept; with fewer it is only printed.
 * Returns the exit code, 1 when a case does not hold.
 */
export async function main(args: readonly string[], root: string, cases: Cases): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { rows: { type: 'string', default: String(keptFromRows) }, only: { type: 'string', multiple: true }, server: { type: 'string' }, page: { type: 'boolean', default: false } } })
  const record = join(root, 'test/proof/measured.json')
  const writePage = (): void => writeFileSync(join(root, 'PROOF.md'), renderProof(readKept(record), cases, { openMs, smallTable }))
  if (values.page) {
    writePage()
    return 0
  }
  const rows = Number(values.rows)
  const servers = startable().filter(({ name }) => values.server === undefined || name === values.server)
  if (!Number.isInteger(rows) || rows < 1000 || servers.length === 0) throw new Error(`Unexpected --rows ${values.rows} or --server ${values.server}, expected at least 1000 rows and one of ${startable().map(({ name }) => name).join(', ')}. Install the packages postgresql and mariadb-server for more.`)
  const date = new Date().toISOString().slice(0, 10)
  const [cpu] = cpus()
  const machine = `${cpus().length} cores (${cpu?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
  const knowledge = loadSheets(join(root, 'skills/operational-patterns/references'))
  const done: Kept[] = []
  const problems: ProblemId[] = []
  for (const { start } of servers) {
    const started = await start(cases, knowledge, date)
    const abandon = (): void => { void started.stop().finally(() => process.exit(1)) }
    process.once('SIGINT', abandon).once('SIGTERM', abandon)
    try {
      for (const proof of started.cases.filter((one) => values.only?.includes(nameOf(one)) ?? true)) {
        const proved = await prove(proof, started, rows, machine, date)
        const found = judge(proved.naive, proved.ours, rows)
        done.push(proved)
        if (proof.variation === undefined) problems.push(...found)
        if (rows >= keptFromRows) {
          keep(record, proved)
          writePage()
        }
        say(`${started.server} ${nameOf(proof)}: ${found.length === 0 ? 'holds' : found.join(', ')}\n  ${JSON.stringify(proved.naive)}\n  ${JSON.stringify(proved.ours)}`)
      }
    } finally {
      process.off('SIGINT', abandon).off('SIGTERM', abandon)
      await started.stop()
    }
  }
  if (done.length === 0) throw new Error(`Unexpected --only ${values.only?.join(' ')}, expected one of ${[...cases.postgresql, ...cases.mariadb, ...cases.variations].map(nameOf).join(', ')}`)
  if (rows < keptFromRows) process.stdout.write(renderProof(done, cases, { openMs, smallTable }))
  return problems.length > 0 ? 1 : 0
}
