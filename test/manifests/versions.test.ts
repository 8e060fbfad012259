import { describe, expect, it } from 'vitest'
import { read, readJson } from './repository.ts'

const version = readJson('package.json')['version']
const claude = readJson('.claude-plugin/plugin.json')
const agent = readJson('plugin.json')
const marketplace = readJson('.claude-plugin/marketplace.json') as { name: string, plugins: Record<string, unknown>[] }

describe('manifests', () => {
  it('carry one version', () => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    const newest = /^## \[(\d[^\]]*)\] - \d{4}-\d{2}-\d{2}$/m.exec(read('CHANGELOG.md'))?.[1]
    expect({ claude: claude['version'], agent: agent['version'], entry: marketplace.plugins[0]?.['version'], changelog: newest })
      .toEqual({ claude: version, agent: version, entry: version, changelog: version })
  })

  it('carry one name, description and license', () => {
    const [entry] = marketplace.plugins
    for (const field of ['name', 'description', 'license']) {
      expect(agent[field], `plugin.json ${field}`).toBe(claude[field])
      expect(entry?.[field], `marketplace.json ${field}`).toBe(claude[field])
    }
    expect(readJson('package.json')['name']).toBe(claude['name'])
    expect(readJson('package.json')['license']).toBe(claude['license'])
  })

  it('offer one plugin whose folder is the repository', () => {
    expect(marketplace.plugins).toHaveLength(1)
    expect(marketplace.plugins[0]?.['source']).toBe('./')
  })

  // Claude Code 2.1.197 refuses these under --strict.
  it('hold no field that the oldest supported client refuses', () => {
    for (const field of ['icon', 'privacyPolicyUrl', 'engines', 'network', 'metadata', 'category', 'tags']) expect(claude).not.toHaveProperty(field)
  })

  // https://agent-plugins.org/schemas/1.0.0: a closed set of fields, and both files must name the same version.
  it('follow Agent Plugins 1.0', () => {
    const known = ['$schema', 'name', 'version', 'description', 'author', 'homepage', 'repository', 'license', 'keywords', 'extensions']
    expect(Object.keys(agent).filter((field) => !known.includes(field))).toEqual([])
    expect(agent['$schema']).toBe('https://agent-plugins.org/schemas/1.0.0/plugin.schema.json')
    expect(readJson('mcp.json')['$schema']).toBe('https://agent-plugins.org/schemas/1.0.0/mcp.schema.json')
  })
})
