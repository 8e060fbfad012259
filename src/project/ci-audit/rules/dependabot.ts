import { rule, type Hit } from '../model.ts'
import { entry, get, itemsOf, textIn } from '../tree.ts'

/** Updates on the day of their release are how a hijacked package arrives. */
export const dependabotCooldown = rule({
  id: 'dependabot-cooldown', severity: 'info',
  expected: '`cooldown` with `default-days: 7`',
  next: 'Add cooldown to the update; security updates do not wait for it.',
  check: (file) => (file.kind !== 'dependabot' ? [] : itemsOf(get(file.tree, 'updates')).flatMap((update): readonly Hit[] => {
    const name = textIn(get(update, 'package-ecosystem'))
    const days = textIn(get(update, 'cooldown', 'default-days'))
    if (entry(update, 'cooldown') === undefined) return [{ line: name?.line ?? update.line, from: update.line, last: update.last, found: `${name?.value ?? 'an update'} without cooldown` }]
    return days !== undefined && Number(days.value) < 4 ? [{ line: days.line, found: `${name?.value ?? 'an update'} waits ${days.value} days` }] : []
  })),
})

/** Code of a dependency runs while it is only looked at, with access to private registries. */
export const dependabotExecution = rule({
  id: 'dependabot-execution', severity: 'warning',
  expected: 'no `insecure-external-code-execution`',
  next: 'Remove it, or keep registries out of this update.',
  check: (file) => (file.kind !== 'dependabot' ? [] : itemsOf(get(file.tree, 'updates')).flatMap((update): readonly Hit[] => {
    const set = textIn(get(update, 'insecure-external-code-execution'))
    return set?.value === 'allow' ? [{ line: set.line, found: 'insecure-external-code-execution: allow' }] : []
  })),
})
