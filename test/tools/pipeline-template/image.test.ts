import { expect, test } from 'vitest'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { run } from './matrix.ts'

const body = (input: Given): string => run({ stack: ['fastapi'], packageManager: 'uv', stage: 'production', developers: 5, ...input }).files[0]?.body ?? ''

test.each(['circleci', 'gitlab'] as const)('%s: a builder on a daemon that is reached over TLS needs a context made from the environment', (ciProvider) => {
  expect(body({ ciProvider, deployTarget: 'gcp' })).toMatch(/docker context create builder > \/dev\/null\n\s+docker buildx create --use builder > \/dev\/null\n\s+docker buildx build /)
})

test.each(['circleci', 'bitbucket'] as const)('%s: Lambda gets no index, also from a daemon that states provenance by itself', (ciProvider) => {
  expect(body({ ciProvider, deployTarget: 'aws-lambda' })).toContain('BUILDX_NO_DEFAULT_ATTESTATIONS=1 docker build ')
})
