import type { Detector } from './findings.ts'

/** Where the manifest in the root says what the project is called, beside package.json and pyproject.toml. */
const places: readonly (readonly [file: string, pattern: RegExp])[] = [
  ['go.mod', /^module\s+(?:\S+\/)?([\w.-]+?)(?:\/v\d+)?[ \t]*$/m], ['composer.json', /^[ \t]*"name"\s*:\s*"[\w.-]+\/([\w.-]+)"/m], ['Cargo.toml', /^\[package\][^[]*?^name\s*=\s*"([\w-]+)"/m], ['pubspec.yaml', /^name:\s*([\w-]+)/m], ['mix.exs', /\bapp:\s*:(\w+)/],
  ['settings.gradle', /rootProject\.name\s*=\s*['"]([\w .-]+)['"]/], ['settings.gradle.kts', /rootProject\.name\s*=\s*"([\w .-]+)"/],
]

/** What the project is called. Only a hint: package.json says it outright. */
export const detectNames: Detector = (files, found) => {
  for (const [file, pattern] of places) {
    const text = files.paths.includes(file) ? files.text(file) ?? '' : ''
    const match = pattern.exec(text)
    const name = match?.[1]
    // Frameworks are started from a skeleton that keeps its own name until somebody changes it.
    if (match === null || name === undefined || /"(?:laravel\/laravel|symfony\/skeleton)"/.test(match[0])) continue
    found.add('name', name, file, text.slice(0, match.index + match[0].lastIndexOf(name)).split('\n').length, 'hint')
  }
}
