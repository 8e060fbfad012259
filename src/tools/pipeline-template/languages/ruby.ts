import type { Checks, Toolchain, ToolchainRequest } from '../toolchain.ts'
import { toolsOf } from './tools.ts'

export const packageManagers = ['bundler'] as const

const toolNames = ['bundle', 'rubocop', 'standard', 'rspec', 'minitest', 'rails', 'brakeman', 'bundler-audit']
const exec = (line: string): string => `bundle exec ${line}`

function checksOf(has: (...names: readonly string[]) => boolean): { readonly checks: Checks, readonly missing: readonly string[] } {
  const lines = (tool: string, line: string) => (has(tool) ? [line] : [])
  const checks: Checks = {
    lint: [...lines('rubocop', exec('rubocop')), ...lines('standard', exec('standardrb')), ...lines('brakeman', exec('brakeman --no-pager'))],
    test: has('rspec') ? [exec('rspec')] : has('rails') ? ['bin/rails test'] : lines('minitest', exec('rake test')),
    build: [], audit: lines('bundler-audit', exec('bundle-audit check --update')),
  }
  return { checks, missing: [...(checks.lint.length === 0 ? ['rubocop'] : []), ...(checks.test.length === 0 ? ['rspec'] : []), ...(checks.audit.length === 0 ? ['bundler-audit'] : [])] }
}

/** Ruby with Bundler. Frozen keeps the lock file as it is; `deployment` would leave out no group either, but moves the gems. */
export function ruby(request: ToolchainRequest): Toolchain {
  const has = toolsOf(request, toolNames, request.framework === 'rails' ? ['rails', 'rubocop', 'brakeman', 'bundler-audit'] : ['rubocop', 'rspec', 'bundler-audit'])
  const version = request.runtimeVersion ?? request.advised ?? ''
  const install = ['bundle config set --local frozen true', 'bundle install']
  return {
    language: 'ruby', packageManager: 'bundler', lockFile: 'Gemfile.lock', install, ...checksOf(has), affected: null, readsBase: false,
    exec, locksNpmTools: false, dependabot: 'bundler',
    githubSetup: [{ name: 'Set up Ruby', uses: 'ruby/setup-ruby', with: { 'ruby-version': version, 'bundler-cache': true } }],
    azureSetup: [{ displayName: 'Set up Ruby', task: 'UseRubyVersion@0', inputs: { versionSpec: version.split('.').length === 3 ? version : `${version}.x` } }],
    // Linters look into every folder but `vendor`.
    container: (root) => ({ image: request.imageOf(version) ?? `ruby:${version}`, prepare: [], install, cacheKey: ['Gemfile.lock'], cachePaths: ['vendor/bundle/'], variables: { BUNDLE_PATH: `${root}/vendor/bundle` } }),
  }
}
