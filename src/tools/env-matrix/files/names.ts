import type { Variable } from '../variables.ts'

const initialisms: readonly string[] = ['API', 'AWS', 'CPU', 'DB', 'DSN', 'GCP', 'HTTP', 'HTTPS', 'ID', 'IP', 'JWT', 'SDK', 'SMTP', 'SQL', 'SQS', 'SSL', 'SSO', 'TLS', 'URI', 'URL']
const capital = (part: string): string => part.charAt(0) + part.slice(1).toLowerCase()

/** `DATABASE_URL` as `DatabaseURL` in Go and `DatabaseUrl` elsewhere. */
const pascal = (name: string, keepInitialisms: boolean): string =>
  name.split('_').map((part) => (keepInitialisms && initialisms.includes(part) ? part : capital(part))).join('')

const camel = (name: string): string => { const text = pascal(name, false); return text.charAt(0).toLowerCase() + text.slice(1) }

export type NameStyle = 'go' | 'java' | 'csharp'
const styles: Readonly<Record<NameStyle, (name: string) => string>> = { go: (name) => pascal(name, true), java: camel, csharp: (name) => pascal(name, false) }

/** Names that a record component of Java or a property of the generated class cannot have. */
const taken: Readonly<Record<NameStyle, readonly string[]>> = {
  go: [],
  java: 'abstract assert boolean break byte case catch char class clone const continue default do double else enum extends final finalize finally float for getClass goto hashCode if implements import instanceof int interface long native new notify null package private protected public return short static strictfp super switch synchronized this throw throws toString transient try void volatile wait while true false'.split(' '),
  csharp: ['AppConfig', 'Equals', 'Finalize', 'GetHashCode', 'GetType', 'Load', 'LoadOrExit', 'MemberwiseClone', 'ReferenceEquals', 'Secret', 'ToString', 'Reader'],
}

/** One member name for each variable. A name that is taken, or would be used twice, keeps the spelling of its variable. */
export function memberNames(variables: readonly Variable[], style: NameStyle): ReadonlyMap<string, string> {
  const spelled = variables.map(({ name }) => styles[style](name))
  const unusable = (text: string): boolean => taken[style].includes(text) || spelled.filter((other) => other === text).length > 1
  return new Map(variables.map(({ name }, index) => { const text = spelled[index] ?? name; return [name, unusable(text) ? name : text] }))
}
