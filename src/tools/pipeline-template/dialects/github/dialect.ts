import { generatedFile } from '../../../../core/file.ts'
import { codeOwners } from '../../code-owners.ts'
import type { Dialect } from '../../files.ts'
import { pinsFrom } from '../../pins.ts'
import { byHand } from './by-hand.ts'
import { ciWorkflow } from './ci.ts'
import { dependabot } from './dependabot.ts'
import { deployWorkflow } from './deploy.ts'
import { github, paths, setupAction } from './jobs.ts'
import { releaseWorkflow } from './release.ts'

/** GitHub Actions: a workflow of checks that deploy.yml calls again, so that nothing untested goes out. */
export const githubActions: Dialect = {
  files(plan, knowledge, citations) {
    const shared = github(plan, pinsFrom(knowledge, citations))
    const { ci, deploy, release, setup } = paths(plan)
    const owners = codeOwners(plan)
    const action = setupAction(plan, shared)
    const deploying = deployWorkflow(plan, shared)
    const releasing = releaseWorkflow(plan, shared)
    return [
      generatedFile(ci, 'checks every pull request', 'actionlint', ciWorkflow(plan, shared)),
      ...(deploying === undefined ? [] : [generatedFile(deploy, 'deploys what passed', 'actionlint', deploying)]),
      ...(releasing === undefined ? [] : [generatedFile(release, 'publishes a version tag', 'actionlint', releasing)]),
      ...(action === undefined ? [] : [generatedFile(setup, 'sets up and installs, for every job', 'a run of the workflow', action)]),
      generatedFile('.github/dependabot.yml', 'keeps dependencies and pinned actions current, a week behind', 'Dependabot reports errors under Insights', dependabot(plan)),
      ...(owners === undefined ? [] : [generatedFile('.github/CODEOWNERS', 'who has to look at which change', 'GitHub shows errors when the file is opened', owners)]),
    ]
  },
  reaches: () => true,
  byHand,
}
