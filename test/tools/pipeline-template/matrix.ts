import type { Profile } from '../../../src/core/profile.ts'
import { vocabulary } from '../../../src/core/profile.ts'
import { targets } from '../../../src/tools/pipeline-template/targets.ts'
import { pipelineTemplate } from '../../../src/tools/pipeline-template/tool.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'

export const toolchains: readonly Pick<Profile, 'stack' | 'packageManager' | 'migrationTool' | 'monorepo'>[] = [
  { stack: ['nextjs', 'postgresql', 'prisma'], packageManager: 'npm' }, { stack: ['nextjs', 'postgresql', 'drizzle'], packageManager: 'pnpm' }, { stack: ['express', 'mongodb'], packageManager: 'yarn', migrationTool: 'migrate-mongo' },
  { stack: ['nestjs', 'mysql', 'typeorm'], packageManager: 'yarn-berry' }, { stack: ['hono'], packageManager: 'bun' }, { stack: ['fastapi', 'postgresql', 'alembic'], packageManager: 'uv' },
  { stack: ['django', 'postgresql'], packageManager: 'pip' }, { stack: ['flask', 'mariadb'], packageManager: 'poetry' }, { stack: ['go', 'postgresql'], packageManager: 'go' },
  { stack: ['spring-boot', 'postgresql'], packageManager: 'maven' }, { stack: ['kotlin', 'mysql'], packageManager: 'gradle' }, { stack: ['aspnet', 'sqlserver', 'ef-core'], packageManager: 'dotnet' },
  { stack: ['rails', 'postgresql'], packageManager: 'bundler' }, { stack: ['laravel', 'mysql'], packageManager: 'composer' },
  { stack: ['nextjs'], packageManager: 'pnpm', monorepo: 'turborepo' }, { stack: ['nestjs'], packageManager: 'npm', monorepo: 'nx' }, { stack: ['fastify', 'typescript'], packageManager: 'pnpm', monorepo: 'pnpm-workspaces' }, { stack: ['express'], packageManager: 'npm', monorepo: 'npm-workspaces' },
]
/** Clusters that are told exactly what any other is told. */
const likeKubernetes: readonly string[] = ['hetzner-kubernetes', 'openshift']
export const targetIds: readonly string[] = [...Object.keys(targets).filter((id) => !likeKubernetes.includes(id)), 'none']

const teams: readonly Given[] = [
  { developers: 1 }, { developers: 4, repositoryVisibility: 'public' }, { developers: 9, releaseCadence: 'on-merge' }, { developers: 30, compliance: ['soc2'] }, { developers: 8, releaseCadence: 'scheduled' },
  { developers: 3, branchStrategy: 'gitflow', compliance: ['hipaa'], repositoryVisibility: 'public' }, { developers: 20, monthlyActiveUsers: 500_000 },
]

/** Toolchains beyond these nine meet every third target: what a target writes does not depend on them. */
const everywhere = 9

/** Every toolchain with every target, the later ones with a third of them; stages and teams rotate, so that each meets each toolchain and target many times. */
export const covering = (ciProvider: Profile['ciProvider']): readonly Given[] => toolchains.flatMap((toolchain, row) => targetIds.flatMap((deployTarget, column) => (row >= everywhere && (row + column) % 3 !== 0 ? [] : [{
  ...toolchain, ciProvider, deployTarget, stage: vocabulary.stage[(row + column) % vocabulary.stage.length], ...teams[(row * 3 + column) % teams.length],
}])))

/** A third of it, for what the programs' tests do with all of it: every toolchain and every target is there. */
export const sampled = (ciProvider: Profile['ciProvider']): readonly Given[] => covering(ciProvider).filter((_, index) => index % 3 === 0)

/** Every toolchain × target × stage × team: about ten thousand inputs. */
export function* product(ciProvider: Profile['ciProvider']): Generator<Given> {
  for (const toolchain of toolchains) for (const deployTarget of targetIds) for (const stage of vocabulary.stage) for (const team of teams) yield { ...toolchain, ciProvider, deployTarget, stage, ...team }
}

/** The tool on the real sheets, on the day tests pretend it is. */
export const run = (input: Given, detail: 'brief' | 'normal' | 'full' = 'normal') => pipelineTemplate.run(input, { knowledge: knowledge(), asOf, detail })
