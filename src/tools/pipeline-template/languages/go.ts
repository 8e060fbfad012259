import type { Toolchain, ToolchainRequest } from '../toolchain.ts'

/** Go modules; the version comes from go.mod unless one is given. */
export function go(request: ToolchainRequest): Toolchain {
  const hasVulncheck = request.scripts === undefined || request.scripts.includes('govulncheck')
  return {
    language: 'go', packageManager: 'go', lockFile: 'go.sum', install: ['go mod download', 'go mod verify'],
    checks: {
      lint: ['test -z "$(gofmt -l .)"', 'go vet ./...'], test: ['go test -race ./...'], build: ['go build ./...'],
      audit: hasVulncheck ? ['go tool govulncheck ./...'] : [],
    },
    affected: null, readsBase: false, exec: (line) => line, locksNpmTools: false, dependabot: 'gomod',
    githubSetup: [{ name: 'Set up Go', uses: 'actions/setup-go', with: request.runtimeVersion === undefined ? { 'go-version-file': 'go.mod' } : { 'go-version': request.runtimeVersion } }],
    // Go itself fetches and verifies the version that go.mod names; the task wants all three parts of one.
    azureSetup: [/^\d+\.\d+\.\d+$/.test(request.runtimeVersion ?? '') ? { displayName: 'Set up Go', task: 'GoTool@0', inputs: { version: request.runtimeVersion ?? '' } } : { displayName: 'Use the Go version of go.mod', script: 'go version' }],
    container: (root) => ({
      image: request.imageOf(request.runtimeVersion ?? request.advised ?? '1') ?? `golang:${request.runtimeVersion ?? request.advised ?? '1'}`, prepare: [], install: ['go mod download', 'go mod verify'],
      cacheKey: ['go.sum'], cachePaths: ['.go/pkg/mod/'], variables: { GOMODCACHE: `${root}/.go/pkg/mod` },
    }),
    missing: hasVulncheck ? [] : ['govulncheck'],
  }
}
