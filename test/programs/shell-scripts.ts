import { parse } from 'yaml'
import type { ProviderId } from '../../src/tools/pipeline-template/model.ts'

/** A script of a pipeline, and the shell that its provider gives it. */
export interface Script { readonly shell: 'bash' | 'sh', readonly text: string }

type Node = Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Images without Bash: a provider that prefers Bash falls back to `sh` there. */
const withoutBash = /(^|\/)(docker|alpine|busybox|curl)([:@]|$)|-alpine/

const imageOf = ({ image }: Node): string | undefined => (typeof image === 'string' ? image : isNode(image) && typeof image['name'] === 'string' ? image['name'] : undefined)
const lines = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [])

/** Keys that hold shell text, in the order in which a provider joins them into one script. */
const keys: Readonly<Record<ProviderId, readonly (readonly string[])[]>> = {
  'github-actions': [['run']],
  gitlab: [['before_script', 'script'], ['after_script']],
  circleci: [['run'], ['command']],
  'azure-pipelines': [['script'], ['bash'], ['inlineScript']],
  bitbucket: [['script'], ['after-script']],
}

/** Variables with names of small letters that a task of the provider sets. */
const given: Partial<Record<ProviderId, string>> = { 'azure-pipelines': 'export idToken=given\n' }

/** What the provider puts in place of an expression before a shell reads the text. */
const expressions: Partial<Record<ProviderId, RegExp>> = { circleci: /<<\s*[\w.-]+\s*>>/g, 'azure-pipelines': /\$\([\w.]+\)|\$\{\{[^}]*\}\}/g }

function walk(value: unknown, provider: ProviderId, image: string | undefined, found: Script[]): void {
  if (Array.isArray(value)) for (const entry of value) walk(entry, provider, image, found)
  if (!isNode(value)) return
  const own = imageOf(value) ?? image
  const shell = own !== undefined && withoutBash.test(own) ? 'sh' : 'bash'
  for (const group of keys[provider]) {
    const text = group.flatMap((key) => lines(value[key])).join('\n')
    if (text !== '') found.push({ shell, text: (text.includes('$idToken') ? given[provider] ?? '' : '') + text.replace(expressions[provider] ?? /$^/, 'VALUE') })
  }
  for (const inner of Object.values(value)) walk(inner, provider, own, found)
}

/** Every script in a pipeline file. */
export function scriptsOf(provider: ProviderId, body: string): readonly Script[] {
  const found: Script[] = []
  const file = parse(body) as unknown
  walk(file, provider, isNode(file) ? imageOf(isNode(file['default']) ? file['default'] : file) : undefined, found)
  return found
}
