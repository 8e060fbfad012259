import type { Profile } from '../core/profile.ts'

type Provider = NonNullable<Profile['ciProvider']>

/**
 * A pipeline that fails a change when documents and code part ways, for each CI provider. The tool is not on a registry, so the step
 * takes it from where the team put it: the folder OPS_HOME of the repository when it is there (a copy of `dist/`, works without any
 * network), else a clone of the repository OPS_REPOSITORY at the commit OPS_COMMIT. Neither set: the step fails and says so.
 */
const get = [
  'home="${OPS_HOME:-tools/operational-patterns}"',
  'if [ ! -f "$home/operational-patterns.cjs" ]; then',
  '  : "${OPS_REPOSITORY:?set OPS_REPOSITORY and OPS_COMMIT, or commit a copy of dist/ as tools/operational-patterns}" "${OPS_COMMIT:?set OPS_COMMIT to a full commit}"',
  '  git init --quiet "$RUNNER_WORK/ops" && git -C "$RUNNER_WORK/ops" fetch --quiet --depth 1 "$OPS_REPOSITORY" "$OPS_COMMIT" && git -C "$RUNNER_WORK/ops" checkout --quiet FETCH_HEAD',
  '  home="$RUNNER_WORK/ops/dist"',
  'fi',
]
const script = (work: string, check: readonly string[]): readonly string[] => [...get.map((line) => line.replaceAll('$RUNNER_WORK', work)), ...check]
const check = ['node "$home/operational-patterns.cjs" check_deliverables']
const indent = (lines: readonly string[], spaces: number): string => lines.map((line) => `${' '.repeat(spaces)}${line}`).join('\n')
const head = (purpose: string): string => `# ${purpose}\n# The tool: a copy of its dist/ folder in tools/operational-patterns, or OPS_REPOSITORY and OPS_COMMIT (a full commit) as variables.\n`

/** What each provider needs: where the file goes, and its text. `actions` gives the commit and version of an action that our sheets know. */
const files: Readonly<Record<Provider, { readonly path: string, readonly body: (uses: (action: string) => string) => string }>> = {
  'github-actions': {
    path: '.github/workflows/documents.yml',
    body: (uses) => `${head('Fails a pull request when documents and code part ways.')}name: Documents
on:
  pull_request:
permissions:
  contents: read
concurrency:
  group: documents-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  documents:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    env:
      OPS_REPOSITORY: \${{ vars.OPS_REPOSITORY }}
      OPS_COMMIT: \${{ vars.OPS_COMMIT }}
    steps:
      - uses: ${uses('actions/checkout')}
        with:
          persist-credentials: false
      - name: Check the documents against the code
        run: |
${indent(script('$RUNNER_TEMP', check), 10)}
`,
  },
  gitlab: {
    path: '.gitlab/ci/documents.yml',
    body: () => `${head('Fails a merge request when documents and code part ways. Include it: include: [{local: .gitlab/ci/documents.yml}]')}documents:
  stage: test
  image: node:24-trixie
  timeout: 5 minutes
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - |
${indent(script('/tmp', check), 6)}
`,
  },
  circleci: {
    path: '.circleci/documents.yml',
    body: () => `${head('A job for .circleci/config.yml: fails a pull request when documents and code part ways.')}version: 2.1
jobs:
  documents:
    docker:
      - image: cimg/node:24.14
    resource_class: small
    steps:
      - checkout
      - run:
          name: Check the documents against the code
          command: |
${indent(script('/tmp', check), 12)}
workflows:
  documents:
    jobs:
      - documents
`,
  },
  'azure-pipelines': {
    path: 'azure-pipelines/documents.yml',
    body: () => `${head('Fails a pull request when documents and code part ways. Add it as a build validation of the main branch.')}trigger: none
pool:
  vmImage: ubuntu-24.04
jobs:
  - job: documents
    timeoutInMinutes: 5
    steps:
      - checkout: self
        persistCredentials: false
      - bash: |
${indent(script('$AGENT_TEMPDIRECTORY', check), 10)}
        displayName: Check the documents against the code
`,
  },
  bitbucket: {
    path: 'bitbucket-pipelines.yml',
    body: () => `${head('Fails a pull request when documents and code part ways. Copy the step into your bitbucket-pipelines.yml.')}image: node:24-trixie
pipelines:
  pull-requests:
    '**':
      - step:
          name: Check the documents against the code
          max-time: 5
          script:
            - |
${indent(script('/tmp', check), 14)}
`,
  },
}

/** The pipeline for one provider, with the place it belongs to. `uses` writes an action with its pinned commit. */
export const checkStep = (provider: Provider, uses: (action: string) => string): { readonly path: string, readonly body: string } => ({ path: files[provider].path, body: files[provider].body(uses) })
