import { serviceLanguage } from '../../../core/service-language.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import type { TemplateKind } from '../../../knowledge/collections/code-templates.ts'
import { templateFor, type CodeTemplate } from '../../code-file.ts'
import type { View } from '../view.ts'

/** Frameworks that own their server: a file of ours gets no place in front of it. */
const ownServer: readonly string[] = ['nextjs', 'remix', 'sveltekit', 'astro', 'hono']

/** True when source files of ours belong into the project: something with a server is deployed, and people depend on it. */
export const takesCode = (view: View): boolean => view.place !== 'local' && view.depth >= 1 && view.input.projectType !== 'content-site'

/** The language of the services; null when only clients are named. */
export const languageOf = (view: View): string | null => serviceLanguage(view.stack)

/** True when a Node middleware in front of the routes is possible. */
export const takesMiddleware = (view: View): boolean => !view.stack.frameworks.some((id) => ownServer.includes(id)) && view.kind !== 'serverless'

/** True where Node packages do not run as on a server. */
export const isEdge = (view: View): boolean => view.hosting === 'cloudflare-workers'

/** The template of a kind in the language of the services, or undefined. */
export function templateOf(kind: TemplateKind, view: View, knowledge: Knowledge): CodeTemplate | undefined {
  const language = languageOf(view)
  return language === null ? undefined : templateFor(kind, { languages: [language], frameworks: view.stack.frameworks }, knowledge)
}
