import { rule, type Hit, type Job, type Step } from '../model.ts'
import { actionOf, choice, input, isCheckout } from '../purpose.ts'
import { commandsOf } from '../shell.ts'

const pushActions = /(git-auto-commit|create-pull-request|semantic-release|changesets\/action|github-pages|gh-pages|add-and-commit|ghaction-github-pages|push-action|release-please|np-publish|lerna)/
/** The token that checkout leaves is what these push with. */
const pushes = (job: Job): boolean => job.steps.some((step) => pushActions.test(actionOf(step)) || (step.run !== undefined && commandsOf(step.run).some(({ words }) => /^(git (push|fetch|pull|submodule|lfs)|(npx )?(semantic-release|lerna (publish|version))|npm version|cargo release|goreleaser|gh pages)/.test(words.join(' ')))))

const wholeFolder = /^(\.|\.\/|\*\*?\/?\*?|\$\{\{\s*github\.workspace\s*\}\}\/?)$/
const uploadsAll = (step: Step): boolean => actionOf(step) === 'actions/upload-artifact' && (input(step, 'path')?.value ?? '').split('\n').some((path) => wholeFolder.test(path.trim()))

/** Version 6 and later keep the token outside the working copy; a bare commit tells its version only by its comment. */
function isNewCheckout(step: Step, source: readonly string[]): boolean {
  const version = /@v?(\d+)(?:\.|$)/.exec(step.uses?.value ?? '')?.[1] ?? /#\s*v?(\d+)/.exec(source[(step.uses?.line ?? 1) - 1] ?? '')?.[1]
  return Number(version ?? 0) >= 6
}

/** The token of the job lies on disk, where later steps and uploaded files find it. */
export const artipacked = rule({
  id: 'artipacked', severity: 'info',
  expected: '`persist-credentials: false`',
  next: 'Add it to with of the checkout, unless a later step pushes.',
  check(file) {
    if (file.provider === 'azure-pipelines') {
      return file.jobs.flatMap(({ steps }) => steps.flatMap((step): readonly Hit[] => {
        const kept = input(step, 'persistcredentials')
        return choice(kept?.value) === 'true' && kept !== undefined ? [{ line: kept.line, from: step.line, last: step.last, severity: 'warning', found: 'persistCredentials: true', next: 'Remove it, or push with a token of its own in that step.' }] : []
      }))
    }
    if (file.provider !== 'github-actions') return []
    return file.jobs.filter((job) => !pushes(job)).flatMap((job) => job.steps.flatMap((step, index): readonly Hit[] => {
      // Somebody who writes true has thought about it.
      if (!isCheckout(step) || input(step, 'persist-credentials') !== undefined) return []
      const packs = job.steps.slice(index + 1).some(uploadsAll) && !isNewCheckout(step, file.source)
      return [{ line: step.uses?.line ?? step.line, from: step.line, last: step.last, severity: packs ? 'warning' : 'info', found: packs ? `${step.uses?.value ?? ''} leaves its token in a folder that is uploaded whole` : `${step.uses?.value ?? ''} leaves its token on disk` }]
    }))
  },
})
