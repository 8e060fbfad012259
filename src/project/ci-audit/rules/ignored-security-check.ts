import { rule, type Hit } from '../model.ts'
import { actionOf } from '../purpose.ts'
import { commandsOf } from '../shell.ts'

const named = /(^|[-_ :/.])(sast|dast|trivy|gitleaks|trufflehog|snyk|semgrep|secret[-_ ]?(scan|detection)\w*|(security|vulnerability|dependency|container)[-_ ]?(scan|check|audit|review)\w*|grype|checkov|tfsec|zizmor|osv[-_]scanner|govulncheck|pip-audit|npm[-_ ]audit|bandit)([-_ :/.]|$)/i
/** Gates that a step or job sends its result to somewhere else are no gates. */
const reports = /sarif|upload|comment|report/i

/** A check that cannot fail protects nothing. */
export const ignoredSecurityCheck = rule({
  id: 'ignored-security-check', severity: 'warning',
  expected: 'a security check that fails the pipeline',
  next: 'Let it fail for fixable high and critical findings, and list accepted ones in a file.',
  check: (file) => file.jobs.flatMap((job) => [
    ...(job.ignoresFailure && named.test(job.id) && !reports.test(job.id) ? [{ line: job.line, found: `job ${job.id} may fail without consequence` }] : []),
    ...job.steps.flatMap((step): readonly Hit[] => {
      const what = `${step.name} ${actionOf(step)}`
      if (step.ignoresFailure && named.test(what) && !reports.test(what)) return [{ line: step.line, from: step.line, last: step.last, found: `step ${step.name === '' ? actionOf(step) : step.name} may fail without consequence` }]
      return step.run === undefined ? [] : commandsOf(step.run).filter(({ text }) => named.test(text.split(' ').slice(0, 3).join(' '))).flatMap(({ text, line }): readonly Hit[] => (new RegExp(`\\|\\|\\s*(true|:)\\s*($|[;#\\n])`).test(lineFrom(step.run?.value ?? '', text)) ? [{ line, from: step.line, last: step.last, found: `${text} || true` }] : []))
    }),
  ]),
})

/** The rest of the line that a command stands on. */
function lineFrom(script: string, command: string): string {
  const start = script.indexOf(command.split(' ').slice(0, 3).join(' '))
  return start < 0 ? '' : script.slice(start).split('\n')[0] ?? ''
}
