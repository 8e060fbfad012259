import { generatedFile } from '../../core/file.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { FileWithBody } from '../tool.ts'
import type { Outcome } from './decide.ts'
import { composeFile } from './files/compose.ts'
import { envExample } from './files/env-example.ts'
import { isPortable } from './files/format.ts'
import { envalidModule, t3Module, zodModule, type ModuleInput } from './files/javascript.ts'
import { djangoModule, pydanticModule } from './files/python.ts'

const purpose = 'Reads and checks the configuration at start; the program ends with the names of what is missing.'

function environmentModule(outcome: Outcome, input: ModuleInput): FileWithBody | undefined {
  const typed = outcome.validation.language === 'typescript'
  const script = typed ? 'src/env.ts' : 'src/env.mjs'
  const speaks = typed || outcome.validation.language === 'javascript'
  switch (outcome.decision.validation) {
    case 'zod': return speaks ? generatedFile(script, purpose, `node --env-file=.env ${script}`, zodModule(input, typed)) : undefined
    case 'envalid': return speaks ? generatedFile(script, purpose, `node --env-file=.env ${script}`, envalidModule(input, typed)) : undefined
    case 't3-env': return typed ? generatedFile('src/env.ts', purpose, 'npx next build', t3Module(input)) : undefined
    case 'pydantic-settings': return outcome.validation.language === 'python' ? generatedFile('app/settings.py', purpose, 'python app/settings.py', pydanticModule(input)) : undefined
    case 'django-environ': return outcome.validation.language === 'python' ? generatedFile('config/env.py', purpose, 'python config/env.py', djangoModule(input)) : undefined
    default: return undefined
  }
}

/** True when a validator was chosen but no module can be written for its language. */
export const lacksModule = (outcome: Outcome): boolean => outcome.decision.variables.length > 0 && environmentModule(outcome, { variables: [], environments: [] }) === undefined

/** Files of the plan: the environment module, `.env.example`, and a Compose file for local databases. */
export function writeFiles(outcome: Outcome, knowledge: Knowledge): FileWithBody[] {
  const { variables, environments } = outcome.decision
  const portable = variables.filter(({ name }) => isPortable(name))
  const module = portable.length === 0 ? undefined : environmentModule(outcome, { variables: portable, environments: environments.map(({ name }) => name) })
  const compose = composeFile(outcome.input.stack ?? [], knowledge)
  return [
    ...(module === undefined ? [] : [module]),
    ...(variables.length === 0 ? [] : [generatedFile('.env.example', 'Names of all variables for a new developer; holds no secret.', 'npx secretlint .env.example', envExample(variables, outcome.validation.language === 'python'))]),
    ...(compose === undefined ? [] : [generatedFile('docker-compose.yml', 'Databases, caches and queues for local work, reachable from this machine only.', 'docker compose config --quiet', compose.text)]),
  ]
}
