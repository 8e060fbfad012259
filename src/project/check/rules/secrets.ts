import { rule } from '../subject.ts'

/** Shapes that issuers gave their tokens so that they are found. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{60,}\b/, 'a GitHub token'], [/\bglpat-[\w-]{20,}/, 'a GitLab token'], [/\b(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[A-Z0-9]{16}\b/, 'an AWS key id'], [/\bxox[abprs]-\d[\w-]{20,}/, 'a Slack token'],
  [/\b[sr]k_live_[A-Za-z0-9]{20,}\b/, 'a Stripe key'], [/\bAIza[\w-]{35}\b/, 'a Google API key'], [/-----BEGIN (?:RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----/, 'a private key'],
  [/\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|amqp):\/\/[^\s:@/]{1,60}:(?!(?:password|pass|secret|pwd|\*+|x+|\.\.\.|<|\$|\{|user)[^@]{0,20}@)[^\s:@/]{6,}@(?!localhost|127\.|db[:/]|postgres[:/])/i, 'a database address with its password'],
  [/\b(?:pass(?:word|phrase)|secret|api[ -]?key|token)\b[^`:=\n]{0,50}(?::|=| is )\s*`(?=[^`]*[a-z])(?=[^`]*[A-Z])(?=[^`]*\d)(?![^`]*[$<{_ /])[^`\s]{10,}`/i, 'what looks like a password'],
]

/** Values of secrets in a document: the place where they are read by most people. */
export const secretValue = rule({
  id: 'secret-value', severity: 'error',
  about: 'A document holds the value of a secret.',
  expected: 'the name of the secret, never its value', next: 'Take it out, and change the secret: it is in the history now.',
  check: ({ documents }) => documents.flatMap(({ text, file }) => text.split(/\r\n?|\n/).flatMap((line, index) => shapes.filter(([pattern]) => pattern.test(line.slice(0, 5000))).map(([, what]) => ({ file, line: index + 1, found: what })))),
})
