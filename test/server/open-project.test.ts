import { expect, test } from 'vitest'
import { openProject } from '../../src/server/open-project.ts'

const plugin = '/plugins/ops'

test.each([
  ['the host names it', { env: { CLAUDE_PROJECT_DIR: '/work/app', PWD: '/elsewhere' }, cwd: plugin }, '/work/app'],
  ['the server runs in the project', { env: {}, cwd: '/work/app' }, '/work/app'],
  ['the server runs in the plugin and the shell stands in the project', { env: { PWD: '/work/app' }, cwd: plugin }, '/work/app'],
  ['the server runs in the plugin and nothing else is known', { env: {}, cwd: plugin }, null],
  ['the shell stands in the plugin too', { env: { PWD: plugin }, cwd: plugin }, null],
])('%s', (_, surroundings, project) => {
  expect(openProject({ ...surroundings, plugin })).toBe(project)
})
