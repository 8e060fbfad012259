import { startScriptedModel, type Script } from './scripted-model.ts'
import type { Seen } from './seen.ts'
import type { Ended, Sandbox } from './sandbox.ts'

/** What the client reports before the first turn. */
export interface Init {
  readonly tools: readonly string[]
  readonly mcp_servers: readonly { readonly name: string, readonly status: string }[]
  readonly slash_commands: readonly string[]
  readonly skills?: readonly string[]
}
interface Result { readonly result?: string, readonly is_error?: boolean, readonly permission_denials?: readonly { readonly tool_name: string }[] }

export interface Session extends Ended {
  readonly init: Init
  readonly result: Result
  /** One request a turn: what the model saw. */
  readonly turns: readonly Seen[]
  /** Everything worth reading when an assertion fails. */
  readonly account: string
}

const eventsOf = (stdout: string): readonly Record<string, unknown>[] =>
  stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>)

/** One `claude -p PROMPT` in the sandbox's project, answered by `script`. Throws when the client ended badly or never started a session. */
export async function talk(sandbox: Sandbox, prompt: string, script: Script, args: readonly string[] = []): Promise<Session> {
  const model = await startScriptedModel(script)
  try {
    const ended = await sandbox.claude(['-p', prompt, '--output-format', 'stream-json', '--verbose', ...args], { ANTHROPIC_BASE_URL: model.url })
    const account = [`exit ${ended.code}`, `stderr: ${ended.stderr}`, `requests: ${model.requests.join(', ')}`, `stdout ends: ${ended.stdout.slice(-6000)}`].join('\n')
    const events = eventsOf(ended.stdout)
    const init = events.find((event) => event['type'] === 'system' && event['subtype'] === 'init')
    const result = events.find((event) => event['type'] === 'result')
    if (ended.code !== 0 || init === undefined || result === undefined || model.turns.length === 0) throw new Error(`The session did not run to its end.\n${account}`)
    if (model.failures.length > 0) throw new Error(`The script failed: ${model.failures.join('; ')}\n${account}`)
    return { ...ended, init: init as unknown as Init, result: result as Result, turns: model.turns, account }
  } finally {
    await model.stop()
  }
}
