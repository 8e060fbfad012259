import type { Deploy, Plan } from '../../plan.ts'
import { toolOf } from './images.ts'

/** Lines that bring what no fixed image holds, and the variables that fix its version. */
export interface Brought { readonly lines: readonly string[], readonly variables: Readonly<Record<string, string>> }

const fetched = 'curl --fail --silent --show-error --location --max-time 120 --output'

/** flyctl has an image without a shell: its archive is checked against the sum that a person wrote down. */
const flyctl = [
  'tools=$(mktemp -d)', 'archive="flyctl_${FLYCTL_VERSION}_Linux_x86_64.tar.gz"',
  `${fetched} "$tools/$archive" "https://github.com/superfly/flyctl/releases/download/v$FLYCTL_VERSION/$archive"`,
  'echo "$FLYCTL_SHA256  $tools/$archive" | sha256sum --check --quiet', 'tar --extract --gzip --directory "$tools" --file "$tools/$archive" flyctl', 'export PATH="$tools:$PATH"',
]

/** kubectl is one file; its sum lies beside it. */
const kubectl = [
  'tools=$(mktemp -d)', 'release="https://dl.k8s.io/release/v$KUBECTL_VERSION/bin/linux/amd64/kubectl"',
  `${fetched} "$tools/kubectl" "$release"`, `${fetched} "$tools/kubectl.sha256" "$release.sha256"`,
  'echo "$(cat "$tools/kubectl.sha256")  $tools/kubectl" | sha256sum --check --quiet', 'chmod +x "$tools/kubectl"', 'export PATH="$tools:$PATH"',
]

/** True when kubectl is not in the image that the deploy runs in. */
const needsKubectl = ({ target }: Deploy): boolean => target.programs.includes('kubectl') && toolOf(target) !== 'google-cloud-cli'

/** False when a program is needed whose version no sheet confirms. */
export const canBring = (deploy: Deploy, { toolVersion }: Pick<Plan, 'toolVersion'>): boolean => !needsKubectl(deploy) || toolVersion('kubectl') !== undefined

/** Programs that a deploy needs beside those of its image. `lines` are the target's: what they do not use is not brought. */
export function programsFor(deploy: Deploy, plan: Plan, lines: readonly string[]): Brought {
  const { target } = deploy
  const tool = toolOf(target)
  const onBun = target.installs && plan.toolchain.packageManager === 'bun'
  const jq = lines.some((line) => /\bjq\b/.test(line))
  const packages = [...(jq && tool !== 'aws-cli' ? ['jq'] : []), ...(onBun ? ['curl', 'ca-certificates'] : [])]
  return {
    variables: needsKubectl(deploy) ? { KUBECTL_VERSION: plan.toolVersion('kubectl') ?? '' } : {},
    lines: [
      // Not every version of the image of AWS has it.
      ...(jq && tool === 'aws-cli' ? ['command -v jq > /dev/null || yum install --assumeyes --quiet jq > /dev/null'] : []),
      ...(packages.length === 0 ? [] : [`apt-get update -qq && apt-get install -y -qq --no-install-recommends ${packages.join(' ')} > /dev/null`]),
      ...(target.programs.includes('flyctl') ? [flyctl.join('\n')] : []), ...(needsKubectl(deploy) ? [kubectl.join('\n')] : []),
    ],
  }
}
