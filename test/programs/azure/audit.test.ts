import { expect, test } from 'vitest'
import { auditCiFiles } from '../../../src/project/ci-audit/audit.ts'
import { covering, run } from '../../tools/pipeline-template/matrix.ts'

test('the audit of CI files finds nothing that is wrong in any pipeline', () => {
  const files = covering('azure-pipelines').map((input) => run(input).files.filter(({ path }) => path.endsWith('.yml')).map(({ path, body }) => ({ path, text: body })))
  expect(files.flat().length).toBeGreaterThan(100)
  const found = files.flatMap((own) => auditCiFiles(own, { pins: [], visibility: 'public' }))
  // A database of the tests is named by its version: its digest belongs to Renovate.
  expect([...new Set(found.map(({ rule, severity }) => `${severity} ${rule}`))]).toEqual(['info unpinned-images'])
})
