import * as z from 'zod'

/** Closed vocabularies of the project profile; one list each, used by schemas, detection, rendering and documentation. */
export const vocabulary = {
  projectType: ['web-app', 'b2b-saas', 'api', 'mobile-app', 'internal-tool', 'marketplace', 'ai-product', 'iot', 'data-platform', 'self-hosted-product', 'content-site', 'cli', 'game', 'library', 'other'],
  stage: ['poc', 'mvp', 'early', 'growth', 'production', 'enterprise'],
  signInBy: ['nobody', 'staff', 'consumers', 'business-users', 'partners', 'machines', 'devices', 'agents'],
  tenancy: ['single', 'multi'],
  clients: ['web', 'ios', 'android', 'desktop', 'cli', 'machine', 'iot', 'agent', 'mcp', 'game'],
  compliance: ['hipaa', 'pci-dss', 'soc2', 'gdpr', 'iso27001', 'fedramp', 'fisma', 'fips-140', 'coppa', 'ferpa', 'psd2', 'dora', 'sox', 'ccpa', 'bsi-c5'],
  dataClasses: ['pii', 'phi', 'cardholder', 'minors', 'confidential', 'public'],
  selfHost: ['no', 'preferred', 'required'],
  opsCapacity: ['none', 'low', 'medium', 'high'],
  ciProvider: ['github-actions', 'gitlab', 'circleci', 'azure-pipelines', 'bitbucket'],
  packageManager: ['npm', 'pnpm', 'yarn', 'yarn-berry', 'bun', 'uv', 'pip', 'poetry', 'go', 'maven', 'gradle', 'dotnet', 'bundler', 'composer'],
  monorepo: ['none', 'turborepo', 'nx', 'pnpm-workspaces', 'npm-workspaces'],
  repositoryVisibility: ['private', 'internal', 'public'],
  releaseCadence: ['on-merge', 'daily', 'weekly', 'scheduled'],
} as const satisfies Record<string, readonly string[]>

const count = (unit: string) => z.number().int().min(0).max(1e10).describe(unit)
const id = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, 'expected a lower-case id like aws-ecs')
/** One line of text: no line breaks or control characters, so it can be quoted for every output language. */
export const line = (max = 200) => z.string().min(1).max(max).regex(/^[^\u0000-\u001f\u007f\u2028\u2029]*$/, 'expected one line without control characters')
const region = z.string().regex(/^[a-z]{2,6}(-[a-z0-9]{1,12})*$/, 'expected a lower-case region or country code like eu or us')

const HouseRule = z.strictObject({ id, reason: line(300).optional() })
/** `{id, reason}` or just the id of a sheet. */
const houseRules = z.array(z.union([id.transform((value) => ({ id: value })), HouseRule])).max(50)

/** House rules of a team, each entry the id of a sheet and, where given, the reason that reports repeat. */
export const HouseRules = z.strictObject({
  require: houseRules.optional(),
  forbid: houseRules.optional(),
  prefer: houseRules.optional(),
})

/** Decisions a person made; they are honoured, and their consequences shown. Values are sheet ids. */
export const Decisions = z.strictObject({
  auth: id.optional(),
  errors: id.optional(),
  logs: id.optional(),
  metrics: id.optional(),
  alerting: id.optional(),
  ciProvider: id.optional(),
  branchStrategy: id.optional(),
  migrationTool: id.optional(),
  secrets: id.optional(),
  flags: id.optional(),
  validation: id.optional(),
  reason: line(500).optional(),
})

/**
 * The project profile: one record that every tool reads. All fields are optional; counts are whole numbers,
 * money is US dollars a month, codes are lower case. Unknown names are refused.
 */
export const Profile = z.strictObject({
  name: line(100).describe('project name'),
  projectType: z.enum(vocabulary.projectType),
  stage: z.enum(vocabulary.stage),
  signInBy: z.array(z.enum(vocabulary.signInBy)).max(8).describe('who logs in'),
  monthlyActiveUsers: count('users active in a month'),
  organizations: count('customer organizations'),
  ssoConnections: count('customer SSO connections'),
  devices: count('devices'),
  services: count('deployed services'),
  needsSso: z.boolean(),
  needsScim: z.boolean(),
  usesLlm: z.boolean(),
  takesPayments: z.boolean(),
  airGapped: z.boolean(),
  noUsSubprocessors: z.boolean(),
  distributedToCustomers: z.boolean(),
  tenancy: z.enum(vocabulary.tenancy),
  clients: z.array(z.enum(vocabulary.clients)).max(10),
  compliance: z.array(z.enum(vocabulary.compliance)).max(15),
  dataClasses: z.array(z.enum(vocabulary.dataClasses)).max(6),
  dataResidency: z.array(region).max(20).describe('region codes: eu, us'),
  selfHost: z.enum(vocabulary.selfHost),
  developers: count('people who commit'),
  opsCapacity: z.enum(vocabulary.opsCapacity),
  budgetUsdPerMonth: z.number().min(0).max(1e9).nullable().describe('null: none stated'),
  hosting: line(60).describe('platform id: vercel, aws-ecs'),
  stack: z.array(line(60)).max(40).describe('languages, frameworks, databases'),
  existing: z.array(line(60)).max(40).describe('tools the company runs'),
  ciProvider: z.enum(vocabulary.ciProvider),
  packageManager: z.enum(vocabulary.packageManager),
  monorepo: z.enum(vocabulary.monorepo),
  repositoryVisibility: z.enum(vocabulary.repositoryVisibility),
  releaseCadence: z.enum(vocabulary.releaseCadence),
  deployTarget: line(60),
  migrationTool: line(60),
  houseRules: HouseRules,
  decisions: Decisions,
}).partial()

export type Profile = z.infer<typeof Profile>
export type ProfileField = keyof Profile
export type HouseRules = z.infer<typeof HouseRules>
export type Decisions = z.infer<typeof Decisions>
export type Stage = (typeof vocabulary.stage)[number]

/** Position of a stage on the depth dial, 0 (`poc`) to 5 (`enterprise`). */
export const stageRank = (stage: Stage): number => vocabulary.stage.indexOf(stage)
