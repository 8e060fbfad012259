import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../src/core/errors.ts'
import { profilePath } from '../../src/project/profile-file.ts'
import { readRecord } from '../../src/project/record.ts'
import { folder } from './folder.ts'

const record = (...lines: string[]): string => `---\n${lines.join('\n')}\n---\n`
const organisation = record('compliance: [soc2]', 'hosting: aws-ecs', 'developers: 40', 'houseRules:', '  forbid: [{id: datadog, reason: contract ended}]', 'decisions: {auth: workos, reason: one identity provider for all}')

describe('layers', () => {
  test('a project stands on the record of its organisation: nearer values win, each value tells its file', () => {
    const root = folder({ 'org/rules.md': organisation, [profilePath]: record('extends: ../org/rules.md', 'hosting: railway', 'stage: mvp') })
    const { profile, layers, from, path } = readRecord(root)
    expect(profile).toMatchObject({ hosting: 'railway', stage: 'mvp', compliance: ['soc2'], developers: 40, decisions: { auth: 'workos' } })
    expect(layers).toEqual(['org/rules.md', profilePath])
    expect(from).toMatchObject({ hosting: profilePath, compliance: 'org/rules.md' })
    expect(path).toBe(profilePath)
  })

  test('house rules add up: a project cannot drop one by writing its own, and a rule says where it was set', () => {
    const root = folder({ 'org.md': organisation, [profilePath]: record('extends: [../org.md]', 'houseRules:', '  forbid: [splunk]', '  prefer: [sentry]') })
    const { profile, from } = readRecord(root)
    expect(profile.houseRules).toEqual({ forbid: [{ id: 'datadog', reason: 'contract ended (org.md)' }, { id: 'splunk' }], prefer: [{ id: 'sentry' }] })
    expect(from.houseRules).toBe(`org.md, ${profilePath}`)
  })

  test('pins are laid over one by one', () => {
    const root = folder({ 'org.md': record('decisions: {auth: workos, logs: axiom}'), [profilePath]: record('extends: ../org.md', 'decisions: {auth: clerk}') })
    expect(readRecord(root).profile.decisions).toEqual({ auth: 'clerk', logs: 'axiom' })
  })

  test('a record that two others extend counts once, below both', () => {
    const root = folder({ 'base.md': record('stage: poc'), 'a.md': record('extends: base.md', 'stage: mvp'), 'b.md': record('extends: base.md', 'developers: 3'), [profilePath]: record('extends: [../a.md, ../b.md]') })
    expect(readRecord(root)).toMatchObject({ profile: { stage: 'mvp', developers: 3 }, layers: ['base.md', 'a.md', 'b.md', profilePath] })
  })

  test('a record a person named lies below all of them, wherever it is', () => {
    const shared = folder({ 'house.md': record('stage: growth', 'developers: 9') })
    const root = folder({ [profilePath]: record('stage: mvp') })
    const { profile, from } = readRecord(root, [join(shared, 'house.md')])
    expect(profile).toMatchObject({ stage: 'mvp', developers: 9 })
    expect(from.developers).toBe('house.md')
  })

  test('without a record of its own a project has the shared one', () => {
    const shared = folder({ 'house.md': record('stage: growth') })
    expect(readRecord(folder(), [join(shared, 'house.md')])).toMatchObject({ profile: { stage: 'growth' }, path: null })
  })

  test('a project of a larger repository may extend the record of the repository', () => {
    const repository = folder({ 'records/all.md': record('stage: growth'), 'apps/web/package.json': '{}', [`apps/web/${profilePath}`]: record('extends: ../../../records/all.md') })
    mkdirSync(join(repository, '.git'))
    expect(readRecord(join(repository, 'apps/web')).profile.stage).toBe('growth')
  })
})

describe('a pin with a reason of its own', () => {
  test('gives the pin, and the reasons as one text', () => {
    const root = folder({ [profilePath]: record('decisions:', '  auth: {id: workos, reason: promised to the first customer}', '  logs: axiom', '  reason: reviewed in May') })
    expect(readRecord(root).profile.decisions).toEqual({ auth: 'workos', logs: 'axiom', reason: 'reviewed in May; auth: promised to the first customer' })
  })

  test('an id that is none is still refused by name', () => {
    expect(() => readRecord(folder({ [profilePath]: record('decisions:', '  auth: {id: Work OS, reason: x}') }))).toThrow(/decisions\.auth/)
  })
})

describe('what a repository may not do', () => {
  const outside = (): string => folder({ 'secret.md': record('stage: poc') })

  test.each([
    ['a path out of the repository', () => folder({ [profilePath]: record(`extends: ${join(outside(), 'secret.md')}`) }), /expected a file inside the repository.*OPERATIONAL_PATTERNS_RECORDS/],
    ['a link out of the repository', () => {
      const root = folder({ [profilePath]: record('extends: ../linked.md') })
      symlinkSync(join(outside(), 'secret.md'), join(root, 'linked.md'))
      return root
    }, /inside the repository/],
    ['a file that is missing', () => folder({ [profilePath]: record('extends: ../gone.md') }), /extends "\.\.\/gone\.md" in \.claude.*does not exist/],
    ['a circle', () => folder({ 'a.md': record('extends: b.md'), 'b.md': record('extends: a.md'), [profilePath]: record('extends: ../a.md') }), /circle: \.claude\/operational-patterns\.md, then a\.md, then b\.md, then a\.md/],
    ['something else than paths', () => folder({ [profilePath]: record('extends: {a: b}') }), /extends/],
    ['a wrong field in an extended record, with its file and line', () => folder({ 'org.md': record('stag: mvp'), [profilePath]: record('extends: ../org.md') }), /org\.md:2: .*stag/],
  ])('%s', (_, make, message) => {
    const root = make()
    expect(() => readRecord(root)).toThrow(InputError)
    expect(() => readRecord(root)).toThrow(message)
  })

  test('a long chain ends', () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`r${index}.md`, record(`extends: r${index + 1}.md`)]))
    expect(() => readRecord(folder({ ...files, [profilePath]: record('extends: ../r0.md') }))).toThrow(/More than 8 records/)
  })
})

test('a fault in what is written next to a record is no fault of the record', () => {
  const root = folder({ [profilePath]: record('stage: mvp') })
  mkdirSync(dirname(join(root, 'x/y')), { recursive: true })
  writeFileSync(join(root, 'x/operational-patterns.md'), '---\nbroken')
  expect(readRecord(root).profile).toEqual({ stage: 'mvp' })
})
