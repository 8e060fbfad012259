import type { Client } from 'pg'
import type { Version } from './case.ts'
import { pause, seeded, type Traffic } from './traffic.ts'

/** Most connections a run may open, over all its versions; each owns the rows whose id leaves its number as remainder. */
const slots = 32
/** Milliseconds between two queries of a connection, so that the clients and the server fit on a small machine. */
const thinkMs = 2

/** A running version. */
export interface Running {
  /** Queries that came to an end, well or not. */
  readonly answered: () => number
  readonly acknowledged: () => number
  readonly stop: () => Promise<void>
}

/** Starts one version on `clients`: each inserts, updates and reads without pause until stopped, remembers what was acknowledged, and checks what it reads. */
export function startVersion(version: Version, clients: readonly Client[], traffic: Traffic): Running {
  let [running, answered, acknowledged] = [true, 0, 0]

  async function work(client: Client): Promise<void> {
    const slot = (traffic.connections += 1)
    if (slot >= slots) throw new Error(`More than ${slots} connections in one run`)
    const random = seeded(slot)
    const own: string[] = []
    let written = 0
    const ask = async (sql: string, values: readonly string[]): Promise<Record<string, unknown> | undefined | null> => {
      const start = performance.now()
      try {
        const { rows, rowCount } = await client.query<Record<string, unknown>>(sql, [...values])
        if (rowCount === 0) throw new Error(`no row: ${sql}`)
        return rows[0]
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        traffic.failed += 1
        traffic.errors.set(message, (traffic.errors.get(message) ?? 0) + 1)
        return null
      } finally {
        answered += 1
        if (traffic.measuring) traffic.longestMs = Math.max(traffic.longestMs, performance.now() - start)
      }
    }
    const pick = (list: readonly string[]): string | undefined => list[Math.floor(random() * list.length)]
    const remember = (id: string, value: string): void => {
      if (!traffic.ledger.has(id)) own.push(id)
      traffic.ledger.set(id, value)
      traffic.writes += 1
      acknowledged += 1
    }
    while (running) {
      const [what, value] = [random(), String(slot * 10_000_000 + (written += 1))]
      if (what < 0.3) {
        const row = await ask(version.insert, [value])
        if (row !== null) remember(String(row?.['id']), value)
      } else if (what < 0.7) {
        const id = random() < 0.3 ? pick(own) : undefined
        const target = id ?? String(Math.max(slot, Math.floor(random() * traffic.rows / slots) * slots + slot))
        if (Number(target) <= traffic.rows || id !== undefined) {
          if (await ask(version.update, [value, target]) !== null) remember(target, value)
        }
      } else {
        const id = pick(random() < 0.5 ? traffic.settled : own) ?? pick(own)
        if (id !== undefined) {
          const row = await ask(version.read, [id])
          if (row !== null && String(row?.['value']) !== traffic.ledger.get(id)) traffic.wrong += 1
        }
      }
      await pause(thinkMs)
    }
    traffic.settled.push(...own)
    await client.end()
  }

  const done = Promise.all(clients.map(work))
  return {
    answered: () => answered,
    acknowledged: () => acknowledged,
    stop: async () => { running = false; await done },
  }
}
