import { expect, test } from 'vitest'
import { auditCiFiles } from '../../src/project/ci-audit/audit.ts'
import { isCiFile } from '../../src/project/ci-audit/read.ts'
import { knowledge } from '../support/knowledge.ts'
import { covering, run } from '../tools/pipeline-template/matrix.ts'

/** Generated images carry the version of their sheet; no sheet holds digests. */
const accepted = (rule: string, severity: string): boolean => rule === 'unpinned-images' && severity === 'info'

test.each(['gitlab', 'circleci', 'azure-pipelines', 'bitbucket'] as const)('the audit of CI files has nothing to say about what is generated for %s', { timeout: 120_000 }, (provider) => {
  const pins = Object.values(knowledge().actions).map(({ facts }) => ({ action: facts.action.value ?? '', version: facts.version.value ?? '', sha: facts.sha.value ?? '' }))
  const found = new Set<string>()
  let files = 0
  for (const input of covering(provider)) {
    const ours = run(input).files.filter(({ path }) => isCiFile(path)).map(({ path, body }) => ({ path, text: body }))
    files += ours.length
    for (const { rule, severity, file, found: what } of auditCiFiles(ours, { pins, visibility: 'public' })) if (!accepted(rule, severity)) found.add(`${severity} ${rule} ${file}: ${what}`)
  }
  expect(files).toBeGreaterThan(50)
  expect([...found]).toEqual([])
})
