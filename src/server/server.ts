import '../core/jitless.ts'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { CallToolRequestSchema, ListToolsRequestSchema, type CallToolResult, type Tool } from '@modelcontextprotocol/sdk/types.js'
import type { jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js'
import { isSpoken } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import type { Calls } from '../engine/calls.ts'
import type { World } from '../engine/engine.ts'

export interface ServerOptions {
  readonly version: string
  /** The answer to tools/list, made when the bundle was built. */
  readonly tools: readonly Tool[]
  /** Loaded on the first call, so that starting stays fast. */
  calls(): Promise<Calls>
  world(): Promise<World>
}

const instructions = 'Decides sign-in, observability, pipelines, migrations and environments with reasons, costs and dated sources, and generates the files. Use it before writing any such section from memory.'

/** Elicitation is the only feature that would validate JSON Schema here, and it is not used: its validator stays out of the bundle. */
const noValidator: jsonSchemaValidator = {
  getValidator: () => () => ({ valid: false, data: undefined, errorMessage: 'JSON Schema validation is not available' }),
}

const failed = (message: string): CallToolResult => ({ isError: true, content: [{ type: 'text', text: message }] })

async function callTool(name: string, args: unknown, options: ServerOptions): Promise<CallToolResult> {
  const calls = await options.calls()
  const loading = calls.load(name)
  if (loading === undefined) return failed(`Unexpected tool ${JSON.stringify(name)}, expected one of ${calls.names.join(', ')}.${didYouMean(name, calls.names)}`)
  try {
    const { structured, text } = await (await loading).run(args ?? {}, await options.world())
    return { content: [{ type: 'text', text }], structuredContent: structured }
  } catch (error) {
    if (isSpoken(error)) return failed(error.message)
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return failed(`${name} failed because of a defect in this plugin, not of your input; the details are on the server's stderr. Try fewer arguments, or use the short tables in the skill.`)
  }
}

/** The MCP server with its handlers, not yet connected. */
export function createServer(options: ServerOptions): McpServer {
  const server = new McpServer({ name: 'ops', title: 'Operational Patterns', version: options.version }, { capabilities: { tools: {} }, instructions, jsonSchemaValidator: noValidator })
  // Handlers of our own instead of registerTool: the list is made at build time, and our errors name the field and the nearest match.
  server.server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...options.tools] }))
  server.server.setRequestHandler(CallToolRequestSchema, (request) => callTool(request.params.name, request.params.arguments, options))
  return server
}

/** Serves on stdin and stdout until stdin closes. Nothing a request does ends the process. */
export async function serve(options: ServerOptions): Promise<void> {
  const report = (error: unknown): void => void process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.on('uncaughtException', report)
  process.on('unhandledRejection', report)
  process.stdin.on('end', () => process.exit(0))
  process.stdout.on('error', () => process.exit(0))
  await createServer(options).connect(new StdioServerTransport())
}
