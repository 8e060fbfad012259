import { table } from '../../core/table.ts'
import type { ProviderId } from './model.ts'
import type { Toolchain } from './toolchain.ts'
import type { Settings } from './settings.ts'

/** Package registries that trust a pipeline by OIDC, so that no publishing token is stored. */
export type PackageRegistry = 'npm' | 'pypi'

/** How a library gets from a version tag into its registry: packed by a job without rights, published by one without the project's code. */
export interface Publish {
  readonly registry: PackageRegistry
  /** Bash lines that fail unless the tag in `$TAG` names the version, and leave the files to publish in `release/`. */
  readonly pack: readonly string[]
  /** Bash line that publishes what lies in `release/`, signed in by the pipeline's own token. */
  readonly publish: string
}

/** Packs as the project's own manager does: it alone knows how to write workspace versions into the package. */
const packs: Readonly<Record<string, string>> = table({
  npm: 'npm pack --pack-destination release', pnpm: 'pnpm pack --pack-destination release', yarn: 'yarn pack --filename release/package.tgz',
  'yarn-berry': 'yarn pack --out release/package.tgz', bun: 'bun pm pack --destination release',
})
const sameVersion = 'if [ "v$(node --print \'require("./package.json").version\')" != "$TAG" ]; then echo "package.json and the tag $TAG name different versions" >&2; exit 1; fi'
const sameFile = 'if ! compgen -G "release/*-${TAG#v}.tar.gz" > /dev/null; then echo "what was built and the tag $TAG name different versions" >&2; exit 1; fi'

/** True for a library whose version tag is its publication: Go fetches modules from the repository itself. */
export const isTagged = ({ profile, language }: Pick<Settings, 'profile' | 'language'>): boolean => profile.projectType === 'library' && language === 'go'

/** Providers whose tokens a registry trusts. */
const trusted: Readonly<Record<PackageRegistry, readonly ProviderId[]>> = { npm: ['github-actions', 'gitlab', 'circleci'], pypi: ['github-actions', 'gitlab'] }

/** Undefined for what is no library, holds several packages, or has a registry that is not written yet or trusts no token of the provider. */
export function publishOf(settings: Pick<Settings, 'profile' | 'provider'>, toolchain: Pick<Toolchain, 'packageManager' | 'language' | 'checks'>): Publish | undefined {
  const found = publishing(settings, toolchain)
  return found !== undefined && trusted[found.registry].includes(settings.provider) ? found : undefined
}

function publishing({ profile }: Pick<Settings, 'profile'>, toolchain: Pick<Toolchain, 'packageManager' | 'language' | 'checks'>): Publish | undefined {
  if ((profile.projectType !== 'library' && profile.projectType !== 'cli') || (profile.monorepo ?? 'none') !== 'none') return undefined
  const pack = packs[toolchain.packageManager]
  if (pack !== undefined) return { registry: 'npm', pack: [sameVersion, ...toolchain.checks.build, 'mkdir -p release', pack], publish: 'npm publish ./release/*.tgz' }
  if (toolchain.language === 'python') return { registry: 'pypi', pack: ['uv build --out-dir release', sameFile], publish: 'uv publish --trusted-publishing always release/*' }
  return undefined
}
