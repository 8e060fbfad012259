import { generatedFile } from '../../core/file.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { FileWithBody } from '../tool.ts'
import type { Outcome } from './decide.ts'
import { composeFile } from './files/compose.ts'
import { envExample } from './files/env-example.ts'
import { flagFiles } from './files/flags.ts'
import { isPortable, type ModuleInput } from './files/format.ts'
import { dotnetModule } from './files/dotnet.ts'
import { goModule } from './files/go.ts'
import { javaModule } from './files/java.ts'
import { envalidModule, t3Module, zodModule } from './files/javascript.ts'
import { djangoModule, pydanticModule } from './files/python.ts'

const purpose = 'Checks the configuration at start and names what is missing.'
/** Languages an environment module is written for, as a person reads them. */
export const moduleLanguages = 'TypeScript, JavaScript, Python, Go, Java, Kotlin (as a Java file) or C#'

interface Writer { readonly languages: readonly string[], readonly path: (language: string) => string, readonly verifyWith: (path: string) => string, readonly text: (input: ModuleInput, language: string) => string }
const script = (language: string): string => (language === 'typescript' ? 'src/env.ts' : 'src/env.mjs')
const runsWithNode = (path: string): string => `node --env-file=.env ${path}`

/** What each validator can write, by its sheet id. */
const writers: Readonly<Record<string, Writer>> = {
  zod: { languages: ['typescript', 'javascript'], path: script, verifyWith: runsWithNode, text: (input, language) => zodModule(input, language === 'typescript') },
  envalid: { languages: ['typescript', 'javascript'], path: script, verifyWith: runsWithNode, text: (input, language) => envalidModule(input, language === 'typescript') },
  't3-env': { languages: ['typescript'], path: script, verifyWith: () => 'npx next build', text: t3Module },
  'pydantic-settings': { languages: ['python'], path: () => 'app/settings.py', verifyWith: (path) => `python ${path}`, text: pydanticModule },
  'django-environ': { languages: ['python'], path: () => 'config/env.py', verifyWith: (path) => `python ${path}`, text: djangoModule },
  'go-env': { languages: ['go'], path: () => 'internal/config/config.go', verifyWith: () => 'go vet ./internal/config', text: goModule },
  'spring-validation': { languages: ['java', 'kotlin'], path: () => 'src/main/java/config/AppConfig.java', verifyWith: (path) => `javac -Xlint -d target/classes ${path}`, text: javaModule },
  'dotnet-options': { languages: ['csharp'], path: () => 'Configuration/AppConfig.cs', verifyWith: () => 'dotnet build', text: dotnetModule },
}

function environmentModule({ decision, validation }: Outcome, input: ModuleInput): FileWithBody | undefined {
  // A pinned word may be the name of something every object has.
  const writer = Object.hasOwn(writers, decision.validation) ? writers[decision.validation] : undefined
  const language = validation.language
  if (writer === undefined || language === null || !writer.languages.includes(language)) return undefined
  const path = writer.path(language)
  return generatedFile(path, purpose, writer.verifyWith(path), writer.text(input, language))
}

/** Where the environment module goes; undefined when none is written. */
export const modulePath = (outcome: Outcome): string | undefined => (outcome.decision.variables.length === 0 ? undefined : environmentModule(outcome, { variables: [], environments: [] })?.path)

/** True when a validator was chosen but no module can be written for its language. */
export const lacksModule = (outcome: Outcome): boolean => outcome.decision.variables.length > 0 && environmentModule(outcome, { variables: [], environments: [] }) === undefined

export { flagsGap } from './files/flags.ts'

/** Files of the plan: the environment module, `.env.example`, a file for flags, and a Compose file for local databases. */
export function writeFiles(outcome: Outcome, knowledge: Knowledge, asOf: string): FileWithBody[] {
  const { variables, environments } = outcome.decision
  const portable = variables.filter(({ name }) => isPortable(name))
  const module = portable.length === 0 ? undefined : environmentModule(outcome, { variables: portable, environments: environments.map(({ name }) => name) })
  const compose = composeFile(outcome.input.stack ?? [], variables.map(({ name }) => name), knowledge)
  return [
    ...(module === undefined ? [] : [module]),
    ...(variables.length === 0 ? [] : [generatedFile('.env.example', 'Names of all variables; holds no secret.', 'npx @secretlint/quick-start .env.example', envExample(variables, outcome.validation.language))]),
    ...flagFiles(outcome, knowledge, asOf),
    ...(compose === undefined ? [] : [generatedFile('docker-compose.yml', 'Databases and queues for local work, on this machine only.', 'docker compose config --quiet', compose.text)]),
  ]
}
