import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'

/** What every stand-in does first: its name and arguments go into a record, one line a call, with tabs between. */
const head = '#!/usr/bin/env bash\nset -e\n{ printf \'%s\' "${0##*/}"; for word in "$@"; do printf \'\\t%s\' "${word//$\'\\n\'/ }"; done; echo; } >> "$RECORD"\n'

export const digest = `sha256:${'5'.repeat(64)}`

/** Stand-ins for the programs of clouds: they record how they are called and answer as the real ones do. `$STATE` is the registry. */
const programs: Readonly<Record<string, string>> = {
  docker: [
    'case "$1 $2" in',
    `  "buildx imagetools") [ -f "$STATE/pushed" ] && echo ${digest} || exit 1 ;;`,
    '  "buildx build") touch "$STATE/pushed" ;;',
    '  "login "*) cat > "$STATE/password" ;;',
    '  "save "*) echo layers ;;',
    '  "run "*) cat > "$STATE/stdin"; case "$*" in *trivy*) exit "${SCAN_EXIT:-0}" ;; *) printf registry-password ;; esac ;;',
    'esac',
  ].join('\n'),
  aws: [
    'if [ -n "$AWS_WEB_IDENTITY_TOKEN_FILE" ]; then cp "$AWS_WEB_IDENTITY_TOKEN_FILE" "$STATE/token"; fi',
    'case "$2" in',
    '  describe-task-definition) echo \'{"family": "shop", "revision": 1, "containerDefinitions": [{"name": "app", "image": "old"}]}\' ;;',
    '  register-task-definition) cp task-definition.json "$STATE/"; echo arn:task:2 ;;',
    '  describe-services) echo arn:task:2 ;;',
    '  publish-version) echo 7 ;;',
    'esac',
  ].join('\n'),
  gcloud: [
    'for word in "$@"; do case "$word" in --credential-source-file=*) cp "${word#*=}" "$STATE/token" ;; --output-file=*) echo "{}" > "${word#*=}" ;; esac; done',
    'case "$*" in *print-access-token*) echo short-lived ;; esac',
  ].join('\n'),
  az: 'for word in "$@"; do case "$word" in @*) cp "${word#@}" "$STATE/token" ;; esac; done',
  kubectl: 'true',
  npm: 'true',
  npx: 'case "$*" in *synth*) mkdir -p cdk.out; echo "{}" > cdk.out/manifest.json ;; *"cdk deploy"*) test -f cdk.out/manifest.json ;; *"vercel deploy"*) echo https://shop-1.vercel.app ;; esac',
  'apt-get': 'true',
  curl: [
    'out="" url="${!#}"',
    'while [ "$#" -gt 0 ]; do if [ "$1" = --output ]; then out="$2"; fi; shift; done',
    'case "$url" in *health*) exit "${HEALTH_EXIT:-0}" ;; *) cp "$FIXTURES/${url##*/}" "$out" ;; esac',
  ].join('\n'),
}

export interface Machine { readonly env: Readonly<Record<string, string>>, readonly calls: () => readonly (readonly string[])[], readonly state: (file: string) => string, readonly flySum: string }

/** A folder of stand-ins, in front of the programs of this machine. */
export function machine(folder: string): Machine {
  const paths = { bin: join(folder, 'bin'), state: join(folder, 'state'), fixtures: join(folder, 'fixtures'), home: join(folder, 'home') }
  for (const path of Object.values(paths)) mkdirSync(path, { recursive: true })
  for (const [name, body] of Object.entries(programs)) writeFileSync(join(paths.bin, name), `${head}${body}\n`, { mode: 0o755 })
  const downloaded = `${head}true\n`
  writeFileSync(join(paths.fixtures, 'kubectl'), downloaded)
  writeFileSync(join(paths.fixtures, 'kubectl.sha256'), createHash('sha256').update(downloaded).digest('hex'))
  writeFileSync(join(paths.fixtures, 'flyctl'), downloaded, { mode: 0o755 })
  execFileSync('tar', ['--create', '--gzip', '--file', 'flyctl_0.4.87_Linux_x86_64.tar.gz', 'flyctl'], { cwd: paths.fixtures })
  const record = join(folder, 'record')
  writeFileSync(record, '')
  return {
    env: { PATH: `${paths.bin}:${process.env['PATH'] ?? ''}`, RECORD: record, STATE: paths.state, FIXTURES: paths.fixtures, HOME: paths.home },
    calls: () => readFileSync(record, 'utf8').split('\n').filter((line) => line !== '').map((line) => line.split('\t')),
    state: (file) => (existsSync(join(paths.state, file)) ? readFileSync(join(paths.state, file), 'utf8') : ''),
    flySum: createHash('sha256').update(readFileSync(join(paths.fixtures, 'flyctl_0.4.87_Linux_x86_64.tar.gz'))).digest('hex'),
  }
}
