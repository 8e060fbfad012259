import { table } from './table.ts'

/** The key that signs sessions where the framework itself signs people in, as Django calls it. */
const usual = 'SECRET_KEY'
/** What others call it. ASP.NET keeps keys of its own. */
const keys: Readonly<Record<string, readonly string[]>> = table({ rails: ['SECRET_KEY_BASE'], laravel: ['APP_KEY'], aspnet: [] })

/** Names of variables as the frameworks of a project read them: the session key goes by other names outside Django. */
export const asFrameworkReads = (names: readonly string[], frameworks: readonly string[]): readonly string[] =>
  names.flatMap((name) => (name === usual ? frameworks.map((id) => keys[id]).find((known) => known !== undefined) ?? [usual] : [name]))
