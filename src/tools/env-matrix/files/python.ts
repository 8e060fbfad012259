import type { Variable } from '../variables.ts'
import { defaultPort, formatOf, logLevels, need, nodeEnvironments, type ModuleInput } from './format.ts'

const text = (value: string): string => JSON.stringify(value)
const literal = (values: readonly string[]): string => `Literal[${values.map(text).join(', ')}]`
const tuple = (values: readonly string[]): string => `(${values.map(text).join(', ')}${values.length === 1 ? ',' : ''})`
const port = defaultPort('python')

function field(variable: Variable, environments: readonly string[]): string {
  switch (formatOf(variable)) {
    case 'app-env': return `${variable.name}: ${literal(environments)}`
    case 'node-env': return `${variable.name}: ${literal(nodeEnvironments)}`
    case 'port': return `${variable.name}: int = Field(default=${port}, ge=1, le=65535)`
    case 'log-level': return `${variable.name}: ${literal(logLevels)} = "info"`
    case 'switch': return `${variable.name}: bool = False`
    default: {
      const type = variable.secret ? 'SecretStr' : formatOf(variable) === 'url' ? 'AnyHttpUrl' : 'str'
      return need(variable, environments.length) === 'always' ? `${variable.name}: ${type}` : `${variable.name}: Optional[${type}] = None`
    }
  }
}

/** A settings class for pydantic-settings that ends the program with the names of everything that is missing or malformed. */
export function pydanticModule(input: ModuleInput): string {
  const fields = input.variables.map((variable) => field(variable, input.environments))
  const some = input.variables.filter((variable) => ['text', 'url'].includes(formatOf(variable)) && need(variable, input.environments.length) === 'some')
  const used = [...['AnyHttpUrl', 'Field', 'SecretStr'].filter((name) => fields.some((line) => line.includes(name))), 'ValidationError', ...(some.length === 0 ? [] : ['ValidationInfo', 'field_validator'])]
  return [
    '"""Configuration of this service: read once, checked at start. The only module that reads the environment.', '',
    'A secret prints as asterisks; settings.NAME.get_secret_value() hands it to what needs it.', '"""', '',
    'import sys', `from typing import ${['Literal', ...(some.length > 0 ? ['Any'] : []), ...(fields.some((line) => line.includes('Optional')) ? ['Optional'] : [])].sort().join(', ')}`, '',
    `from pydantic import ${used.join(', ')}`, 'from pydantic_settings import BaseSettings, SettingsConfigDict', '',
    ...(some.length === 0 ? [] : ['# Needed in some environments only.', 'NEEDED_IN: dict[str, tuple[str, ...]] = {', ...some.map(({ name, requiredIn }) => `    ${text(name)}: ${tuple(requiredIn)},`), '}', '']), '',
    'class Settings(BaseSettings):',
    '    model_config = SettingsConfigDict(', '        env_file=".env",', '        env_ignore_empty=True,', '        case_sensitive=True,', '        extra="ignore",', '        hide_input_in_errors=True,', ...(some.length === 0 ? [] : ['        validate_default=True,']), '    )', '',
    ...fields.map((line) => `    ${line}`), '',
    ...(some.length === 0 ? [] : [
      '    @field_validator(*NEEDED_IN)', '    @classmethod', '    def is_given_where_needed(cls, value: Any, info: ValidationInfo) -> Any:',
      '        if value is None and info.data.get("APP_ENV") in NEEDED_IN.get(info.field_name or "", ()):', '            raise ValueError("missing")', '        return value', '',
    ]), '',
    'def load_settings() -> Settings:',
    '    """The checked settings. Ends the program with names, never values, when something is missing."""',
    '    try:', '        return Settings()  # type: ignore[call-arg]  # the values come from the environment',
    '    except ValidationError as error:',
    '        wrong = sorted({str(item["loc"][0]) for item in error.errors(include_input=False)})',
    '    sys.exit("Configuration is missing or not in the expected form: " + ", ".join(wrong) + ".")', '', '',
    'settings = load_settings()',
  ].join('\n')
}

const checks: readonly (readonly [call: string, lines: readonly string[]])[] = [
  ['_port(', ['def _port(name: str, default: int) -> int:', '    value = _text(name) or str(default)', '    if not (value.isascii() and value.isdigit() and 1 <= int(value[:6]) <= 65535):', '        _wrong.append(name)', '        return default', '    return int(value)']],
  ['_switch(', ['def _switch(name: str) -> bool:', '    return _one_of(name, ("true", "false"), "false") == "true"']],
  ['_url(', ['def _url(name: str, needed_in: Sequence[str] = ()) -> str:', '    value = _text(name, needed_in)', '    if value and not value.startswith(("http://", "https://")):', '        _wrong.append(name)', '    return value']],
]

/** The same for Django settings with django-environ. */
export function djangoModule(input: ModuleInput): string {
  const reading = (variable: Variable): string => {
    const name = text(variable.name)
    const needed = variable.requiredIn.length === 0 ? '' : `, ${need(variable, input.environments.length) === 'always' ? 'ENVIRONMENTS' : tuple(variable.requiredIn)}`
    switch (formatOf(variable)) {
      case 'app-env': return `_one_of(${name}, ENVIRONMENTS)`
      case 'node-env': return `_one_of(${name}, ${tuple(nodeEnvironments)})`
      case 'port': return `_port(${name}, ${port})`
      case 'log-level': return `_one_of(${name}, ${tuple(logLevels)}, "info")`
      case 'switch': return `_switch(${name})`
      case 'url': return `_url(${name}${needed})`
      case 'text': return `_text(${name}${needed})`
    }
  }
  const lines = input.variables.map((variable) => `${variable.name} = ${reading(variable)}`)
  return [
    '"""Configuration of this project: read once, checked at start; nothing else reads the environment.', '',
    'Import names from here in settings.py, and parse a database address with env.db_url("DATABASE_URL").', '"""', '',
    'import sys', 'from collections.abc import Sequence', '', 'import environ', '', 'env = environ.Env()',
    `ENVIRONMENTS = ${tuple(input.environments)}`, '_wrong: list[str] = []', '', '',
    'def _text(name: str, needed_in: Sequence[str] = ()) -> str:',
    '    # Read as it is: env.str() takes a value that starts with a dollar sign for the name of another variable.',
    '    value = env.ENVIRON.get(name, "")', '    # With an unknown APP_ENV, everything that some environment needs is asked for.',
    '    current = env.ENVIRON.get("APP_ENV", "")',
    '    if not value and needed_in and (current in needed_in or current not in ENVIRONMENTS):', '        _wrong.append(name)', '    return value', '', '',
    'def _one_of(name: str, allowed: Sequence[str], default: str = "") -> str:', '    value = _text(name) or default', '    if value not in allowed:', '        _wrong.append(name)', '    return value', '', '',
    ...checks.filter(([call]) => lines.some((line) => line.includes(call))).flatMap(([, body]) => [...body, '', '']),
    ...lines, '',
    'if _wrong:', '    sys.exit("Configuration is missing or not in the expected form: " + ", ".join(_wrong) + ".")',
  ].join('\n')
}
