import type { Knowledge } from '../../knowledge/collections.ts'
import type { Unused, UnusedRule } from './existing.ts'
import { ruleWords } from './words.ts'

/** Directories without a sheet: nothing about them is compared. */
const directoryNames: Readonly<Record<string, string>> = { 'google-workspace': 'Google Workspace', 'active-directory': 'Active Directory', okta: 'Okta', shibboleth: 'Shibboleth', onelogin: 'OneLogin', jumpcloud: 'JumpCloud' }

const words: Readonly<Record<UnusedRule, (name: string, unused: Unused, primary: string) => string>> = {
  'directory-of-staff': (name) => `${name} holds the accounts of your own staff, not of those who sign in here: use it for your own tools and the admin area.`,
  'second-directory': (name) => `${name} is a directory as well: decide which one is the source, or people who leave keep an account.`,
  'ruled-out': (name, { against }) => `${name} is in use and not taken here: ${against === undefined ? 'a rule is against it' : ruleWords[against]}.`,
  'could-stay': (name, { id }, primary) => `${name} is in use; ${primary} fits these inputs better. Pin \`decisions.auth: ${id}\` to keep it: moving accounts has a price too.`,
}

/** One sentence for each tool that is left out. */
export const unusedWords = (unused: readonly Unused[], primary: string, knowledge: Knowledge): string[] =>
  unused.map((one) => words[one.rule](knowledge['identity-providers'][one.id]?.name ?? directoryNames[one.id] ?? one.id, one, primary))
