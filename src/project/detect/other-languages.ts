import type { Detector } from './findings.ts'
import { lineOf } from './files.ts'
import { composerPackages, dartPackages, goModules, hexPackages, jvmPackages, nugetPackages, rubyGems } from './other-packages.ts'
import { addPackage, clients, stack, type PackageTable, type Says } from './says.ts'

/** How one manifest is read: each match of `packages` names a package in its first group; `runtime` finds the version. */
interface Manifest {
  readonly files: readonly (string | RegExp)[]
  readonly says: Says
  readonly manager?: string
  readonly table: PackageTable
  readonly packages: RegExp
  readonly runtime?: readonly [name: string, pattern: RegExp]
}

const manifests: readonly Manifest[] = [
  { files: ['go.mod'], says: stack('go'), manager: 'go', table: goModules, packages: /^[ \t]*(?:require\s+)?([a-z0-9.-]+\.[a-z]+\/\S+)\s+v\d(?!.*\/\/ indirect)/gm, runtime: ['go', /^go\s+(\d[\d.]*)/m] },
  { files: [/\.(csproj|fsproj)$/, 'Directory.Packages.props'], says: stack('csharp'), manager: 'dotnet', table: nugetPackages, packages: /<Package(?:Reference|Version)\s+Include="([^"]+)"/g, runtime: ['dotnet', /<TargetFramework>net(\d+\.\d+)/] },
  { files: ['pom.xml'], says: stack('java'), manager: 'maven', table: jvmPackages, packages: /<artifactId>([^<]+)<\/artifactId>/g, runtime: ['java', /<(?:java\.version|maven\.compiler\.release)>([\d.]+)</] },
  { files: ['build.gradle', 'build.gradle.kts'], says: stack('java'), manager: 'gradle', table: jvmPackages, packages: /["'][\w.-]+:([\w.-]+)(?::[^"']*)?["']/g, runtime: ['java', /(?:JavaLanguageVersion\.of\(|jvmToolchain\(|sourceCompatibility\s*=\s*["']?)(\d+)/] },
  { files: ['Gemfile'], says: stack('ruby'), manager: 'bundler', table: rubyGems, packages: /^[ \t]*gem\s+["']([^"']+)["']/gm, runtime: ['ruby', /^[ \t]*ruby\s+["']([^"']+)["']/m] },
  { files: ['composer.json'], says: stack('php'), manager: 'composer', table: composerPackages, packages: /"([a-z0-9-]+\/[a-z0-9._-]+)"\s*:/g, runtime: ['php', /"php"\s*:\s*"([^"]+)"/] },
  { files: ['Cargo.toml'], says: stack('rust'), table: {}, packages: /(?!)/g, runtime: ['rust', /^rust-version\s*=\s*"([^"]+)"/m] },
  { files: ['pubspec.yaml'], says: [...stack('flutter'), ...clients('ios', 'android')], table: dartPackages, packages: /^ {2}([a-z_0-9]+):/gm },
  { files: ['mix.exs'], says: stack('elixir'), table: hexPackages, packages: /\{:(\w+),/g, runtime: ['elixir', /elixir:\s*"([^"]+)"/] },
  { files: ['Package.swift', 'Podfile'], says: [...stack('swift'), ...clients('ios')], table: {}, packages: /(?!)/g },
]

/** What a manifest says beside its packages. */
const signs: readonly (readonly [RegExp, 'stack' | 'clients', string])[] = [
  [/\bkotlin\(|org\.jetbrains\.kotlin|kotlin-android|plugins\.kotlin\b/, 'stack', 'kotlin'], [/com\.android\.application|plugins\.android\.application/, 'clients', 'android'],
  [/<UseMaui>true/, 'clients', 'ios'], [/<UseMaui>true/, 'clients', 'android'], [/Sdk="Microsoft\.NET\.Sdk\.BlazorWebAssembly"/, 'clients', 'web'], [/\{:phoenix,/, 'clients', 'web'],
]

/** A Gemfile that installs tools for another language: Fastlane for phones, a site generator. */
export const isToolGemfile = (text: string): boolean => /^[ \t]*gem\s+["'](?:fastlane|cocoapods|jekyll|danger)/m.test(text) && !/^[ \t]*gem\s+["'](?:rails|sinatra|hanami|roda|grape)["']/m.test(text)

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

/** Manifests of Go, .NET, Java and Kotlin, Ruby, PHP, Rust, Dart and Swift. */
export const detectOtherLanguages: Detector = (files, found) => {
  for (const manifest of manifests) {
    for (const file of files.named(...manifest.files)) {
      // An app that a React Native or Flutter project generates says nothing that its own manifest does not.
      const generated = /^((?:.*\/)?)(?:ios|android)\//.exec(file)?.[1]
      if (generated !== undefined && ['pubspec.yaml', 'package.json'].some((name) => files.paths.includes(`${generated}${name}`))) continue
      const text = files.text(file)
      if (text === undefined || (file.endsWith('Gemfile') && isToolGemfile(text))) continue
      for (const [field, value] of manifest.says) found.add(field, value, file, 1)
      if (manifest.manager !== undefined) found.add('packageManager', manifest.manager, file, 1, 'hint')
      for (const match of text.matchAll(manifest.packages)) addPackage(found, manifest.table, match[1] ?? '', file, lineAt(text, match.index))
      const version = manifest.runtime?.[1].exec(text)
      if (manifest.runtime !== undefined && version?.[1] !== undefined) found.add(`runtimeVersions.${manifest.runtime[0]}`, version[1], file, lineOf(text, manifest.runtime[1]))
      if (/Sdk="Microsoft\.NET\.Sdk\.Web"/.test(text)) found.add('stack', 'aspnet', file, 1)
      for (const [pattern, field, value] of signs) if (pattern.test(text)) found.add(field, value, file, lineOf(text, pattern))
    }
  }
}
