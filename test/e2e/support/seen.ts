/** One content block of the Messages API, as far as these tests read it. */
export interface Block {
  readonly type: string
  readonly text?: string
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

export interface ToolOutcome { readonly isError: boolean, readonly text: string }

const blocksOf = (content: string | readonly Block[] | undefined): readonly Block[] =>
  content === undefined ? [] : typeof content === 'string' ? [{ type: 'text', text: content }] : content

const wordsOf = (content: string | readonly Block[] | undefined): string =>
  blocksOf(content).map((block) => block.text ?? wordsOf(block.content)).join('\n')

/** System prompt and all messages as one text. */
export const allText = (seen: Seen): string => [wordsOf(seen.system), ...seen.messages.map((message) => wordsOf(message.content))].join('\n')

/** What the tools answered in the last message, in call order. */
export function outcomes(seen: Seen): readonly ToolOutcome[] {
  return blocksOf(seen.messages.findLast((message) => message.role === 'user')?.content)
    .filter((block) => block.type === 'tool_result')
    .map((block) => ({ isError: block.is_error === true, text: wordsOf(block.content) }))
}

/** Names of the tools whose schemas the model was given. */
export const toolNames = (seen: Seen): readonly string[] => (seen.tools ?? []).map((tool) => tool.name)

/** True for a turn of the conversation, false for the client's own side questions such as a title. */
export const isTurn = (seen: Seen): boolean => toolNames(seen).length > 3
