import type { Target } from '../../model.ts'
import type { Plan } from '../../plan.ts'
import type { Prepared } from './sign-in.ts'

const get = (file: string, address: string): string => `curl --fail --silent --show-error --location --max-time 120 --output "$HOME/.tools/${file}" "${address}"`

/** kubectl of the sheet's version: what images bring is often years behind the cluster. */
const kubectl = (version: string): readonly string[] => {
  const address = `https://dl.k8s.io/release/v${version}/bin/linux/amd64/kubectl`
  return [get('kubectl', address), get('kubectl.sha256', `${address}.sha256`), 'echo "$(cat "$HOME/.tools/kubectl.sha256")  $HOME/.tools/kubectl" | sha256sum --check --quiet', 'chmod +x "$HOME/.tools/kubectl"']
}

/** flyctl comes as an archive whose sum the user read in the release. */
const flyctl = [
  get('flyctl.tar.gz', 'https://github.com/superfly/flyctl/releases/download/v$FLYCTL_VERSION/flyctl_${FLYCTL_VERSION}_Linux_x86_64.tar.gz'),
  'echo "$FLYCTL_SHA256  $HOME/.tools/flyctl.tar.gz" | sha256sum --check --quiet', 'tar --extract --gzip --directory "$HOME/.tools" --file "$HOME/.tools/flyctl.tar.gz" flyctl',
]

/** Bash lines that fetch the programs of a target which no image of a provider has at a known version, checked by their sums. */
export function fetchPrograms({ programs }: Pick<Target, 'programs'>, plan: Pick<Plan, 'toolVersion'>): Prepared {
  const version = plan.toolVersion('kubectl')
  const lines = [...(programs.includes('kubectl') && version !== undefined ? kubectl(version) : []), ...(programs.includes('flyctl') ? flyctl : [])]
  return lines.length === 0 ? { lines, exports: {} } : { lines: ['mkdir -p "$HOME/.tools"', ...lines], exports: { PATH: '$HOME/.tools:$PATH' } }
}

/** Settings that fetching adds to those of the target. */
export const fetchSettings = ({ programs }: Pick<Target, 'programs'>): readonly string[] => (programs.includes('flyctl') ? ['FLYCTL_SHA256'] : [])
