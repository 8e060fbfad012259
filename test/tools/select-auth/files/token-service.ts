import express, { type RequestHandler, type Response } from 'express'
import { createServer, type Server } from 'node:http'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { startIssuer, type Issuer } from './issuer.ts'
import { close, folderBesidePackages, listen, load } from './support.ts'

export interface Verifier {
  tokenVerifier(options: object): (headers: object, ...scopes: string[]) => Promise<{ ok: boolean, status?: number, reason?: string, headers?: Record<string, string>, caller?: { subject: string, scopes: string[] } }>
  expressGuard(verify: unknown, ...scopes: string[]): RequestHandler
  fastifyGuard(verify: unknown, ...scopes: string[]): (request: unknown, reply: unknown) => Promise<unknown>
  callerOf(request: object): { subject: string }
  resourceMetadata(resource: string, issuer: string, scopes: string[]): object
  metadataUrl(resource: string): URL
}

export const id = 'token-verification'
export const given = { express: true, fastify: false, resource: false, proxy: false, issuer: 'OIDC_ISSUER', audience: 'OIDC_AUDIENCE' }
export const audience = 'https://api.example.com'

/** What the tests of a file share: the generated module, an issuer for each test, and servers that end with it. */
export function bench() {
  const folder = folderBesidePackages()
  const open: (() => Promise<unknown>)[] = []
  let module: Verifier
  let issuer: Issuer
  beforeAll(async () => { module = await load<Verifier>(folder.path, id, given) }, 30_000)
  afterEach(async () => { for (const end of open.splice(0)) await end() })
  afterAll(() => { folder.remove() })
  const serving = (server: Server): Promise<string> => { open.push(() => close(server)); return listen(server) }
  return {
    folder: folder.path, open, serving,
    module: () => module,
    issued: async (): Promise<Issuer> => { issuer = await startIssuer(); open.push(issuer.stop); return issuer },
    options: () => ({ issuer: issuer.issuer, audience, jwksUri: issuer.jwksUri }),
    /** An API with one route that needs `orders:read`, and what it says to a token. */
    async api(options: object = {}) {
      const verify = module.tokenVerifier({ issuer: issuer.issuer, audience, jwksUri: issuer.jwksUri, ...options })
      const app = express()
      app.get('/orders', module.expressGuard(verify, 'orders:read'), (_req, res: Response<unknown, { caller: { subject: string } }>) => { res.json({ who: res.locals.caller.subject }) })
      const url = await serving(createServer(app))
      return async (token?: string) => {
        const answer = await fetch(`${url}/orders`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })
        return { status: answer.status, challenge: answer.headers.get('www-authenticate'), body: await answer.json() as unknown }
      }
    },
  }
}
