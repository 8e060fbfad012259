import type { Checks, Toolchain, ToolchainRequest } from '../toolchain.ts'
import { shortVersion, toolsOf } from './tools.ts'

export const packageManagers = ['composer'] as const

const toolNames = ['composer', 'pint', 'php-cs-fixer', 'phpcs', 'phpstan', 'psalm', 'phpunit', 'pest', 'artisan']
const exec = (line: string): string => `vendor/bin/${line}`

function checksOf(has: (...names: readonly string[]) => boolean): { readonly checks: Checks, readonly missing: readonly string[] } {
  const lines = (tool: string, line: string) => (has(tool) ? [exec(line)] : [])
  const style = [...lines('pint', 'pint --test'), ...lines('php-cs-fixer', 'php-cs-fixer check'), ...lines('phpcs', 'phpcs'), ...lines('phpstan', 'phpstan analyse --no-progress'), ...lines('psalm', 'psalm --no-progress')]
  const checks: Checks = {
    lint: ['composer validate --strict --no-check-publish', ...style],
    test: has('artisan') ? ['php artisan test'] : has('pest') ? [exec('pest')] : lines('phpunit', 'phpunit'),
    build: [], audit: ['composer audit --locked --abandoned=report'],
  }
  return { checks, missing: [...(style.length === 0 ? ['phpstan'] : []), ...(checks.test.length === 0 ? ['phpunit'] : [])] }
}

const extensions: Readonly<Record<string, string>> = { postgresql: 'pdo_pgsql', mysql: 'pdo_mysql', mariadb: 'pdo_mysql' }

/** Composer as one file, checked against its sum; the official PHP image has neither it, nor Git, nor unzip. */
function prepareContainer({ versionOf, sha256Of, database }: ToolchainRequest): readonly string[] {
  const [version, sum, extension] = [versionOf('composer'), sha256Of('composer'), extensions[database ?? '']]
  const packages = ['git', 'unzip', ...(extension === 'pdo_pgsql' ? ['libpq-dev'] : [])]
  return [
    `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${packages.join(' ')} > /dev/null`,
    ...(extension === undefined ? [] : [`docker-php-ext-install ${extension} > /dev/null`]),
    `curl --fail --silent --show-error --location --output /usr/local/bin/composer https://getcomposer.org/download/${version ?? 'latest-stable'}/composer.phar`,
    ...(sum === undefined ? [] : [`echo "${sum}  /usr/local/bin/composer" | sha256sum --check --quiet`]), 'chmod +x /usr/local/bin/composer',
  ]
}

/** PHP with Composer. */
export function php(request: ToolchainRequest): Toolchain {
  const has = toolsOf(request, toolNames, request.framework === 'laravel' ? ['artisan', 'pint', 'phpunit'] : ['phpstan', 'phpunit'])
  const version = shortVersion(request.runtimeVersion ?? request.advised ?? '', 2)
  const composer = request.versionOf('composer')
  const extension = extensions[request.database ?? '']
  const install = ['composer install --no-interaction --no-progress --prefer-dist']
  // PHP's own maintainer for Debian and Ubuntu builds these: the image of the agent holds one version only.
  const packages = ['cli', 'curl', 'mbstring', 'xml', 'zip', 'intl', 'sqlite3', ...(extension === undefined ? [] : [extension === 'pdo_pgsql' ? 'pgsql' : 'mysql'])].map((name) => `php${version}-${name}`)
  return {
    language: 'php', packageManager: 'composer', lockFile: 'composer.lock', install, ...checksOf(has), affected: null, readsBase: false,
    exec, locksNpmTools: false, dependabot: 'composer',
    githubSetup: [{ name: 'Set up PHP', uses: 'shivammathur/setup-php', with: { 'php-version': version, coverage: 'none', tools: composer === undefined ? 'composer:v2' : `composer:${composer}`, ...(extension === undefined ? {} : { extensions: extension }) } }],
    azureSetup: [{ displayName: 'Set up PHP', script: [`sudo add-apt-repository --yes ppa:ondrej/php`, `sudo apt-get install --yes --no-install-recommends ${packages.join(' ')}`, `sudo update-alternatives --set php /usr/bin/php${version}`].join('\n') }],
    container: (root) => ({ image: request.imageOf(version) ?? `php:${version}-cli`, prepare: prepareContainer(request), install, cacheKey: ['composer.lock'], cachePaths: ['.composer-cache/'], variables: { COMPOSER_CACHE_DIR: `${root}/.composer-cache`, COMPOSER_ALLOW_SUPERUSER: '1' } }),
  }
}
