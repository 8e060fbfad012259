// Measures start, first call, memory, file-system calls and sizes of the committed bundle, as ratios within this run.
// Every round runs each program once, so that a slow minute of the machine hits all of them. Usage: npm run bench [-- rounds]
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bundle = join(root, 'dist/operational-patterns.cjs')
const rounds = Number(process.argv[2] ?? 25)
// These variables change how Node starts, so a person's shell must not decide the result.
const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, NODE_COMPILE_CACHE: _cache, ...env } = process.env

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const message = (id, method, params) => `${JSON.stringify({ jsonrpc: '2.0', ...(id === undefined ? {} : { id }), method, ...(params === undefined ? {} : { params }) })}\n`
const hello = message(1, 'initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '0' } }) + message(undefined, 'notifications/initialized')

const bare = () => new Promise((resolve) => {
  const start = performance.now()
  spawn(process.execPath, ['-e', '0'], { env, stdio: 'ignore' }).on('exit', () => resolve(performance.now() - start))
})

/** Starts the server, waits for tools/list, makes one call; times in ms, memory in MB. */
const server = () => new Promise((resolve, reject) => {
  const start = performance.now()
  const child = spawn(process.execPath, [bundle], { env, cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  const seen = {}
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()
    for (const line of lines) {
      const { id } = JSON.parse(line)
      if (id === 2) {
        seen.list = performance.now() - start
        seen.called = performance.now()
        child.stdin.write(message(3, 'tools/call', { name: 'select_auth', arguments: { projectType: 'b2b-saas', stage: 'mvp' } }))
      }
      if (id === 3) {
        seen.call = performance.now() - seen.called
        seen.rss = Number(/VmRSS:\s+(\d+)/.exec(existsSync(`/proc/${child.pid}/status`) ? readFileSync(`/proc/${child.pid}/status`, 'utf8') : '')?.[1] ?? NaN) / 1024
        seen.closed = performance.now()
        child.stdin.end()
      }
    }
  })
  child.on('error', reject).on('exit', () => resolve({ ...seen, exit: performance.now() - seen.closed }))
  child.stdin.write(hello + message(2, 'tools/list', {}))
})

const out = join(tmpdir(), `bench-blueprint-${process.pid}`)
const blueprint = () => {
  const start = performance.now()
  const { status } = spawnSync(process.execPath, [bundle, 'blueprint', '--project', join(root, 'examples/solo-nextjs-mvp'), '--out', out], { env, stdio: 'ignore' })
  return { ms: performance.now() - start, status }
}

const times = { bare: [], list: [], call: [], rss: [], exit: [], blueprint: [] }
for (let round = 0; round < rounds; round += 1) {
  times.bare.push(await bare())
  const run = await server()
  for (const name of ['list', 'call', 'rss', 'exit']) times[name].push(run[name])
  times.blueprint.push(blueprint().ms)
}
const ratio = (name) => median(times[name].map((value, round) => value / times.bare[round]))
console.log(`Node ${process.version}, ${rounds} rounds; ratios are to a bare node -e 0 of the same round (median ${median(times.bare).toFixed(0)} ms)`)
console.table({
  'spawn to tools/list': { ratio: ratio('list').toFixed(2), limit: '3.0', ms: median(times.list).toFixed(0) },
  'first call': { ratio: ratio('call').toFixed(2), ms: median(times.call).toFixed(0) },
  'exit after stdin closes': { ratio: ratio('exit').toFixed(2), ms: median(times.exit).toFixed(0) },
  'blueprint of an MVP': { ratio: ratio('blueprint').toFixed(2), ms: median(times.blueprint).toFixed(0) },
})
console.log(`Resident after one call: ${median(times.rss).toFixed(1)} MB (limit 60)`)

const trace = join(tmpdir(), `bench-${process.pid}.trace`)
const strace = spawnSync('strace', ['-f', '-e', 'trace=%file', '-o', trace, process.execPath, bundle], { env, input: hello + message(2, 'tools/list', {}) })
if (strace.error === undefined && existsSync(trace)) {
  console.log(`File-system calls from start to end of input: ${readFileSync(trace, 'utf8').split('\n').filter((line) => /^\d+ +\w+\(/.test(line)).length} (limit 60)`)
  rmSync(trace)
} else console.log('File-system calls: not measured, strace is not installed')
for (const file of ['operational-patterns.cjs', 'engine.cjs', 'knowledge.jsonl', 'ops.mcpb']) {
  const path = join(root, 'dist', file)
  if (existsSync(path)) console.log(`dist/${file}: ${(statSync(path).size / 1024).toFixed(0)} KB`)
}
rmSync(out, { recursive: true, force: true })
