import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { InputError } from '../../src/core/errors.ts'
import { profilePath, readProfile } from '../../src/project/profile-file.ts'
import { folder } from './folder.ts'

const withProfile = (text: string | Uint8Array): string => folder({ [profilePath]: text })

test('a project without a profile has an empty one', () => {
  expect(readProfile(folder())).toEqual({ profile: {}, path: null, prose: '', extends: [] })
})

test('front matter is the profile, the text below it the prose', () => {
  const root = withProfile('---\nname: Shelf\nstage: mvp\nsignInBy: [consumers]\nbudgetUsdPerMonth: null\n---\n\nWhat it is for.\n')
  expect(readProfile(root)).toEqual({ profile: { name: 'Shelf', stage: 'mvp', signInBy: ['consumers'], budgetUsdPerMonth: null }, path: profilePath, prose: 'What it is for.', extends: [] })
})

test('a byte order mark and Windows line ends are no matter', () => {
  expect(readProfile(withProfile('\uFEFF---\r\nstage: mvp\r\n---\r\nText\r\n')).profile).toEqual({ stage: 'mvp' })
})

test('another file can be named, relative to the project', () => {
  const root = folder({ 'org/profile.md': '---\nstage: growth\n---\n' })
  expect(readProfile(root, 'org/profile.md')).toMatchObject({ profile: { stage: 'growth' }, path: 'org/profile.md' })
})

test.each([
  ['an unknown field names the line and the nearest field', '---\nname: A\nstag: mvp\n---\n', /operational-patterns\.md:3: .*"stag".*Did you mean stage\?/],
  ['a wrong value names the line, what is allowed and the nearest', '---\nname: A\nstage: mpv\n---\n', /operational-patterns\.md:3: .*stage "mpv".*poc, mvp.*Did you mean mvp\?/],
  ['a wrong type names the field', '---\ndevelopers: many\n---\n', /operational-patterns\.md:2: .*developers "many", expected number/],
  ['a nested field names its line', '---\nname: A\ndecisions:\n  auth: Clerk Inc\n---\n', /operational-patterns\.md:4: .*decisions\.auth/],
  ['a field inside braces names the line of the braces and the nearest field', '---\nname: A\ndecisions: {auht: clerk}\n---\n', /operational-patterns\.md:3: .*"auht" in decisions.*Did you mean auth\?/],
  ['a long list of records', `---\nextends: [${'a.md, '.repeat(9)}]\n---\n`, /Unexpected extends .*expected the path of a record, or a list of at most 8/],
  ['broken YAML names the line', '---\nname: A\nstage: [mvp\nother: x\n---\n', /operational-patterns\.md:[34],/],
  ['a list is no profile', '---\n- a\n- b\n---\n', /expected lines of the form field: value/],
  ['a front matter that never ends', '---\nname: A\n', /expected a second line of ---/],
  ['JavaScript front matter is not run', '---js\nmodule.exports = (() => { throw new Error("ran") })()\n---\n', /Unexpected front matter "---js".*expected YAML/],
  ['any other language is refused', '---toml\nname = "A"\n---\n', /expected YAML/],
  ['the name of a built-in is no language', '---constructor\nname: A\n---\n', /expected YAML/],
  ['a field called __proto__ is an unknown field', '---\n__proto__: {stage: mvp}\n---\n', /__proto__/],
  ['a duplicate field', '---\nstage: mvp\nstage: poc\n---\n', /operational-patterns\.md:3/],
])('%s', (_, text, message) => {
  const root = withProfile(text)
  expect(() => readProfile(root)).toThrow(InputError)
  expect(() => readProfile(root)).toThrow(message)
  expect(() => readProfile(root)).not.toThrow(/ran|node_modules/)
})

test('a YAML bomb is refused before it grows', () => {
  const levels = Array.from({ length: 9 }, (_, level) => `a${level}: &a${level} [${Array.from({ length: 9 }, () => (level === 0 ? 'lol' : `*a${level - 1}`)).join(',')}]`)
  const root = withProfile(`---\n${levels.join('\n')}\n---\n`)
  expect(() => readProfile(root)).toThrow(InputError)
})

test('deeply nested YAML is refused with a sentence', () => {
  expect(() => readProfile(withProfile(`---\nname: ${'['.repeat(20_000)}\n---\n`))).toThrow(InputError)
})

test.each([
  ['5 MB of text', 'x'.repeat(5 * 1024 * 1024), /at most/],
  ['binary content', Uint8Array.from([0x2d, 0x2d, 0x2d, 0x0a, 0, 1, 2]), /binary/],
])('%s is refused', (_, body, message) => {
  const root = withProfile(body)
  expect(() => readProfile(root)).toThrow(InputError)
  expect(() => readProfile(root)).toThrow(message)
})

test('a profile that is a folder, a project that is a file, and a named file that is missing say so', () => {
  const root = folder({ 'file.txt': 'x', [`${profilePath}/inside.md`]: 'x' })
  expect(() => readProfile(root)).toThrow(/Cannot read the profile .*operational-patterns\.md/)
  expect(() => readProfile(join(root, 'file.txt'))).toThrow(/expected a folder/)
  expect(() => readProfile(join(root, 'missing'))).toThrow(/does not exist/)
  expect(() => readProfile(root, 'nowhere.md')).toThrow(/nowhere\.md: it does not exist/)
})

test('a folder in place of .claude says so', () => {
  const root = folder()
  writeFileSync(join(root, '.claude'), 'a file where a folder is expected')
  expect(() => readProfile(root)).toThrow(InputError)
})
