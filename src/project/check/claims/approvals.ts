import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'
import { environmentId } from './environments.ts'

const person = /\bapprov|\bsays yes\b|\b(?:another|second) person\b|\ba person (?:runs|starts)\b|^by hand\b/i
const alone = /^(?:by itself|automatic(?:ally)?|promoted by itself|push to \w+$)/i
const untouched = /\bdeploys? to production (?:automatically|by itself|without (?:an? )?approval)\b/i
const asked = /\bproduction\b[^.;]{0,30}\b(?:requires?|needs?|waits? for) (?:an? |one |manual )*approval\b|\bapprov(?:al|ed|es) [^.;]{0,30}\bbefore production\b/i

/** What has to happen before an environment gets a version, and before a change is merged: `person` where somebody says yes, else `alone`. */
export function approvalClaims({ text, label, column, line, sections, kind, generated }: Statement, file: string): readonly Claim[] {
  const claim = (key: string, value: 'person' | 'alone', said: string): Claim => ({ kind: 'approval', key, value, said: said.slice(0, 60), file, line, weight: 'statement' })
  if (kind === 'cell') {
    const id = environmentId(label)
    const speaks = (sections.has('environments') && /^deploy trigger$/i.test(column)) || (sections.has('promotion') && /^starts$/i.test(column))
    if (!speaks || id === undefined) return []
    return person.test(text) ? [claim(id, 'person', text)] : alone.test(text) ? [claim(id, 'alone', text)] : []
  }
  if (kind !== 'sentence') return []
  const whole = label === '' ? text : `${label}: ${text}`
  const found: Claim[] = []
  if (sections.has('branches')) {
    const required = /\b(?:\d+|one|two) approv(?:al|ing review)s?\b/i.exec(whole)
    const none = /\bno (?:required review|review (?:is )?required)\b/i.exec(whole)
    if (required !== null && none === null) found.push(claim('merge', 'person', required[0]))
    if (none !== null && required === null) found.push(claim('merge', 'alone', none[0]))
  }
  // Our line of gates names all of them: what it lacks is not asked.
  if (/^gates$/i.test(label) && /\ball checks green before a merge\b/i.test(text)) {
    const before = [...text.matchAll(/\b(?:approval by another person before|a person starts) (\w+)/g)].map(([, name = '']) => environmentId(name))
    found.push(/\breview by another person before a merge\b/i.test(text) ? claim('merge', 'person', 'review by another person') : claim('merge', 'alone', 'none among the gates'))
    found.push(before.includes('production') ? claim('production', 'person', 'a person, among the gates') : claim('production', 'alone', 'nobody among the gates'))
  } else if (!generated && untouched.test(whole)) found.push(claim('production', 'alone', untouched.exec(whole)?.[0] ?? ''))
  else if (!generated && asked.test(whole) && !/\b(not|no|never|once|until|if|later)\b/i.test(whole)) found.push(claim('production', 'person', asked.exec(whole)?.[0] ?? ''))
  return found
}
