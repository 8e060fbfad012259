import { stageRank, type Profile } from '../../core/profile.ts'
import { boundariesDrawing } from './boundaries-drawing.ts'
import { costChart } from './cost.ts'
import { environmentMatrix, variableMatrix } from './environments.ts'
import { files } from './files.ts'
import { html, none, type Html } from './html.ts'
import { assumed, notYet } from './later.ts'
import { migrationDrawing } from './migration-drawing.ts'
import { options } from './options.ts'
import { pipelineDrawing } from './pipeline-drawing.ts'
import { sections } from './sections.ts'
import { slotsTable } from './slots.ts'
import { sources } from './sources.ts'
import { decisionOf, draftOf, type View } from './view.ts'

export interface Chapter { readonly id: string, readonly title: string, readonly body: Html }

/** A tool's chapter: drawing, every slot, reasons, and what else was looked at. `elsewhere` are slots that the drawing or a table shows. */
function decisionChapter(view: View, tool: string, id: string, title: string, drawn: Html, elsewhere: readonly string[] = []): Chapter {
  if (draftOf(view, tool) === undefined) return { id, title, body: none }
  return { id, title, body: html`${drawn}${slotsTable(view, `What was decided: ${title.toLowerCase()}`, decisionOf(view, tool), elsewhere)}${sections(view, tool, 'reasons')}${options(view, tool)}` }
}

/** An early product reads the rules in its documents; a larger team, and who audits it, gets them on the page too. */
const wantsRules = ({ stage, compliance }: Profile): boolean => stageRank(stage ?? 'mvp') >= stageRank('growth') || (compliance ?? []).length > 0

/** The rules of a tool to work by, after everything that a decision needs. */
const rulesChapter = (view: View, tool: string, id: string, title: string): Chapter => ({ id, title, body: wantsRules(view.blueprint.profile) ? sections(view, tool, 'rules') : none })

/** Everything below the first screen, in the order it is read: decisions, then rules, then where it comes from. */
export const chapters = (view: View): readonly Chapter[] => [
  decisionChapter(view, 'select_auth', 'security', 'Security', boundariesDrawing(view)),
  decisionChapter(view, 'observability_stack', 'observability', 'Observability', none),
  decisionChapter(view, 'pipeline_template', 'pipeline', 'Pipeline', pipelineDrawing(view)),
  decisionChapter(view, 'migration_plan', 'migrations', 'Migrations', migrationDrawing(view), ['phases', ...(decisionOf(view, 'migration_plan')['change'] === null ? ['change', 'level', 'deploysNeeded', 'naiveBlockMs'] : [])]),
  decisionChapter(view, 'env_matrix', 'environments', 'Environments', html`${environmentMatrix(view)}${variableMatrix(view)}`, ['environments', 'variables']),
  { id: 'cost', title: 'Cost', body: costChart(view) },
  { id: 'not-yet', title: 'Not yet, and when', body: notYet(view) },
  { id: 'assumed', title: 'Assumed', body: assumed(view) },
  rulesChapter(view, 'select_auth', 'security-rules', 'Security rules'),
  rulesChapter(view, 'observability_stack', 'observability-rules', 'Observability rules'),
  rulesChapter(view, 'pipeline_template', 'pipeline-rules', 'Pipeline rules'),
  rulesChapter(view, 'migration_plan', 'migration-rules', 'Migration rules'),
  rulesChapter(view, 'env_matrix', 'configuration-rules', 'Configuration rules'),
  { id: 'files', title: 'Generated files', body: files(view) },
  { id: 'sources', title: 'Sources', body: sources(view) },
]
