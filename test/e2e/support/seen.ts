/** One content block of the Messages API, as far as these tests read it. */
export interface Block {
  readonly type: string
  readonly text?: string
  readonly id?: string
  readonly name?: string
  readonly input?: unknown
  readonly tool_use_id?: string
  readonly is_error?: boolean
  readonly content?: string | readonly Block[]
}
export interface Message { readonly role: 'user' | 'assistant' | 'system', readonly content: string | readonly Block[] }

/** A request body of the Messages API: exactly what a model would have seen. */
export interface Seen {
  readonly model: string
  readonly system?: string | readonly Block[]
  readonly messages: readonly Message[]
  readonly tools?: readonly { readonly name: string, readonly description?: string, readonly input_schema?: unknown, readonly defer_loading?: boolean }[]
  readonly stream?: boolean
}

/** `tool` is the full name of the tool that was called. */
export interface ToolOutcome { readonly tool: string, readonly isError: boolean, readonly text: string }

const blocksOf = (content: string | readonly Block[] | undefined): readonly Block[] =>
  content === undefined ? [] : typeof content === 'string' ? [{ type: 'text', text: content }] : content

const wordsOf = (content: string | readonly Block[] | undefined): string =>
  blocksOf(content).map((block) => block.text ?? wordsOf(block.content)).join('\n')

/** System prompt and all messages as one text. */
export const allText = (seen: Seen): string => [wordsOf(seen.system), ...seen.messages.map((message) => wordsOf(message.content))].join('\n')

/** What the tools answered in the last message, in the order they ended. */
export function outcomes(seen: Seen): readonly ToolOutcome[] {
  const calls = new Map(seen.messages.flatMap((message) => blocksOf(message.content)).filter((block) => block.type === 'tool_use').map((block) => [block.id, block.name]))
  return blocksOf(seen.messages.findLast((message) => message.role === 'user')?.content)
    .filter((block) => block.type === 'tool_result')
    .map((block) => ({ tool: calls.get(block.tool_use_id) ?? '', isError: block.is_error === true, text: wordsOf(block.content) }))
}

/** The structured result of one tool in the last message. Throws with what came instead. */
export function structuredOf(seen: Seen, tool: string): Record<string, unknown> {
  const outcome = outcomes(seen).find((candidate) => candidate.tool === tool)
  if (outcome === undefined || outcome.isError) throw new Error(`Expected a result of ${tool}, found: ${outcome?.text ?? 'nothing'}`)
  return JSON.parse(outcome.text) as Record<string, unknown>
}

/** Names of the tools whose schemas the model was given. */
export const toolNames = (seen: Seen): readonly string[] => (seen.tools ?? []).map((tool) => tool.name)

/** True for a turn of the conversation, false for the client's own side questions such as a title. */
export const isTurn = (seen: Seen): boolean => toolNames(seen).length > 3
