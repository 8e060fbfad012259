import { selectAuth } from './select-auth/tool.ts'
import { observabilityStack } from './observability-stack/tool.ts'
import { pipelineTemplate } from './pipeline-template/tool.ts'
import { migrationPlan } from './migration-plan/tool.ts'
import { envMatrix } from './env-matrix/tool.ts'
import type { DecidingTool } from './tool.ts'

/** The deciding tools, in the order they are listed. Tools never import each other; this is the only list of them. */
export const decidingTools = [
  selectAuth,
  observabilityStack,
  pipelineTemplate,
  migrationPlan,
  envMatrix,
] as unknown as readonly DecidingTool[]
