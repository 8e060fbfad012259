// Measures check_deliverables on a repository of 5,000 files: wall time of the committed bundle from a shell, its processor time and
// its largest memory, beside a bare node of the same round. Usage: npm run bench, or node scripts/bench-check.mjs [rounds] [bundle]
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const rounds = Number(process.argv[2] ?? 15)
const bundle = process.argv[3] ?? join(root, 'dist/operational-patterns.cjs')
// Settings of the machine that cost every Node process time.
const { NODE_OPTIONS: _options, NODE_COMPILE_CACHE: _cache, NODE_EXTRA_CA_CERTS: _certificates, ...env } = process.env
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

const project = mkdtempSync(join(tmpdir(), 'bench-check-'))
cpSync(join(root, 'examples/b2b-saas-soc2'), project, { recursive: true })
for (let index = 0; index < 5000; index += 1) {
  const folder = join(project, 'apps/api/src', `module-${index % 250}`)
  if (index < 250) mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `file-${index}.ts`), `export const route${index} = '/orders/${index}'\n${'// a line as long as lines of code are\n'.repeat(40)}`)
}

// The child says at its end what it took: no other process of the machine counts into that.
const meter = `process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); require('node:fs').writeSync(2, '\\n@' + JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, rss: maxRSS / 1024 })) })`
const preload = join(project, '..', `bench-meter-${process.pid}.cjs`)
writeFileSync(preload, meter)
function run(...args) {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--require', preload, ...args], { env, cwd: project, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] })
  return { ms: performance.now() - start, status, ...JSON.parse(stderr.slice(stderr.lastIndexOf('@') + 1)) }
}

const bare = []
const check = []
for (let round = 0; round < rounds; round += 1) {
  bare.push(run('-e', '0'))
  check.push(run(bundle, 'check_deliverables'))
}
const of = (runs, name) => median(runs.map((each) => each[name]))
console.log(`check_deliverables on 5,000 files, ${rounds} rounds, exit code ${check[0].status}`)
console.table({
  'bare node': { ms: of(bare, 'ms').toFixed(0), 'processor ms': of(bare, 'cpu').toFixed(0), 'largest MB': of(bare, 'rss').toFixed(0) },
  'whole command': { ms: of(check, 'ms').toFixed(0), 'processor ms': of(check, 'cpu').toFixed(0), 'largest MB': of(check, 'rss').toFixed(0) },
})
console.log(`Beyond a bare node: ${(of(check, 'ms') - of(bare, 'ms')).toFixed(0)} ms (limit 300 on an idle machine, where a bare node takes about 28); ${(of(check, 'ms') / of(bare, 'ms')).toFixed(1)} times a bare node`)
rmSync(project, { recursive: true })
rmSync(preload)
