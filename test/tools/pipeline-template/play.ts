import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const image = 'registry.example/app@sha256:0123'

/** Runs lines with stand-ins for the cloud's programs: each writes down how it was called, and `answers` is what it says (Bash). */
export function play(lines: readonly string[], answers: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'ops-target-'))
  try {
    for (const [program, body] of Object.entries(answers)) {
      writeFileSync(join(folder, program), `#!/bin/bash\nprintf '%s\\n' "${program} $*" >> "${folder}/calls"\n${body}\n`)
      chmodSync(join(folder, program), 0o755)
    }
    writeFileSync(join(folder, 'calls'), '')
    const { status, stderr } = spawnSync('bash', ['-e', '-c', lines.join('\n')], { cwd: folder, encoding: 'utf8', env: { PATH: `${folder}:/usr/bin:/bin`, HOME: folder, IMAGE: image, ...env } })
    const file = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
    return { status, stderr, calls: readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n'), files: Object.fromEntries(readdirSync(folder).filter((name) => name.endsWith('.json')).flatMap((name) => { try { return [[name, file(name)]] } catch { return [] } })) as Record<string, Record<string, never>> }
  } finally { rmSync(folder, { recursive: true, force: true }) }
}

