import { dotnet, packageManagers as dotnetManagers } from './languages/dotnet.ts'
import { go } from './languages/go.ts'
import { java, packageManagers as javaManagers } from './languages/java.ts'
import { javascript, packageManagers as javascriptManagers } from './languages/javascript.ts'
import { packageManagers as phpManagers, php } from './languages/php.ts'
import { packageManagers as pythonManagers, python } from './languages/python.ts'
import { packageManagers as rubyManagers, ruby } from './languages/ruby.ts'
import type { StageId } from './model.ts'
import type { Toolchain, ToolchainRequest } from './toolchain.ts'
import { languageName } from '../../core/service-language.ts'
import { table } from '../../core/table.ts'

interface Language {
  readonly toolchain: (request: ToolchainRequest) => Toolchain
  readonly managers: readonly string[]
  /** Tools that are taken to be there when nobody names any; empty when they come with the language. */
  readonly assumes: string
  /** Column of the stage sheets with tools of the language; absent where the commands say enough. */
  readonly tools?: 'javascriptTools' | 'pythonTools' | 'goTools'
}

const js: Language = { toolchain: javascript, managers: javascriptManagers, assumes: 'lint, test, build', tools: 'javascriptTools' }

/** Languages whose pipelines are generated, by stack id; the first package manager is assumed when none is given. */
export const languages: Readonly<Record<string, Language>> = table({
  typescript: js,
  javascript: js,
  python: { toolchain: python, managers: pythonManagers, assumes: 'ruff, pytest, pip-audit', tools: 'pythonTools' },
  go: { toolchain: go, managers: ['go'], assumes: '', tools: 'goTools' },
  java: { toolchain: java, managers: javaManagers, assumes: 'mvnw or gradlew' },
  kotlin: { toolchain: java, managers: [...javaManagers].reverse(), assumes: 'gradlew or mvnw' },
  csharp: { toolchain: dotnet, managers: dotnetManagers, assumes: '.editorconfig' },
  ruby: { toolchain: ruby, managers: rubyManagers, assumes: 'rubocop, rspec or rails, bundler-audit' },
  php: { toolchain: php, managers: phpManagers, assumes: 'phpstan or pint, phpunit' },
})

/** Languages that are understood and not generated yet. */
export const laterLanguages: readonly string[] = ['rust', 'swift', 'dart', 'elixir', 'scala']

/** What else a stack may be written in, or with, by the words that say so: no command here fits, so TypeScript is not assumed. */
export const otherLanguages: Readonly<Record<string, string>> = table({
  c: 'c', 'c++': 'cpp', cpp: 'cpp', erlang: 'erlang', clojure: 'clojure', haskell: 'haskell', perl: 'perl', r: 'r', julia: 'julia', zig: 'zig', lua: 'lua', 'objective-c': 'objective-c', ocaml: 'ocaml', cobol: 'cobol', 'f#': 'fsharp', gleam: 'gleam', crystal: 'crystal',
  solidity: 'solidity', arduino: 'cpp', 'esp-idf': 'c', zephyr: 'c', freertos: 'c', unreal: 'unreal-engine', 'unreal-engine': 'unreal-engine', godot: 'godot', apex: 'apex', abap: 'abap', delphi: 'delphi', hugo: 'hugo', zola: 'zola',
})
const spelled: Readonly<Record<string, string>> = table({ cpp: 'C++', 'objective-c': 'Objective-C', ocaml: 'OCaml', cobol: 'COBOL', fsharp: 'F#', 'unreal-engine': 'Unreal Engine', abap: 'ABAP' })
/** A language or engine as people write it. */
export const spokenLanguage = (id: string): string => spelled[id] ?? languageName(id)
const managerNames: Readonly<Record<string, string>> = table({ yarn: 'Yarn 1', 'yarn-berry': 'Yarn', bun: 'Bun', bundler: 'Bundler', composer: 'Composer', maven: 'Maven', gradle: 'Gradle', poetry: 'Poetry' })
/** Language and package manager in words; the manager is left out where it comes with the language, or is not known. */
export const spokenToolchain = (language: string, manager: string): string =>
  `${spokenLanguage(language)}${['go', 'dotnet', 'unknown'].includes(manager) ? '' : ` with ${managerNames[manager] ?? manager}`}`

/** Commands of languages that are decided and not generated yet, by package manager; only what the manager itself brings. */
export const laterTools: Readonly<Record<string, Readonly<Partial<Record<StageId, readonly string[]>>>>> = {}
