import type { Variable } from '../variables.ts'
import { formatOf, logLevels, need, type ModuleInput } from './format.ts'

const text = (value: string): string => JSON.stringify(value)
const literal = (values: readonly string[]): string => `Literal[${values.map(text).join(', ')}]`

function field(variable: Variable, environments: readonly string[]): string {
  switch (formatOf(variable)) {
    case 'app-env': return `${variable.name}: ${literal(environments)}`
    case 'port': return `${variable.name}: int = Field(default=8000, ge=1, le=65535)`
    case 'log-level': return `${variable.name}: ${literal(logLevels)} = "info"`
    case 'switch': return `${variable.name}: bool = False`
    default: {
      const type = variable.secret ? 'SecretStr' : formatOf(variable) === 'url' ? 'AnyHttpUrl' : 'str'
      return need(variable, environments.length) === 'always' ? `${variable.name}: ${type}` : `${variable.name}: Optional[${type}] = None`
    }
  }
}

const requiredIn = ({ variables, environments }: ModuleInput, from: 'some' | 'every'): string[] => variables
  .filter((variable) => !['port', 'log-level', 'switch', 'app-env'].includes(formatOf(variable)) && (need(variable, environments.length) === 'some' || (from === 'every' && need(variable, environments.length) === 'always')))
  .map((variable) => `    ${text(variable.name)}: (${variable.requiredIn.map(text).join(', ')},),`)

const table = (lines: readonly string[]): string[] => (lines.length === 0 ? ['REQUIRED_IN: dict[str, tuple[str, ...]] = {}'] : ['REQUIRED_IN: dict[str, tuple[str, ...]] = {', ...lines, '}'])

/** A settings class for pydantic-settings that ends the program with the names of what is missing. */
export function pydanticModule(input: ModuleInput): string {
  const fields = input.variables.map((variable) => field(variable, input.environments))
  const used = ['AnyHttpUrl', 'Field', 'SecretStr'].filter((name) => fields.some((line) => line.includes(name)))
  return [
    '"""Configuration of this service: read once, checked at start. The only module that reads the environment."""', '',
    'import sys', `from typing import Literal${fields.some((line) => line.includes('Optional')) ? ', Optional' : ''}`, '',
    `from pydantic import ${[...used, 'ValidationError'].join(', ')}`, 'from pydantic_settings import BaseSettings, SettingsConfigDict', '',
    '# Needed in some environments only.', ...table(requiredIn(input, 'some')), '', '',
    'class Settings(BaseSettings):',
    '    model_config = SettingsConfigDict(', '        env_file=".env",', '        env_ignore_empty=True,', '        case_sensitive=True,', '        extra="ignore",', '        hide_input_in_errors=True,', '    )', '',
    ...fields.map((line) => `    ${line}`), '', '',
    'def load_settings() -> Settings:',
    '    """The checked settings. Ends the program with names, never values, when something is missing."""',
    '    try:', '        loaded = Settings()',
    '    except ValidationError as error:',
    '        wrong = sorted({str(item["loc"][0]) for item in error.errors(include_input=False)})',
    '    else:',
    '        wrong = [name for name, names in REQUIRED_IN.items() if loaded.APP_ENV in names and getattr(loaded, name) is None]',
    '        if not wrong:', '            return loaded',
    '    sys.exit("Configuration is missing or not in the expected form: " + ", ".join(wrong) + ".")', '', '',
    'settings = load_settings()',
  ].join('\n')
}

/** The same for Django settings with django-environ. */
export function djangoModule(input: ModuleInput): string {
  const value = (variable: Variable): string => {
    switch (formatOf(variable)) {
      case 'port': return 'env.int("PORT", default=8000)'
      case 'log-level': return 'env.str("LOG_LEVEL", default="info")'
      case 'switch': return `env.bool(${text(variable.name)}, default=False)`
      default: return `env.str(${text(variable.name)}, default="")`
    }
  }
  return [
    '"""Configuration of this project: read once, checked at start. Import names from here in settings.py."""', '',
    'import sys', '', 'import environ', '', 'env = environ.Env()', '',
    `ENVIRONMENTS = (${input.environments.map(text).join(', ')},)`, ...table(requiredIn(input, 'every')), '',
    ...input.variables.map((variable) => `${variable.name} = ${value(variable)}`), '',
    '_wrong = [name for name, names in REQUIRED_IN.items() if APP_ENV in names and not globals()[name]]',
    'if APP_ENV not in ENVIRONMENTS:', '    _wrong.insert(0, "APP_ENV")',
    'if _wrong:', '    sys.exit("Configuration is missing or not in the expected form: " + ", ".join(_wrong) + ".")',
  ].join('\n')
}
