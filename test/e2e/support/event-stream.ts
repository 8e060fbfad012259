/** What the scripted model says in one turn: words, or a tool call with its arguments. */
export type Said = { readonly say: string } | { readonly call: string, readonly with: unknown }

interface Content { readonly type: 'text' | 'tool_use', readonly text?: string, readonly id?: string, readonly name?: string, readonly input?: unknown }

let calls = 0
const contentOf = (said: Said): Content =>
  'say' in said ? { type: 'text', text: said.say } : { type: 'tool_use', id: `toolu_${String(++calls).padStart(4, '0')}`, name: said.call, input: said.with }

/** A complete answer of the Messages API. */
export function answerBody(model: string, said: readonly Said[]) {
  const content = said.map(contentOf)
  return {
    id: `msg_${String(++calls).padStart(4, '0')}`, type: 'message', role: 'assistant', model, content,
    stop_reason: content.some((block) => block.type === 'tool_use') ? 'tool_use' : 'end_turn', stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 10, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
  }
}

const event = (type: string, data: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`

/** The same answer as server-sent events, in the order the API sends them. */
export function answerEvents(model: string, said: readonly Said[]): string {
  const { content, stop_reason, stop_sequence, usage, ...head } = answerBody(model, said)
  return [
    event('message_start', { message: { ...head, content: [], stop_reason: null, stop_sequence: null, usage } }),
    ...content.flatMap((block, index) => [
      event('content_block_start', { index, content_block: block.type === 'text' ? { ...block, text: '' } : { ...block, input: {} } }),
      event('content_block_delta', { index, delta: block.type === 'text' ? { type: 'text_delta', text: block.text } : { type: 'input_json_delta', partial_json: JSON.stringify(block.input) } }),
      event('content_block_stop', { index }),
    ]),
    event('message_delta', { delta: { stop_reason, stop_sequence }, usage: { output_tokens: usage.output_tokens } }),
    event('message_stop', {}),
  ].join('')
}
