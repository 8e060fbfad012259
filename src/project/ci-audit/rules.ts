import { artipacked } from './rules/artipacked.ts'
import { cachePoisoning } from './rules/cache-poisoning.ts'
import { concurrencyLimits } from './rules/concurrency-limits.ts'
import { botConditions, unsoundCondition, unsoundContains } from './rules/conditions.ts'
import { dangerousTriggers } from './rules/dangerous-triggers.ts'
import { dependabotCooldown, dependabotExecution } from './rules/dependabot.ts'
import { excessivePermissions } from './rules/excessive-permissions.ts'
import { deprecatedOnly, duplicatePipelines, removedJobToken } from './rules/gitlab.ts'
import { hardcodedCredentials } from './rules/hardcoded-credentials.ts'
import { ignoredSecurityCheck } from './rules/ignored-security-check.ts'
import { insecureCommands } from './rules/insecure-commands.ts'
import { refVersionMismatch } from './rules/ref-version-mismatch.ts'
import { missingTimeout, selfHostedRunner, unpinnedRunner } from './rules/runners.ts'
import { overprovisionedSecrets, secretsInherit, secretsInLogs, secretsOutsideEnv } from './rules/secrets.ts'
import { templateInjection } from './rules/template-injection.ts'
import { unpinnedImages } from './rules/unpinned-images.ts'
import { unpinnedTools } from './rules/unpinned-tools.ts'
import { unpinnedUses } from './rules/unpinned-uses.ts'

/** Every rule of the audit. Ids are those of zizmor where it has one. */
export const ciRules = [
  artipacked, botConditions, cachePoisoning, concurrencyLimits, dangerousTriggers, dependabotCooldown, dependabotExecution, deprecatedOnly, duplicatePipelines, excessivePermissions, hardcodedCredentials,
  ignoredSecurityCheck, insecureCommands, missingTimeout, overprovisionedSecrets, refVersionMismatch, removedJobToken, secretsInherit, secretsInLogs, secretsOutsideEnv, selfHostedRunner, templateInjection,
  unpinnedImages, unpinnedRunner, unpinnedTools, unpinnedUses, unsoundCondition, unsoundContains,
] as const

export type CiRuleId = (typeof ciRules)[number]['id']
