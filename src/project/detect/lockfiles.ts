import type { Detector } from './findings.ts'
import { lineOf } from './files.ts'
import { isToolGemfile } from './other-languages.ts'

const managers: Readonly<Record<string, string>> = {
  'package-lock.json': 'npm', 'npm-shrinkwrap.json': 'npm', 'pnpm-lock.yaml': 'pnpm', 'bun.lock': 'bun', 'bun.lockb': 'bun', 'uv.lock': 'uv', 'poetry.lock': 'poetry', 'Pipfile.lock': 'pip',
  'go.sum': 'go', 'Gemfile.lock': 'bundler', 'composer.lock': 'composer', 'mvnw': 'maven', 'gradlew': 'gradle',
}
const monorepos: Readonly<Record<string, string>> = { 'turbo.json': 'turborepo', 'nx.json': 'nx', 'pnpm-workspace.yaml': 'pnpm-workspaces' }

/** Lockfiles, and the files that make a repository a monorepo. Yarn's two formats are told apart by their content. */
export const detectLockfiles: Detector = (files, found) => {
  for (const [name, manager] of Object.entries(managers)) for (const file of files.named(name)) {
    if (name === 'Gemfile.lock' && isToolGemfile(files.text(file.replace(/\.lock$/, '')) ?? '')) continue
    found.add('packageManager', manager, file, 1)
  }
  for (const file of files.named('.yarnrc.yml')) found.add('packageManager', 'yarn-berry', file, 1)
  for (const file of files.named('yarn.lock')) {
    const text = files.start(file) ?? ''
    const berry = /^__metadata:/m.test(text)
    found.add('packageManager', berry ? 'yarn-berry' : 'yarn', file, berry ? lineOf(text, /^__metadata:/m) : 1)
  }
  for (const [name, monorepo] of Object.entries(monorepos)) {
    // Below the root such a file belongs to one part, which may keep its settings there.
    for (const file of files.paths.includes(name) ? [name] : []) {
      // turbo and nx run on top of workspaces, so they win; pnpm-workspace.yaml without packages only holds settings.
      if (name === 'pnpm-workspace.yaml' && !/^packages:/m.test(files.text(file) ?? '')) continue
      found.add('monorepo', monorepo, file, 1, name === 'pnpm-workspace.yaml' ? 'use' : 'statement')
    }
  }
}
