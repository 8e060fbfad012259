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
  const draft = draftOf(view, tool)
  if (draft === undefined) return { id, title, body: none }
  return { id, title, body: html`${drawn}${slotsTable(view, `What was decided: ${title.toLowerCase()}`, decisionOf(view, tool), elsewhere)}${sections(view, tool)}${options(view, draft, title.toLowerCase())}` }
}

/** Everything below the first screen, in the order it is read. */
export const chapters = (view: View): readonly Chapter[] => [
  decisionChapter(view, 'select_auth', 'security', 'Security', boundariesDrawing(view)),
  decisionChapter(view, 'observability_stack', 'observability', 'Observability', none),
  decisionChapter(view, 'pipeline_template', 'pipeline', 'Pipeline', pipelineDrawing(view)),
  decisionChapter(view, 'migration_plan', 'migrations', 'Migrations', migrationDrawing(view), ['phases']),
  decisionChapter(view, 'env_matrix', 'environments', 'Environments', html`${environmentMatrix(view)}${variableMatrix(view)}`, ['environments', 'variables']),
  { id: 'cost', title: 'Cost', body: costChart(view) },
  { id: 'not-yet', title: 'Not yet, and when', body: notYet(view) },
  { id: 'assumed', title: 'Assumed', body: assumed(view) },
  { id: 'files', title: 'Generated files', body: files(view) },
  { id: 'sources', title: 'Sources', body: sources(view) },
]
