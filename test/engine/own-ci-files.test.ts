import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { vocabulary } from '../../src/core/profile.ts'
import { detectProject } from '../../src/project/detect.ts'
import { run } from '../tools/pipeline-template/matrix.ts'

test.each(vocabulary.ciProvider)('%s: what we wrote is in nobody\'s way at the next run', (ciProvider) => {
  const { files } = run({ ciProvider, stack: ['nextjs', 'postgresql', 'prisma'], hosting: 'aws-ecs', stage: 'production', developers: 9, codeOwners: ['@org/team'] })
  expect(files.length).toBeGreaterThan(2)
  const root = mkdtempSync(join(tmpdir(), 'ops-own-ci-'))
  try {
    for (const { path, body } of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), body)
    }
    expect(detectProject(root).existingCi.filter((entry) => entry !== ciProvider)).toEqual([])
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
