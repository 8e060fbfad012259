import { createConnection, type Connection as Client, type RowDataPacket } from 'mysql2/promise'
import type { Connection } from '../connection.ts'

/** A session of MariaDB on a socket, with its own database where one is named. */
export const connectTo = async (socketPath: string, database?: string): Promise<Client> => {
  const client = await createConnection({ socketPath, user: 'root', multipleStatements: true, ...(database !== undefined && { database }) })
  // A connection that the server drops must fail its query, not the process.
  client.on('error', () => {})
  return client
}

/** `$1` and `$2` as the places that MariaDB knows, and the values in the order of those places. */
export function placed(text: string, values: readonly unknown[]): readonly [string, unknown[]] {
  const order: unknown[] = []
  return [text.replace(/\$(\d)/g, (_, digit: string) => (order.push(values[Number(digit) - 1]), '?')), order]
}

/** The first number that a question gives. */
export async function numberOf(client: Client, question: string): Promise<number> {
  const [rows] = await client.query<RowDataPacket[]>(question)
  return Number(rows[0]?.['n'])
}

export const overMaria = (client: Client): Connection => ({
  ask: async (text, values, prepared) => {
    const [sql, order] = placed(text, values)
    const [result] = prepared ? await client.execute(sql, order as string[]) : await client.query(sql, order)
    return Array.isArray(result) ? { row: result[0] as Record<string, unknown> | undefined, count: result.length } : { row: undefined, count: result.affectedRows }
  },
  run: async (sql) => { await client.query(sql) },
  end: () => client.end(),
})
