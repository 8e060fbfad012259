import { generatedFile } from '../../../../core/file.ts'
import { codeOwners } from '../../code-owners.ts'
import { ciImage } from '../../facts.ts'
import type { Dialect } from '../../files.ts'
import type { Plan } from '../../plan.ts'
import { byHand, pipelineFile } from './by-hand.ts'
import { reaches } from './deploy.ts'
import { pipeline } from './pipeline.ts'
import { renovateFile } from '../renovate.ts'

/** GitLab CI: one pipeline file, owners beside it, and Renovate where a security job exists. */
export const gitlab: Dialect = {
  files(plan: Plan, knowledge) {
    const owners = codeOwners(plan)
    const path = pipelineFile(plan)
    const body = pipeline(plan, ciImage(knowledge, 'javascript')(plan.nodeVersion) ?? `node:${plan.nodeVersion}`)
    return [
      generatedFile(path, `checks merge requests and deploys what passed${path === '.gitlab-ci.yml' ? '' : '; include it from .gitlab-ci.yml'}`, 'gitlab-ci-local --list, or CI Lint in GitLab', body),
      ...renovateFile(plan, path === '.gitlab-ci.yml' ? {} : { gitlabci: path }, body.includes('_IMAGE: ') ? path : undefined),
      ...(owners === undefined ? [] : [generatedFile('.gitlab/CODEOWNERS', 'who has to look at which change', 'GitLab shows owners in a merge request', owners)]),
    ]
  },
  reaches, byHand,
}
