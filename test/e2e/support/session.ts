import { startScriptedModel, type Script } from './scripted-model.ts'
import type { Seen } from './seen.ts'
import { createSandbox, type Ended, type Sandbox } from './sandbox.ts'

/** What the client reports first: servers with their state, tools, commands, skills, plugins. */
export interface Init {
  readonly tools: readonly string[]
  readonly mcp_servers: readonly { readonly name: string, readonly status: string }[]
  readonly slash_commands: readonly string[]
  readonly skills?: readonly string[]
  readonly plugins?: readonly { readonly name: string }[]
}
interface Result { readonly result?: string, readonly is_error?: boolean, readonly permission_denials?: readonly { readonly tool_name: string }[] }

export interface Session extends Ended {
  readonly init: Init
  readonly result: Result
  readonly turns: readonly Seen[]
  readonly requests: readonly string[]
  /** Everything worth reading when an assertion fails. */
  readonly account: string
}

const lines = (stdout: string): readonly Record<string, unknown>[] =>
  stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>)

/** One `claude -p` against a scripted model, in a sandbox that the caller prepared through `createSandbox(version, url)`. */
export async function runSession(version: string, prompt: string, script: Script, options: { readonly args?: readonly string[], prepare?(sandbox: Sandbox): Promise<void>, check?(sandbox: Sandbox, session: Session): Promise<void> }): Promise<Session> {
  const model = await startScriptedModel(script)
  const sandbox = await createSandbox(version, model.url)
  try {
    await options.prepare?.(sandbox)
    const ended = await sandbox.claude(['-p', prompt, '--output-format', 'stream-json', '--verbose', ...(options.args ?? [])])
    const events = lines(ended.stdout)
    const session: Session = {
      ...ended,
      init: events.find((event) => event['type'] === 'system' && event['subtype'] === 'init') as unknown as Init,
      result: (events.find((event) => event['type'] === 'result') ?? {}) as Result,
      turns: model.turns,
      requests: model.requests,
      account: [`exit ${ended.code}`, `stderr: ${ended.stderr}`, `requests: ${model.requests.join(', ')}`, `stdout: ${ended.stdout.slice(-4000)}`].join('\n'),
    }
    await options.check?.(sandbox, session)
    return session
  } finally {
    await model.stop()
    await sandbox.remove()
  }
}
