import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bundle } from '../support/client.ts'

const examples = fileURLToPath(new URL('../../examples', import.meta.url))
let folder: string
let out: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'))
  cpSync(join(examples, 'solo-nextjs-mvp'), folder, { recursive: true, filter: (path) => !path.endsWith('architecture-output') })
  out = join(folder, 'made')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], { cwd: folder, encoding: 'utf8', input: '' })
  return { status, stdout, stderr }
}
const documents = ['devops-blueprint.md', 'observability.md', 'security-architecture.md']

test('--project takes the file that describes the project, and never lays one under a record of the folder unasked', () => {
  const bare = mkdtempSync(join(tmpdir(), 'cli-file-'))
  writeFileSync(join(bare, 'profile.md'), '---\nname: Reed Bank\nhosting: render\n---\n')
  const { profile, profileFile } = JSON.parse(run('read_project', '--project', join(bare, 'profile.md'), '--json').stdout) as { profile: object, profileFile: string | null }
  expect({ profile, profileFile }).toMatchObject({ profile: { name: 'Reed Bank', hosting: 'render' } })
  rmSync(bare, { recursive: true })
  const own = join(folder, '.claude/operational-patterns.md')
  expect(run('read_project', '--project', own, '--json').stdout).toBe(run('read_project', '--project', folder, '--json').stdout)
  writeFileSync(join(folder, 'other.md'), '---\nname: Other\n---\n')
  expect(run('read_project', '--project', join(folder, 'other.md'))).toMatchObject({ status: 2, stderr: expect.stringContaining('--records') })
})

describe('blueprint', () => {
  test('writes the three documents and the files they refer to, and says what it decided, assumed and left out', () => {
    const { status, stdout, stderr } = run('blueprint', '--project', folder, '--out', out)
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('Writing 3 documents') })
    for (const heading of ['## Decided', '## Assumed', '## Not yet, and when', '## Files']) expect(stdout).toContain(heading)
    for (const document of documents) {
      const text = readFileSync(join(out, document), 'utf8')
      const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => decodeURI(match[1] as string))
      expect(links.length).toBeGreaterThan(0)
      for (const link of links) expect(existsSync(join(out, link)), `${document} links to ${link}`).toBe(true)
    }
  })

  test('run twice changes nothing, and a part that a person changed stays', () => {
    run('blueprint', '--out', out)
    const before = documents.map((document) => readFileSync(join(out, document), 'utf8'))
    const second = JSON.parse(run('blueprint', '--out', out, '--json').stdout) as { files: { status: string }[] }
    expect(new Set(second.files.map(({ status }) => status))).toEqual(new Set(['unchanged']))
    expect(documents.map((document) => readFileSync(join(out, document), 'utf8'))).toEqual(before)
    const edited = (before[2] as string).replace('## Not yet, and when', '## Later')
    writeFileSync(join(out, documents[2] as string), `${edited}\nOur own words.\n`)
    const third = JSON.parse(run('blueprint', '--out', out, '--json', '--stage', 'growth').stdout) as { kept: { file: string, id: string, diff: string }[] }
    expect(third.kept).toMatchObject([{ file: 'security-architecture.md', id: 'not-yet' }])
    const text = readFileSync(join(out, documents[2] as string), 'utf8')
    expect(text).toContain('## Later')
    expect(text).toContain('Our own words.')
  })

  test('--json prints the structured result and nothing else', () => {
    const { stdout } = run('blueprint', '--out', out, '--json')
    const result = JSON.parse(stdout) as Record<string, unknown>
    expect(Object.keys(result)).toEqual(expect.arrayContaining(['ok', 'decisions', 'conflicts', 'assumptions', 'questions', 'skipped', 'cost', 'files']))
    expect(Object.keys(result['decisions'] as object).sort()).toEqual(['env_matrix', 'migration_plan', 'observability_stack', 'pipeline_template', 'select_auth'])
  })

  test('a generated file that somebody changed stays and is a conflict, everything else is written, and overwrite replaces it', () => {
    run('blueprint', '--out', out)
    const file = (readdirSync(join(out, 'files'), { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('ci.yml'))) as string
    writeFileSync(join(out, 'files', file), 'mine\n')
    rmSync(join(out, 'observability.md'))
    const kept = run('blueprint', '--out', out, '--json')
    expect(kept.status).toBe(0)
    expect(JSON.parse(kept.stdout)).toMatchObject({ ok: true, conflicts: expect.arrayContaining([expect.objectContaining({ id: 'generated-file-edited', inputs: [`files/${file}`] })]) })
    expect(existsSync(join(out, 'observability.md'))).toBe(true)
    expect(readFileSync(join(out, 'files', file), 'utf8')).toBe('mine\n')
    expect(run('blueprint', '--out', out, '--overwrite').status).toBe(0)
    expect(readFileSync(join(out, 'files', file), 'utf8')).not.toBe('mine\n')
  })
})

describe('wrong input gets one clear sentence, exit code 2 and nothing written', () => {
  const profile = (text: string) => {
    mkdirSync(join(folder, '.claude'), { recursive: true })
    writeFileSync(join(folder, '.claude/operational-patterns.md'), text)
  }
  test.each<[string, () => string[], RegExp]>([
    ['an unknown command', () => ['blueprnt'], /blueprnt.*Did you mean blueprint\?/],
    ['an unknown option', () => ['blueprint', '--stagee', 'mvp'], /--stagee.*Did you mean stage\?/],
    ['a wrong value', () => ['blueprint', '--stage', 'mvpp'], /stage "mvpp".*Did you mean mvp\?/],
    ['a wrong number', () => ['blueprint', '--developers', 'three'], /--developers "three", expected a number/],
    ['an option without its value', () => ['select_auth', '--stage'], /--stage needs a value/],
    ['input that is no JSON', () => (writeFileSync(join(folder, 'in.json'), '{'), ['select_auth', '--input', 'in.json']), /in\.json/],
    ['a project that does not exist', () => ['blueprint', '--project', join(folder, 'nowhere')], /nowhere/],
    ['a project that is a file', () => ['blueprint', '--project', join(folder, 'package.json')], /package\.json/],
    ['an output folder that is a file', () => ['blueprint', '--out', join(folder, 'package.json')], /package\.json/],
    ['a profile with broken YAML', () => (profile('---\nname: [x\nstage: mvp\n---\n'), ['blueprint', '--out', out]), /operational-patterns\.md:\d+/],
    ['a profile with an unknown field', () => (profile('---\nstagee: mvp\n---\n'), ['blueprint', '--out', out]), /operational-patterns\.md.*stagee.*Did you mean stage\?/],
    ['a profile that is JavaScript', () => (profile('---js\nprocess.exit(7)\n---\n'), ['blueprint', '--out', out]), /operational-patterns\.md/],
  ])('%s', (_, args, message) => {
    const { status, stdout, stderr } = run(...args())
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(existsSync(out)).toBe(false)
  })

  test('an empty profile is no error', () => {
    profile('---\n---\n')
    expect(run('blueprint', '--out', out).status).toBe(0)
  })
})

test('help lists every command, and every command explains its options', () => {
  const names = [...run('help').stdout.matchAll(/^ {2}(\w+) {2}/gm)].map((match) => match[1] as string)
  expect(names).toEqual(expect.arrayContaining(['blueprint', 'select_auth', 'check_deliverables']))
  for (const name of names) expect(run(name, '--help').stdout).toContain('--project')
  expect(run('--version').stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/)
})

test('a profile field that a tool does not read is taken and ignored, as in a call', () => {
  const told = ['select_auth', '--json', '--stage', 'growth', '--project-type', 'iot', '--sign-in-by', 'devices']
  const without = run(...told)
  const { status, stdout } = run(...told, '--devices', '50000', '--ci-provider', 'gitlab')
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ decision: (JSON.parse(without.stdout) as { decision: object }).decision })
})
