import { expect, test } from 'vitest'
import { technologyId } from '../../../src/core/stack.ts'
import { npmPackages } from '../../../src/project/detect/npm-packages.ts'
import { composerPackages, goModules, jvmPackages, nugetPackages, pythonPackages, rubyGems } from '../../../src/project/detect/other-packages.ts'
import { Profile, type ProfileField } from '../../../src/core/profile.ts'
import { lookUp } from '../../../src/project/detect/says.ts'
import { knowledge } from '../../support/knowledge.ts'

const tables = [npmPackages, composerPackages, goModules, jvmPackages, nugetPackages, pythonPackages, rubyGems]
const claims = tables.flatMap((table) => Object.entries(table).flatMap(([name, says]) => says.map(([field, value]) => ({ name, field, value }))))

test('there are claims of every kind', () => {
  expect(claims.length).toBeGreaterThan(200)
  expect([...new Set(claims.map(({ field }) => field))].sort()).toEqual(['clients', 'existing', 'migrationTool', 'stack', 'takesPayments', 'usesLlm'])
})

test('stacks are canonical ids, migration tools have a sheet, and every value is one the profile allows', () => {
  for (const { name, field, value } of claims) {
    if (field === 'stack') expect(technologyId(String(value)), `${name}: ${value}`).toBe(value)
    if (field === 'migrationTool') expect(Object.keys(knowledge()['migration-tools']), name).toContain(value)
    const list = ['stack', 'existing', 'clients'].includes(field)
    expect(Profile.safeParse({ [field as ProfileField]: list ? [value] : value }).success, `${name}: ${field} ${value}`).toBe(true)
  }
})

test('an exact name wins over a prefix, and built-in names are no packages', () => {
  expect(lookUp(npmPackages, '@supabase/supabase-js').map(([, value]) => value)).toEqual(['supabase', 'postgresql'])
  expect(lookUp(jvmPackages, 'spring-boot-starter-data-jpa').map(([, value]) => value)).toContain('hibernate')
  for (const name of ['constructor', '__proto__', 'toString', '']) expect(lookUp(npmPackages, name)).toEqual([])
})
