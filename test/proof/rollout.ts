import { startVersion, type Running } from './application.ts'
import type { Version } from './case.ts'
import type { Connection } from './connection.ts'
import { until, type Traffic } from './traffic.ts'

/** Queries that a version answers before the next step: both versions together, and the last one alone at the end. */
const overlap = 120
const connections = 4

/** Versions of an application, replaced one by the next while both run. */
export interface Rollout {
  /** Starts the next version beside the running one, does `meanwhile`, then ends the running one unless `keepOld`. Nothing when none is left. */
  readonly next: (meanwhile?: () => Promise<void>, keepOld?: boolean) => Promise<void>
  /** Goes straight to the last version. */
  readonly last: () => Promise<void>
  /** Deploys what is left, lets it run and ends everything. */
  readonly finish: () => Promise<void>
  /** Acknowledged writes of the version that had the fewest. */
  readonly fewestWrites: () => number
}

/** Starts the first of `versions` and waits until it is busy. */
export async function startRollout(versions: readonly Version[], connect: () => Promise<Connection>, traffic: Traffic): Promise<Rollout> {
  let at = 0
  const all: Running[] = []
  const launch = async (version: Version): Promise<Running> => {
    const clients = await Promise.all(Array.from({ length: connections }, connect))
    for (const client of clients) if (version.session !== undefined) await client.run(version.session)
    const started = startVersion(version, clients, traffic)
    all.push(started)
    await until(() => started.answered() >= overlap, `${overlap} answers`)
    return started
  }
  let current = await launch(versions[0] as Version)
  const to = async (index: number, meanwhile?: () => Promise<void>, keepOld = false): Promise<void> => {
    const old = current
    at = index
    current = await launch(versions[index] as Version)
    await meanwhile?.()
    if (!keepOld) await old.stop()
  }
  return {
    next: async (meanwhile, keepOld) => (at + 1 < versions.length ? to(at + 1, meanwhile, keepOld) : meanwhile?.()),
    last: async () => { if (at + 1 < versions.length) await to(versions.length - 1) },
    finish: async () => {
      while (at + 1 < versions.length) await to(at + 1)
      const before = current.answered()
      await until(() => current.answered() >= before + overlap, `${overlap} answers of the last version`)
      await Promise.all(all.map(({ stop }) => stop()))
    },
    fewestWrites: () => Math.min(...all.map(({ acknowledged }) => acknowledged())),
  }
}
