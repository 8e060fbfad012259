import type { Checks, Toolchain, ToolchainRequest } from '../toolchain.ts'
import { shortVersion, toolsOf } from './tools.ts'

export const packageManagers = ['dotnet'] as const

const seen = ['dotnet', '.editorconfig', 'csharpier', 'dotnet-tools.json', 'global.json', 'packages.lock.json']

/**
 * Restores once more and takes known vulnerabilities for errors: `dotnet list package --vulnerable` ends with 0 whatever it finds.
 * NU1900 says that the list of vulnerabilities could not be read. https://learn.microsoft.com/nuget/concepts/auditing-packages
 */
const audit = 'dotnet restore --locked-mode --force -p:NuGetAudit=true -p:NuGetAuditMode=all -p:NuGetAuditLevel=high -p:WarningsAsErrors=NU1900%3BNU1903%3BNU1904'

/** .NET from a solution or project in the root of the repository. */
export function dotnet(request: ToolchainRequest): Toolchain {
  const has = toolsOf(request, seen, ['.editorconfig'])
  const asked = request.runtimeVersion ?? request.advised ?? ''
  const sdk = asked.split('.').length === 3 ? asked : `${shortVersion(`${asked}.0`, 2)}.x`
  const locks = has('packages.lock.json')
  const checks: Checks = {
    lint: [...(has('csharpier') ? ['dotnet csharpier check .'] : []), ...(has('.editorconfig') && !has('csharpier') ? ['dotnet format --verify-no-changes --no-restore'] : [])],
    test: ['dotnet test --no-restore --configuration Release'], build: ['dotnet build --no-restore --configuration Release'], audit: [audit],
  }
  const fromFile = has('global.json')
  return {
    language: request.language, packageManager: 'dotnet', lockFile: 'packages.lock.json', install: ['dotnet restore --locked-mode', ...(has('dotnet-tools.json') ? ['dotnet tool restore'] : [])], checks, affected: null, readsBase: false,
    exec: (line) => `dotnet ${line}`, locksNpmTools: false, dependabot: 'nuget',
    githubSetup: [{ name: 'Set up .NET', uses: 'actions/setup-dotnet', with: { ...(fromFile ? { 'global-json-file': 'global.json' } : { 'dotnet-version': sdk }), ...(locks ? { cache: true, 'cache-dependency-path': '**/packages.lock.json' } : {}) } }],
    azureSetup: [{ displayName: 'Set up .NET', task: 'UseDotNet@2', inputs: { packageType: 'sdk', ...(fromFile ? { useGlobalJson: true } : { version: sdk }) } }],
    // A lock file lies beside each project, so no file of a known name tells what is installed.
    container: () => ({
      image: request.imageOf(asked) ?? `mcr.microsoft.com/dotnet/sdk:${shortVersion(`${asked}.0`, 2)}`, prepare: [], install: ['dotnet restore --locked-mode', ...(has('dotnet-tools.json') ? ['dotnet tool restore'] : [])],
      cacheKey: [], cachePaths: [], variables: { DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: 'true' },
    }),
    missing: checks.lint.length === 0 ? ['dotnet format'] : [],
  }
}
