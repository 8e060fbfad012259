import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerBody, answerEvents, type Said } from './event-stream.ts'
import { isTurn, type Seen } from './seen.ts'

/** Decides what the model says in turn `turn` (from 0), having seen `seen`. */
export type Script = (seen: Seen, turn: number) => readonly Said[]

export interface ScriptedModel {
  readonly url: string
  /** Requests of the conversation, in order; the client's side questions are left out. */
  readonly turns: readonly Seen[]
  /** Method and path of every request, side questions included. */
  readonly requests: readonly string[]
  /** What the script threw, if it did. */
  readonly failures: readonly string[]
  stop(): Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

/** A Messages API on loopback that answers from `script` and keeps exactly what a model would have seen. A script that throws ends the conversation and is listed in `failures`. */
export async function startScriptedModel(script: Script): Promise<ScriptedModel> {
  const turns: Seen[] = []
  const requests: string[] = []
  const failures: string[] = []
  const answer = (seen: Seen): readonly Said[] => {
    if (!isTurn(seen)) return [{ say: 'ok' }]
    turns.push(seen)
    try {
      return script(seen, turns.length - 1)
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error))
      return [{ say: 'The script failed.' }]
    }
  }
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://loopback').pathname
    requests.push(`${request.method} ${path}`)
    const body = await bodyOf(request)
    const json = (status: number, value: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (request.method !== 'POST') return json(404, { type: 'error', error: { type: 'not_found_error', message: 'not here' } })
    if (path === '/v1/messages/count_tokens') return json(200, { input_tokens: Math.ceil(body.length / 4) })
    if (path !== '/v1/messages') return json(404, { type: 'error', error: { type: 'not_found_error', message: 'not here' } })
    const seen = JSON.parse(body) as Seen
    const said = answer(seen)
    if (seen.stream !== true) return json(200, answerBody(seen.model, said))
    return response.writeHead(200, { 'content-type': 'text/event-stream' }).end(answerEvents(seen.model, said))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    turns,
    requests,
    failures,
    stop: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections() }),
  }
}
