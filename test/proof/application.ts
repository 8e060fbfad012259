import type { Version } from './case.ts'
import type { Connection } from './connection.ts'
import { pause, seeded, type Traffic } from './traffic.ts'

/** Most connections a run may open, over all its versions; each owns the rows whose id leaves its number as remainder. */
const slots = 32
/** Milliseconds between two queries of a connection, so that the clients and the server fit on a small machine. */
const thinkMs = 2

/** A running version. */
export interface Running {
  /** Things it has tried, well or not. */
  readonly answered: () => number
  readonly acknowledged: () => number
  readonly stop: () => Promise<void>
}

/** One connection of a version: `act` does one thing, and says how many writes were acknowledged. */
interface User { readonly act: () => Promise<number>, readonly own: readonly string[] }

function startUser(version: Version, client: Connection, prepared: boolean, traffic: Traffic): User {
  const slot = (traffic.connections += 1)
  if (slot >= slots) throw new Error(`More than ${slots} connections in one run`)
  const random = seeded(slot)
  const own: string[] = []
  let written = 0
  const nextValue = (): string => String(slot * 10_000_000 + (written += 1))
  const pick = (list: readonly string[]): string | undefined => list[Math.floor(random() * list.length)]
  const pickRow = (): string => (random() < 0.3 ? pick(own) : undefined) ?? String(Math.floor(random() * Math.floor(traffic.rows / slots)) * slots + slot)

  const ask = async (text: string, values: readonly string[]): Promise<Record<string, unknown> | undefined> => {
    const start = performance.now()
    try {
      const { row, count } = await client.ask(text, values, prepared)
      if (count === 0) throw new Error(`no row for: ${text}`)
      return row
    } finally {
      if (traffic.measuring) traffic.longestMs = Math.max(traffic.longestMs, performance.now() - start)
    }
  }
  const remember = (id: string, value: string): void => {
    if (!traffic.ledger.has(id)) own.push(id)
    traffic.ledger.set(id, value)
    traffic.writes += 1
  }
  const insert = async (): Promise<number> => {
    const value = nextValue()
    remember(String((await ask(version.insert, [value]))?.['id']), value)
    return 1
  }
  const update = async (): Promise<number> => {
    const [value, id] = [nextValue(), pickRow()]
    await ask(version.update, [value, id])
    remember(id, value)
    return 1
  }
  /** Two neighbors in one transaction, in the order of their keys as careful code does it. */
  const updateTwo = async (): Promise<number> => {
    const first = slot + slots * Math.floor(random() * Math.floor(traffic.rows / slots - 2))
    const ids = [String(first), String(first + slots)]
    const changed = ids.map((id) => ({ id, value: nextValue() }))
    await client.run('BEGIN')
    try {
      for (const { id, value } of changed) await ask(version.update, [value, id])
      await client.run('COMMIT')
    } catch (error) {
      await client.run('ROLLBACK')
      throw error
    }
    for (const { id, value } of changed) remember(id, value)
    return 2
  }
  const read = async (): Promise<number> => {
    const id = pick(random() < 0.5 ? traffic.settled : own) ?? pick(own)
    if (id !== undefined && String((await ask(version.read, [id]))?.['value']) !== traffic.ledger.get(id)) traffic.wrong += 1
    return 0
  }
  return {
    own,
    act: async () => {
      const what = random()
      return what < 0.3 ? insert() : what < 0.6 ? update() : what < 0.7 ? updateTwo() : read()
    },
  }
}

/**
 * Starts one version on `clients`: each inserts, updates and reads without pause until stopped, remembers what was acknowledged, and
 * checks what it reads. Every other connection prepares its statements, as drivers and mappers do.
 */
export function startVersion(version: Version, clients: readonly Connection[], traffic: Traffic): Running {
  let [running, answered, acknowledged] = [true, 0, 0]
  const done = Promise.all(clients.map(async (client, index) => {
    const connection = startUser(version, client, index % 2 === 1, traffic)
    while (running) {
      try {
        acknowledged += await connection.act()
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        traffic.failed += 1
        traffic.errors.set(message, (traffic.errors.get(message) ?? 0) + 1)
      }
      answered += 1
      await pause(thinkMs)
    }
    traffic.settled.push(...connection.own)
    await client.end()
  }))
  return { answered: () => answered, acknowledged: () => acknowledged, stop: async () => { running = false; await done } }
}
