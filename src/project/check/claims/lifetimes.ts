import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'
import { inWords, minutesOf, span } from './durations.ts'

const subjects = '(access[- ]tokens?|refresh[- ]tokens?|id[- ]tokens?|session (?:tokens?|JWTs?)|(?:login |sign-in |user )?session(?: (?:cookies?|length|lifetime|duration|timeout|expiry|limit))?|sessions)'
/** What makes another thing of a session, and what is done to it now and then. */
const other = /^[ -](?:recordings?|replays?|logs?|data|history|ids?|fixation|storage|stores?|management|manager|affinity|secrets?|keys?|hijacking|lookup|tables?|limits? of)\b/i
const between = '(?![ -](?:recordings?|replays?|logs?|data|history|ids?|fixation|storage))((?:(?!\\b(?:every|each|rotat\\w*|revo\\w*|cach\\w*|log\\w*|kept|refreshed|replaced|checked|renewed|polled|older|before|tokens?|cookies?|sessions?)\\b)[^.;|]){0,45}?)'
const pattern = new RegExp(`\\b${subjects}\\b${between}${span}`, 'gi')
const subject = new RegExp(`\\b${subjects}\\b`, 'i')
const ownSpan = new RegExp(span, 'gi')

/** Words that tell one kind of token or session from another. What has one is only compared with what has the same. */
const qualifiers: readonly (readonly [string, RegExp])[] = [
  ['idle', /\bidle\b|\binactiv\w*|\bsliding\b|\bwithout (?:activity|use)\b|\btimeouts?\b|\blog-?off\b/i], ['at most', /\babsolute\b|\bmax(?:imum)?\b(?! ?-?age)|\bat most\b|\bhard\b/i],
  ['staff', /\bstaff\b|\badmins?\b|\badministrators?\b|\bemployees?\b|\bsupport\b|\boperators?\b|\bengineers?\b|\bback ?office\b|\bconsole\b|\bdashboard\b/i],
  ['machines', /\bmachines?\b|\bservices?\b|\bsystems?\b|\bm2m\b|\bpartners?\b|\bclients?\b|\bagents?\b|\bintegrations?\b|\bworkers?\b|\bjobs?\b|\bAPI\b/],
  ['devices', /\bmobile\b|\bandroid\b|\biOS\b|\bapps?\b|\bdevices?\b|\bkiosks?\b|\btablets?\b|\bscanners?\b|\bTV\b|\bCLI\b|\boffline\b/i],
  ['remembered', /\bremember/i], ['users', /\busers?\b(?! session)|\bguests?\b|\bcustomers?\b|\bmembers?\b|\bpeople\b|\bbuyers?\b|\bsellers?\b|\bpatients?\b|\bclinicians?\b|\bdrivers?\b|\bteachers?\b|\bpupils?\b|\bpublic\b/i],
]

function subjectOf(word: string): string {
  const name = word.toLowerCase().replaceAll('-', ' ')
  if (/^session (token|jwt)/.test(name)) return 'session token'
  return /session/.test(name) ? 'session' : name.replace(/s$/, '')
}

/** How long tokens and sessions live, in minutes; the key names which. */
export function lifetimeClaims({ text, label, column, line, kind, rowHead }: Statement, file: string): readonly Claim[] {
  // Most statements speak of neither, and the patterns below are long.
  if (kind === 'first-cell' || !/token|session/i.test(`${label} ${rowHead} ${text}`) || /\b(previous(?:ly)?|formerly|used to|until|considered|instead of|default)\b/i.test(text)) return []
  const claim = (of: string, around: string, minutes: number): Claim => {
    const named = qualifiers.flatMap(([name, words]) => (words.test(around) ? [name] : []))
    return { kind: 'lifetime', key: [subjectOf(of), ...named].join(' for '), value: String(minutes), said: inWords(minutes), file, line, weight: 'statement' }
  }
  // A row `access` of a table of tokens is the access token.
  const named = kind === 'cell' && /^(?:access|refresh|id|session)$/i.test(label) && /^(?:tokens?|credentials?)$/i.test(rowHead) ? `${label} token` : label
  const labelled = subject.exec(named)
  if (labelled?.[1] !== undefined && !other.test(named.slice(labelled.index + labelled[0].length)) && (kind !== 'cell' || /^(life ?(?:time|span)?|how long|value|length|duration|lives|expires( after)?|valid( for)?|ttl|implementation|how)$/i.test(column)) && !/\b(rotat|cache|rate|limit|renew)/i.test(label)) {
    return [...text.matchAll(ownSpan)].filter(({ index }) => index < 60 && !/\b(every|each|before|rotat\w*|cach\w*|warn\w*)\b[^,;]*$/i.test(text.slice(0, index))).map((match) => claim(labelled[1] ?? '', `${label} ${text}`, minutesOf(match[1] ?? '', match[2] ?? match[3] ?? '')))
  }
  if (kind === 'cell') return []
  const whole = label === '' ? text : `${label}: ${text}`
  return [...whole.matchAll(pattern)].flatMap((match) => {
    const from = Math.max(0, match.index - 40)
    const around = `${(/[^.;,]*$/.exec(whole.slice(from, match.index)) ?? [''])[0]} ${match[0]} ${(/^[^.;,]{0,40}/.exec(whole.slice(match.index + match[0].length)) ?? [''])[0]}`
    return [claim(match[1] ?? '', around, minutesOf(match[3] ?? '', match[4] ?? match[5] ?? ''))]
  })
}
