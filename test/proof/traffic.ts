/** What the clients of one run did and saw. */
export interface Traffic {
  /** Rows of the table before the run: the ids from 1 up. */
  readonly rows: number
  /** Acknowledged values by id of their row. */
  readonly ledger: Map<string, string>
  /** Rows of connections that have ended: nobody writes them any more, so every reader must see the value in the ledger. */
  readonly settled: string[]
  /** Failed queries by message. */
  readonly errors: Map<string, number>
  failed: number
  /** Reads that gave another value than the one acknowledged. */
  wrong: number
  writes: number
  /** Longest query in milliseconds since `measuring`. */
  longestMs: number
  measuring: boolean
  connections: number
}

export const newTraffic = (rows: number): Traffic =>
  ({ rows, ledger: new Map(), settled: [], errors: new Map(), failed: 0, wrong: 0, writes: 0, longestMs: 0, measuring: false, connections: 0 })

/** A generator of numbers from 0 to below 1 that gives the same row for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms) })

/** Waits until `holds`; throws with `what` after `limitMs`. */
export async function until(holds: () => boolean, what: string, limitMs = 60_000): Promise<void> {
  const end = performance.now() + limitMs
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Waited ${limitMs} ms for ${what}`)
    await pause(5)
  }
}
