import { createServer } from 'node:net'
import { postgresFolder, startPostgres } from '../../support/postgres.ts'
import type { Job } from './workflow.ts'

const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const address = server.address()
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
  })
})

export interface Services {
  /** A text of the job with the ports of its services replaced by those they have here. */
  readonly moved: (text: string) => string
  readonly stop: () => void
}

/** Starts the services of a job as programs of this machine. Throws for one that it does not know. */
export async function startServices(services: Job['services'] = {}): Promise<Services> {
  const started: { readonly from: string, readonly to: string, readonly stop: () => void }[] = []
  for (const [name, { image, ports = [], env = {} }] of Object.entries(services)) {
    const folder = postgresFolder()
    if (!image.startsWith('postgres:') || folder === undefined) throw new Error(`There is no program for the service ${name} (${image}).`)
    const port = await freePort()
    const { stop, run } = startPostgres(folder, { port, user: env['POSTGRES_USER'] ?? 'postgres' })
    run(`CREATE DATABASE ${JSON.stringify(env['POSTGRES_DB'])}`)
    for (const published of ports) started.push({ from: `localhost:${published.split(':')[0]}`, to: `localhost:${port}`, stop })
  }
  return {
    moved: (text) => started.reduce((result, { from, to }) => result.replaceAll(from, to), text),
    stop: () => started.forEach(({ stop }) => stop()),
  }
}
