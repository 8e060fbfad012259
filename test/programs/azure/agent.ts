import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { scriptOf, stepsOf, type AzureJob, type AzureStep } from '../../tools/pipeline-template/azure.ts'

/** A folder with an agent's places and stand-ins for programs; each stand-in is the body of a Bash script and writes its arguments down. */
export function agent(programs: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'azure-'))
  const [bin, temp, sources] = ['bin', 'temp', 's'].map((name) => join(root, name)) as [string, string, string]
  for (const folder of [bin, temp, sources]) mkdirSync(folder)
  const log = join(root, 'calls')
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/bash\nprintf '%s\\n' "${name} $*" >> '${log}'\n${body}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  const variables: Record<string, string> = {}
  const outputs: Record<string, string> = {}
  const expand = (text: string): string => text.replace(/\$\(([\w.]+)\)/g, (whole, name: string) => outputs[name] ?? variables[name] ?? whole)

  /** Runs one step as the agent does: with no flags of the shell, settings in the environment, and commands in the output. */
  function run(step: AzureStep, env: Readonly<Record<string, string>> = {}) {
    const script = scriptOf(step)
    if (script === undefined) return { status: 0, stdout: '', stderr: '' }
    const file = join(temp, 'step.sh')
    writeFileSync(file, script)
    const own = 'env' in step && step.env !== undefined ? Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, expand(value)])) : {}
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', file], {
      cwd: sources, encoding: 'utf8', timeout: 60_000,
      env: { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, HOME: root, AGENT_TEMPDIRECTORY: temp, PIPELINE_WORKSPACE: root, BUILD_SOURCEVERSION: 'c0ffee', npm_config_offline: 'true', npm_config_update_notifier: 'false', npm_config_audit: 'false', npm_config_fund: 'false', ...variables, ...env, ...own },
    })
    for (const [, name = '', flags = '', value = ''] of stdout.matchAll(/^##vso\[task\.setvariable variable=(\w+)(;isOutput=true)?\](.*)$/gm)) {
      if (flags === '') variables[name] = value
      else outputs[`${'name' in step ? step.name : ''}.${name}`] = value
    }
    return { status, stdout, stderr }
  }

  /** Runs the steps of a job until one fails; the name of that one, or null. */
  const runJob = (job: AzureJob, env: Readonly<Record<string, string>> = {}): string | null => {
    const failed = stepsOf(job).find((step) => run(step, env).status !== 0)
    return failed === undefined ? null : 'displayName' in failed ? failed.displayName : 'nameless'
  }
  return { root, temp, sources, outputs, variables, run, runJob, calls: (): readonly string[] => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : []) }
}
