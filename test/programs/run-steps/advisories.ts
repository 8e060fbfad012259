import { createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { registry } from './machine.ts'

export interface Advisory { readonly name: string, readonly severity: 'low' | 'moderate' | 'high' | 'critical' }

const severities = ['low', 'moderate', 'high', 'critical']
/** One advisory in the words of the registry. Clients remember what they saw by its number. */
const report = ({ name, severity }: Advisory) => ({
  id: severities.indexOf(severity) * 1000 + [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0), url: 'https://example.invalid/GHSA-0000-0000-0000', title: `${name} is broken`, severity, vulnerable_versions: '<99',
  cwe: ['CWE-1'], cvss: { score: 9, vectorString: null },
})

/** A registry on this machine that knows one advisory, or none, and sends every other question on to the real one. It refuses what the real one has retired. `asked` tells how often it was asked for advisories. */
export async function startAdvisories(advisory?: Advisory): Promise<{ readonly url: string, readonly asked: () => number, readonly stop: () => void }> {
  let asked = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => void chunks.push(chunk))
    request.on('end', () => {
      const path = request.url ?? ''
      if (/\/security\/audits(\/quick)?$/.test(path)) return void response.writeHead(410).end('{"error":"This endpoint is being retired."}')
      if (request.method !== 'POST' || !path.endsWith('/advisories/bulk')) return void response.writeHead(302, { location: `${registry()}${path}` }).end()
      asked += 1
      const raw = Buffer.concat(chunks)
      const body = JSON.parse(String(request.headers['content-encoding'] === 'gzip' || raw[0] === 0x1f ? gunzipSync(raw) : raw)) as Record<string, unknown>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(advisory !== undefined && advisory.name in body ? { [advisory.name]: [report(advisory)] } : {}))
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`, asked: () => asked, stop: () => { server.close() } }
}
