import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import type { Call } from '../engine/engine.ts'

/** The entry of one call in tools/list. Only name, description and schema reach a model; the rest is for people and hosts. */
export const listed = (call: Call): Tool => ({
  name: call.name,
  title: call.title,
  description: call.description,
  inputSchema: call.inputSchema() as Tool['inputSchema'],
  annotations: { title: call.title, readOnlyHint: call.readOnly, destructiveHint: call.destructive, idempotentHint: true, openWorldHint: false },
})
