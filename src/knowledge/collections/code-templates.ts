import * as z from 'zod'
import { fact } from '../sheet.ts'

/** What a template is for; one file of each kind at most in a project. */
export const templateKinds = ['http-hardening', 'token-verification', 'api-keys', 'logger', 'health', 'telemetry', 'feature-flags', 'flag-service'] as const
export type TemplateKind = (typeof templateKinds)[number]

/** Facts about source code we hand out: the body holds one fenced block, filled by `tools/code-file.ts`. The source is what proves the versions. */
export const codeTemplateFacts = {
  kind: fact(z.enum(templateKinds)),
  /** Stack id of the language. A `typescript` template also writes JavaScript when it has a `scriptPath`. */
  language: fact(z.string()),
  /** Stack ids of the frameworks it is written for; empty: any of the language. */
  frameworks: fact(z.array(z.string())),
  /** Where the file goes, relative to the user's project. */
  path: fact(z.string()),
  /** The same for plain JavaScript: the template is filled with the condition `typed` off. */
  scriptPath: fact(z.string()),
  /** One sentence for the list of files. */
  purpose: fact(z.string().max(120)),
  /** A command that shows that the file works. */
  verifyWith: fact(z.string()),
  /** What it imports, in the versions that our tests ran. */
  packages: fact(z.array(z.strictObject({ name: z.string(), version: z.string() }))),
  /** Sections that are on or off, apart from `typed`. */
  conditions: fact(z.array(z.string())),
  /** Texts that are filled in; the caller quotes them for the language. */
  values: fact(z.array(z.string())),
}
