import type * as z from 'zod'
import { hostingPlatformFacts } from './collections/hosting-platforms.ts'
import { controlFacts } from './collections/controls.ts'
import { complianceFacts } from './collections/compliance.ts'
import { identityProviderFacts } from './collections/identity-providers.ts'
import { practiceFacts } from './collections/practices.ts'
import { signalFacts } from './collections/signals.ts'
import { telemetryFacts } from './collections/telemetry.ts'
import { migrationToolFacts } from './collections/migration-tools.ts'
import { schemaChangeFacts } from './collections/schema-changes.ts'
import { onlineDdlFacts } from './collections/online-ddl.ts'
import { ciProviderFacts } from './collections/ci-providers.ts'
import { ciToolFacts } from './collections/ci-tools.ts'
import { actionFacts } from './collections/actions.ts'
import { pipelineStageFacts } from './collections/pipeline-stages.ts'
import { secretsStoreFacts } from './collections/secrets-stores.ts'
import { flagServiceFacts } from './collections/flag-services.ts'
import { configValidatorFacts } from './collections/config-validators.ts'
import { runtimeFacts } from './collections/runtimes.ts'
import { codeTemplateFacts } from './collections/code-templates.ts'
import { sheetSchema, type Sheet } from './sheet.ts'

/** Every folder under `references/`, with the strict facts its sheets hold. A new collection is one line here and one file. */
export const collections = {
  'identity-providers': identityProviderFacts,
  compliance: complianceFacts,
  controls: controlFacts,
  'hosting-platforms': hostingPlatformFacts,
  telemetry: telemetryFacts,
  signals: signalFacts,
  practices: practiceFacts,
  'migration-tools': migrationToolFacts,
  'schema-changes': schemaChangeFacts,
  'online-ddl': onlineDdlFacts,
  'ci-providers': ciProviderFacts,
  'ci-tools': ciToolFacts,
  actions: actionFacts,
  'pipeline-stages': pipelineStageFacts,
  'secrets-stores': secretsStoreFacts,
  'flag-services': flagServiceFacts,
  'config-validators': configValidatorFacts,
  runtimes: runtimeFacts,
  'code-templates': codeTemplateFacts,
} as const satisfies Record<string, z.ZodRawShape>

export type CollectionName = keyof typeof collections
export type FactsOf<C extends CollectionName> = z.infer<z.ZodObject<(typeof collections)[C]>>
export type SheetOf<C extends CollectionName> = Sheet<FactsOf<C>>

/** All sheets, by collection and id: plain JSON. */
export type Knowledge = { readonly [C in CollectionName]: Readonly<Record<string, SheetOf<C>>> }

/** The strict front matter schema of one collection. */
export const schemaOf = (collection: CollectionName) => sheetSchema<z.ZodRawShape>(collections[collection])
