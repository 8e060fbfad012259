import { expect, test } from 'vitest'
import { startAdvisories, type Advisory } from './advisories.ts'
import { runPipeline, type Sample } from './pipeline.ts'

const step = 'Check dependencies for known vulnerabilities'
const sample = (name: string): Sample => ({ name, input: { stage: 'growth' }, only: ['security'], cannotRun: { 'Look for secrets in the commits': 'the program comes with its action alone' } })

/** How the audit of a sample ends when the registry knows one advisory, or none. */
async function audit(name: string, advisory?: Advisory): Promise<{ readonly outcome: string | undefined, readonly output: string, readonly asked: number }> {
  const { url, asked, stop } = await startAdvisories(advisory)
  try {
    const { steps } = await runPipeline({ ...sample(name), atStep: { [step]: { npm_config_registry: url, pnpm_config_registry: url, YARN_NPM_REGISTRY_SERVER: url, YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1' } } })
    const found = steps.find((ended) => ended.name === step)
    return { outcome: found?.outcome, output: steps.map(({ name: title, outcome, output }) => `${title}: ${outcome}\n${output}`).join('\n'), asked: asked() }
  } finally {
    stop()
  }
}

/** The sample names pnpm 10, whose own audit asks addresses that answer no more: the step runs another one. */
// The samples use `ms` in production, and Prettier or ESLint only to check.
test.each([['npm', 'eslint'], ['pnpm', 'prettier'], ['yarn-berry', 'prettier'], ['bun', 'prettier']] as const)('%s: a serious flaw of a package in production stops the pipeline, nothing else does', async (name, checks) => {
  const cases = [[undefined, 'passed'], [{ name: 'ms', severity: 'moderate' }, 'passed'], [{ name: 'ms', severity: 'high' }, 'failed'], [{ name: checks, severity: 'critical' }, 'passed']] as const
  for (const [advisory, expected] of cases) {
    const { outcome, output, asked } = await audit(name, advisory)
    expect(outcome, `${JSON.stringify(advisory)}\n${output}`).toBe(expected)
    expect(asked, output).toBeGreaterThan(0)
  }
})

test('Yarn 1, whose audit asks there too, gets no such step', async () => {
  const { outcome, output } = await audit('yarn')
  expect(output).toContain('Look for secrets in the commits')
  expect(outcome).toBeUndefined()
})
