import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'
import { minutesOf, span } from './durations.ts'

const once = new RegExp(span, 'i')
const each = new RegExp(span, 'gi')
/** Without one of these words nothing is said about keeping. */
const cue = /keep|stay|kept|retain|retention|delet|expire|purg|stored|remov|eras|back-?up/i
const keeps = /\bstays? for\b|\bretain(?:ed|s)?\b|\bretention\b|\bkept\b|\bkeeps?\b|\bdeleted after\b|\bexpires?\b|\bpurged after\b|\bstored for\b/i
const plain: readonly (readonly [string, RegExp])[] = [['traces', /\btraces?\b/i], ['metrics', /\bmetrics?\b/i]]
const logs = /(?:\b([\p{L}\d-]+) )?\b(logs?|log ?lines?|log groups?)\b(?! (?:in|into)\b)/iu
/** Logs of their own, which may be kept for another time than those of the application. */
const ownLogs = /^(access|errors?|events?|debug|security|flow|crash|query|slow|build|deploy\w*|web|server|request|system|windows|ci|pipelines?|job|dbt|firewall|vpc|dns|nginx|balancer|gateway|session|chat|change|worker|cold|archived?|raw|sampled)$/i
const rhythm = /\b(monthly|weekly|yearly|hourly|nightly|full|configuration|first|last)\b/i
const gone = new RegExp(`\\b(?:delet|remov|purg|eras)(?:es?|ing) (?:[a-z]+ ){0,2}?([a-z]{4,}s) (?:(?:that are )?older than|after) ${span}|\\b([A-Za-z]{4,}s)(?: (?:are|get))?\\b(?:[^.;:|]{0,60}\\b(?:deleted|purged|removed|erased) after| are (?:retained|kept|stored) for) ${span}`, 'gi')
/** In the section on logs, `Kept for 30 days` needs no subject. */
const bare = new RegExp(`^\\W*(?:retention(?: (?:period|time))?|(?:they|these|lines|entries|everything|all)(?: are| is)?|(?:is|are) )?\\W*(?:retained|kept|stored|keep)?[ :]*(?:is|are)?[ ]*(?:for )?(?:hot )?${span}`, 'i')
/** A clause that only says how long: its subject stands before the comma. */
const short = new RegExp(`^\\s*(?:(?:they|which|it) )?(?:are |is )?(?:kept|retained|stored|keeps?|retention(?: of)?:?)(?: (?:it|them))?(?: for)? ${span}`, 'i')
const copies = new RegExp(`\\bback-?ups?\\b(?:(?!\\b(?:every|each|in|within|run|taken|restor\\w*|test\\w*|older|from|last)\\b)[^.;,|]){0,25}?${span}`, 'gi')

function subjectOf(text: string): string | undefined {
  if (/\baudit/i.test(text)) return 'audit logs'
  if (/\bback-?ups?\b|\b(?:RDS|database|DB|EBS|disk|volume) snapshots?\b/i.test(text)) return [rhythm.exec(text)?.[1]?.toLowerCase() ?? '', 'backups'].join(' ').trim()
  const found = logs.exec(text)
  if (found !== null) return ownLogs.test(found[1] ?? '') ? `${found[1]?.toLowerCase()} logs` : 'logs'
  return plain.find(([, pattern]) => pattern.test(text))?.[0]
}

/** How long things are kept, in days; the key names what. */
export function retentionClaims({ text, label, column, line, sections, kind, leads }: Statement, file: string): readonly Claim[] {
  if (kind === 'first-cell' || !cue.test(`${label} ${column} ${text}`)) return []
  const whole = label === '' ? text : `${label}: ${text}`
  const claim = (key: string, amount: string | undefined, unit: string | undefined): readonly Claim[] => {
    const days = minutesOf(amount ?? '', unit ?? '') / 1440
    return days >= 1 ? [{ kind: 'retention', key, value: String(days), said: `${days} days`, file, line, weight: 'statement' }] : []
  }
  const found: Claim[] = []
  if (keeps.test(whole) || /\b(kept|retention|retained)\b/i.test(column)) {
    for (const clause of whole.split(/[;,]|\band\b/)) {
      const match = once.exec(clause)
      if (match === null) continue
      const before = whole.slice(0, whole.indexOf(clause))
      const subject = subjectOf(clause) ?? subjectOf(label) ?? (short.test(clause) && ((leads && sections.has('logging')) || /\blogs?\b|\blogging\b/i.test(before)) ? subjectOf(before) ?? 'logs' : undefined)
      if (subject !== undefined) found.push(...claim(subject, match[1], match[2] ?? match[3]))
    }
    const match = found.length === 0 && sections.has('logging') && kind === 'sentence' && (label === '' || /^(log )?retention\b/i.test(label)) ? bare.exec(whole) : null
    if (match !== null) found.push(...claim('logs', match[1], match[2] ?? match[3]))
  }
  // A row `Backups` of the controls says how they are made, and how long each kind is kept.
  if (kind === 'cell' && /^(?:database )?back-?ups?$/i.test(label) && sections.has('controls') && !found.some(({ key }) => key.endsWith('backups'))) for (const match of text.matchAll(each)) if (/^[dwmy]/i.test(match[2] ?? match[3] ?? '') && !/\b(?:every|each|within|test\w*|restor\w*)\b[^,;]*$/i.test(text.slice(0, match.index))) found.push(...claim('backups', match[1], match[2] ?? match[3]))
  if (/back-?up/i.test(whole) && !sections.has('metrics') && !found.some(({ key }) => key.endsWith('backups'))) for (const match of whole.matchAll(copies)) found.push(...claim('backups', match[1], match[2] ?? match[3]))
  if (/delet|remov|purg|eras|are (?:retained|kept|stored)/i.test(whole)) for (const match of whole.matchAll(gone)) {
    const noun = (match[1] ?? match[5] ?? '').toLowerCase()
    if (noun === '' || /^(logs|backups|these|traces|metrics|always|rows|files|columns|branches|flags|environments|previews)$/.test(noun)) continue
    found.push(...claim(noun, match[2] ?? match[6], match[3] ?? match[4] ?? match[7] ?? match[8]))
  }
  return found
}
