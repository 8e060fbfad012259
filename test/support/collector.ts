/** Problems of a Collector configuration that the program would refuse or that leak or lose data, as sorted ids with what they are about. */
export function checkCollector(config: Readonly<Record<string, unknown>>): string[] {
  const found: string[] = []
  const sections = ['receivers', 'processors', 'exporters', 'extensions', 'connectors'] as const
  const section = (name: string) => Object.entries((config[name] ?? {}) as Record<string, unknown>)
  const service = (config['service'] ?? {}) as { readonly extensions?: readonly string[], readonly pipelines?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> }
  const pipelines = Object.entries(service.pipelines ?? {})
  if (pipelines.length === 0) found.push('no-pipeline')
  for (const [name, pipeline] of pipelines) {
    if (!/^(traces|metrics|logs)(\/.+)?$/.test(name)) found.push(`unknown-signal ${name}`)
    for (const kind of ['receivers', 'processors', 'exporters'] as const) {
      const used = pipeline[kind] ?? []
      if (used.length === 0 && kind !== 'processors') found.push(`empty ${name}.${kind}`)
      const declared = [...section(kind), ...section('connectors')].map(([id]) => id)
      for (const id of used) if (!declared.includes(id)) found.push(`undeclared ${id}`)
    }
    const processors = (pipeline['processors'] ?? []).map((id) => id.split('/')[0])
    if (processors[0] !== 'memory_limiter') found.push(`memory-limiter-not-first ${name}`)
    if (processors[processors.length - 1] !== 'batch') found.push(`batch-not-last ${name}`)
    if (processors.includes('tail_sampling') && !name.startsWith('traces')) found.push(`tail-sampling-without-traces ${name}`)
    if (!name.startsWith('metrics') && !processors.includes('attributes')) found.push(`identity-kept ${name}`)
  }
  for (const id of service.extensions ?? []) if (!section('extensions').some(([declared]) => declared === id)) found.push(`undeclared ${id}`)
  const used = [...(service.extensions ?? []), ...pipelines.flatMap(([, pipeline]) => Object.values(pipeline).flat())]
  for (const kind of sections) for (const [id] of section(kind)) if (!used.includes(id)) found.push(`unused ${id}`)
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null) { for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`); return }
    const text = String(value)
    const key = path.split('.').pop() ?? ''
    if (/\$\{(?!env:[A-Z][A-Z0-9_]*(:-[\w.-]*)?\})|\$[A-Za-z]/.test(text)) found.push(`bad-reference ${path}`)
    if (path.includes('.headers.') && !/^\$\{env:[A-Z0-9_]+\}$/.test(text)) found.push(`secret-in-file ${path}`)
    if (/(password|token|api_key|secret)$/.test(key) && !text.startsWith('${env:')) found.push(`secret-in-file ${path}`)
    if (key === 'endpoint' && /^(0\.0\.0\.0|\[::\]|:)/.test(text)) found.push(`open-to-everyone ${path}`)
  }
  walk(config, '')
  return [...new Set(found)].sort()
}
