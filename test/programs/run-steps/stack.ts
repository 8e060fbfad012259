import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { has } from './machine.ts'
import { runPipeline, type Ended, type Sample } from './pipeline.ts'

/** A change that has to stop the pipeline: at which step, and what is printed there. */
export interface Break { readonly what: string, readonly change: (folder: string) => void, readonly fails: string, readonly says: RegExp }

export interface Stack extends Sample {
  readonly title: string
  /** Programs of this machine that the steps need; without one of them the tests are skipped. */
  readonly needs: readonly string[]
  /** Whether packages that the lock file names are on this machine, where nothing can fetch them. */
  readonly packages?: () => boolean
  readonly breaks: readonly Break[]
}

/** Replaces a text of a file that has to be there. */
export const edit = (file: string, from: string, to: string) => (folder: string): void => {
  const text = readFileSync(join(folder, file), 'utf8')
  if (!text.includes(from)) throw new Error(`${file} of the sample does not hold ${from}`)
  writeFileSync(join(folder, file), text.replace(from, to))
}

const named = (ended: Ended, ...outcomes: readonly string[]): string[] => ended.steps.filter(({ outcome }) => outcomes.includes(outcome)).map(({ name }) => name)
const shown = (ended: Ended): string => ended.steps.map(({ job, name, outcome, output }) => `${job}: ${name}: ${outcome}\n${output}`).join('\n')

function checkFailure(ended: Ended, { fails, says }: Break): void {
  const failed = ended.steps.filter(({ outcome }) => outcome === 'failed')
  expect([...new Set(failed.map(({ name }) => name))].filter((name) => name !== 'Fail unless every job succeeded'), shown(ended)).toEqual([fails])
  expect(failed[0]?.output).toMatch(says)
  // What comes after it in the same job does not run.
  for (const { job, name } of failed) {
    const steps = ended.steps.filter((step) => step.job === job)
    expect(steps.slice(steps.findIndex((step) => step.name === name) + 1).map(({ outcome }) => outcome).filter((outcome) => outcome !== 'skipped')).toEqual([])
    expect(ended.jobs[job]).toBe('failure')
  }
  // The one check that a merge waits for fails with any other.
  if ('ci-passed' in ended.jobs) expect(ended.jobs['ci-passed']).toBe('failure')
}

/** The tests of one sample: everything passes as it is, and each break stops the pipeline at its step. Titles name what cannot run here. */
export function testStack(stack: Stack): void {
  const absent = stack.needs.filter((program) => !has(program))
  const missing = absent.length === 0 && stack.packages?.() === false ? ['the packages of its lock file'] : absent
  const left = Object.entries(stack.cannotRun ?? {}).map(([step, why]) => `${step}: ${why}`)
  const note = `${missing.length > 0 ? ` (needs ${missing.join(', ')})` : ''}${left.length > 0 ? ` [not run here: ${left.join('; ')}]` : ''}`
  test.skipIf(missing.length > 0)(`${stack.title}: every step of the generated checks passes${note}`, async () => {
    const ended = await runPipeline(stack)
    expect(named(ended, 'failed', 'skipped'), shown(ended)).toEqual([])
    expect(new Set(Object.values(ended.jobs))).toEqual(new Set(['success']))
    expect(named(ended, 'passed')).toEqual(expect.arrayContaining(['Install from the lock file', 'Lint', 'Test', 'Build'].filter((name) => !(stack.without ?? []).includes(name))))
    expect([...new Set(named(ended, 'not-run'))].sort()).toEqual(Object.keys(stack.cannotRun ?? {}).sort())
  })
  for (const failure of stack.breaks) {
    test.skipIf(missing.length > 0)(`${stack.title}: ${failure.what} stops the pipeline at "${failure.fails}"`, async () => {
      checkFailure(await runPipeline(stack, failure.change), failure)
    })
  }
}
