import { asWord } from '../../core/words.ts'
import type { Knowledge } from '../../knowledge/collections.ts'

/** Names under which companies know a directory or a sign-in product, the most specific first. */
const names: readonly (readonly [RegExp, string])[] = [
  [/^google-workspace|^g-?suite|^google-apps/, 'google-workspace'], [/azure-ad-b2c|^ad-?b2c/, 'azure-ad-b2c'], [/entra-external/, 'entra-external-id'], [/(microsoft|office)-?365|^[mo]-?365|entra|azure-?ad(?!-ds)|azure-active-directory/, 'entra-id'],
  [/active-directory|^ad$|^ad-?fs|ldap|^samba/, 'active-directory'], [/auth0/, 'auth0'], [/okta/, 'okta'], [/shibboleth|edugain|simplesaml/, 'shibboleth'], [/one-?login/, 'onelogin'], [/jump-?cloud/, 'jumpcloud'], [/^ping(-|one|federate|id|$)/, 'ping'],
  [/keycloak|red-?hat-(sso|build)|^rhbk/, 'keycloak'], [/cognito/, 'cognito'], [/^firebase-auth/, 'firebase-auth'], [/^supabase-auth/, 'supabase-auth'], [/identity-platform/, 'identity-platform'], [/^(next-?auth|auth-?\.?js)/, 'nextauth'], [/^ory(-|$)|kratos/, 'ory'],
]

/** Id of the directory or sign-in product that one entry of `existing` means; undefined for anything else. */
export function signInTool(text: string, knowledge: Knowledge): string | undefined {
  const word = asWord(text)
  if (Object.hasOwn(knowledge['identity-providers'], word)) return word
  return names.find(([pattern]) => pattern.test(word))?.[1] ?? Object.keys(knowledge['identity-providers']).find((id) => id.length > 4 && word.startsWith(`${id}-`))
}
