import type { Client } from 'pg'

/** A connection of the application, whatever the server. Statements have `$1`, `$2` for their values. */
export interface Connection {
  /** Asks one statement, prepared under its text where wanted. Gives its first row, and how many it returned or changed. */
  readonly ask: (text: string, values: readonly string[], prepared: boolean) => Promise<{ readonly row: Record<string, unknown> | undefined, readonly count: number }>
  /** Runs SQL without values. */
  readonly run: (sql: string) => Promise<void>
  readonly end: () => Promise<void>
}

export const overPg = (client: Client): Connection => ({
  ask: async (text, values, prepared) => {
    const { rows, rowCount } = await client.query<Record<string, unknown>>({ ...(prepared && { name: text.slice(0, 60) }), text, values: [...values] })
    return { row: rows[0], count: rowCount ?? 0 }
  },
  run: async (sql) => { await client.query(sql) },
  end: () => client.end(),
})
