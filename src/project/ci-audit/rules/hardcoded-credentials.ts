import { rule, type CiFile, type Hit, type Setting } from '../model.ts'

/** Shapes that issuers gave their tokens so that they are found. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{60,}\b/, 'a GitHub token'], [/\bglpat-[\w-]{20,}\b/, 'a GitLab token'], [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, 'an AWS key id'], [/\bxox[abprs]-\d[\w-]{20,}\b/, 'a Slack token'],
  [/\b[sr]k_live_[A-Za-z0-9]{20,}\b/, 'a Stripe key'], [/\bnpm_[A-Za-z0-9]{36}\b/, 'an npm token'], [/\bpypi-[\w-]{60,}\b/, 'a PyPI token'], [/\bAIza[\w-]{35}\b/, 'a Google API key'], [/\bdckr_pat_[\w-]{20,}\b/, 'a Docker token'], [/\bSG\.[\w-]{20,}\.[\w-]{30,}\b/, 'a SendGrid key'],
  [/-----BEGIN (RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----/, 'a private key'], [/\bhooks\.slack\.com\/services\/T[A-Z0-9]{8,}\/B[A-Z0-9]{8,}\/[A-Za-z0-9]{20,}/, 'a Slack webhook'],
]

const secretName = /(^|[_.-])(password|passwd|pwd|secret|token|api[_-]?key|apikey|private[_-]?key|access[_-]?key|auth[_-]?key|client[_-]?secret|credentials?)$|(password|secret|token|apikey)$/i
/** Databases and stores that a job starts and throws away; their passwords open nothing else. */
const throwAway = /^(POSTGRES|PG|MYSQL|MARIADB|MONGO|REDIS|RABBITMQ|MINIO|MSSQL|SA|ACCEPT|NEO4J|ELASTIC|CLICKHOUSE|KEYCLOAK|ORACLE|CASSANDRA|LDAP|TEST|KC)(_|[A-Z]*_)?.*PASS(WORD|WD)?$|^(POSTGRES|MYSQL|MARIADB|PG)/i
/** Names that are used for such databases and for real ones: only a value that looks drawn at random is taken for a secret. */
const perhapsThrowAway = /^(DB|DATABASE|SQL|SPRING)/i
const placeholder = /x{6,}|^abcd?\d*$|^(|x+|\*+|none|null|true|false|yes|no|read|write|default|unused|not-?used|n\/a)$|test|dummy|fake|example|sample|changeme|change-me|placeholder|mock|local|dev|foo|ci[-_]|[-_]ci\b|^ci$|secret$|password|passw0rd|postgres|root|admin|guest|123456|not[-_ ]?a?[-_ ]?(real|secret)|base64:|\bkey\b|your|insert|<|todo|build|phase|skip/i
/** Parts that vary: what is left is no literal. */
const isDynamic = (value: string): boolean => /\$\{\{|\$\(|\$\{?[A-Za-z_]|<<|\{\{|\$\[/.test(value)

const looksRandom = (value: string): boolean => value.length >= 16 && !/\s/.test(value) && /[a-z]/i.test(value) && (value.match(/\d/g) ?? []).length >= 3 && !/^(https?:|[\w.-]+\/[\w./-]+$|v?\d+\.)/.test(value) && new Set(value).size >= 9

function settingHits({ key, line, value }: Setting, from: number, last: number): readonly Hit[] {
  const text = value.value.trim()
  if (!value.isString || !secretName.test(key) || throwAway.test(key) || isDynamic(text) || placeholder.test(text) || text.length < 6) return []
  if (perhapsThrowAway.test(key) && !looksRandom(text)) return []
  if (/^[A-Z][A-Z0-9_]+$/.test(text) || /^[\w.-]+\/[\w./-]+$/.test(text)) return []
  // Without a known shape a short word may be a name; what looks drawn at random is a secret, and so is what opens a registry.
  return [{ line, from, last, severity: looksRandom(text) || key.startsWith('credentials.') ? 'error' : 'warning', found: `a literal value in ${key}` }]
}

function shapeHits(file: CiFile): readonly Hit[] {
  return file.source.flatMap((text, index) => shapes.flatMap(([pattern, name]): readonly Hit[] => {
    const match = pattern.exec(text)?.[0]
    return match === undefined || /EXAMPLE|(.)\1{7}|1234567|abcdefg/i.test(match) ? [] : [{ line: index + 1, found: name }]
  }))
}

/** A password or token in the text of the pipeline. Its value is never repeated. */
export const hardcodedCredentials = rule({
  id: 'hardcoded-credentials', severity: 'error',
  expected: 'a secret of the provider',
  next: 'Revoke it (history keeps it), and read a new one from a secret.',
  check: (file) => [
    ...shapeHits(file),
    ...file.env.flatMap((setting) => settingHits(setting, setting.line, setting.line)),
    ...file.jobs.flatMap(({ env, steps }) => [...env.flatMap((setting) => settingHits(setting, setting.line, setting.line)), ...steps.flatMap((step) => [...step.env, ...step.with].flatMap((setting) => settingHits(setting, setting.line, setting.line)))]),
  ],
})
