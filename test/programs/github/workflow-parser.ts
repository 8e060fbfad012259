import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser'
import { parseAction } from '@actions/workflow-parser/actions/action-parser'

const trace = new NoOperationTraceWriter()

/** What GitHub's own parser has against a workflow, as text; empty for one it accepts. */
export async function workflowErrors(name: string, content: string): Promise<readonly string[]> {
  const result = parseWorkflow({ name, content }, trace)
  const parsed = result.context.errors.getErrors().map((error) => error.message)
  if (result.value === undefined || parsed.length > 0) return parsed.length > 0 ? parsed : ['nothing was parsed']
  const template = await convertWorkflowTemplate(result.context, result.value)
  return [...(template.errors ?? []).map(({ Message }) => Message), ...(template.jobs.length === 0 ? ['no jobs'] : [])]
}

/** The same for a composite action. */
export function actionErrors(name: string, content: string): readonly string[] {
  const result = parseAction({ name, content }, trace)
  const errors = result.context.errors.getErrors().map((error) => error.message)
  return errors.length > 0 ? errors : result.value === undefined ? ['nothing was parsed'] : []
}
