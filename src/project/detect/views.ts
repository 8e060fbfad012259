import type { Detector } from './findings.ts'
import { lineOf } from './files.ts'

/** Server-side frameworks that answer with pages or with data: which of the two, by the files that make pages. */
export const detectViews: Detector = (files, found) => {
  const rails = files.named('application.rb').find((path) => /(^|\/)config\/application\.rb$/.test(path))
  const application = rails === undefined ? '' : files.text(rails) ?? ''
  const apiOnly = /^[ \t]*config\.api_only\s*=\s*true/m
  if (rails !== undefined && apiOnly.test(application)) found.add('projectType', 'api', rails, lineOf(application, apiOnly), 'use')

  const blade = files.named('*.php').filter((path) => /(^|\/)resources\/views\/.*\.blade\.php$/.test(path) && !/\/views\/(vendor|emails?|mails?|errors|notifications|pdfs?)\/|\/welcome\.blade\.php$/.test(path))
  const routes = files.named('api.php').find((path) => /(^|\/)routes\/api\.php$/.test(path)) ?? files.named('*.php').find((path) => /(^|\/)routes\/api\/[^/]+\.php$/.test(path))
  const pages = files.named('*.vue', '*.jsx', '*.tsx', '*.svelte').some((path) => /(^|\/)resources\/(js|ts|assets\/js)\/.*\.(vue|jsx|tsx|svelte)$/.test(path))
  if (routes !== undefined && blade.length === 0 && !pages) found.add('projectType', 'api', routes, 1, 'use')
  // The database that the example of the settings names, else the one that Laravel takes when nobody says another. Only the product is kept.
  const connections: Readonly<Record<string, string>> = { mysql: 'mysql', mariadb: 'mariadb', pgsql: 'postgresql', sqlsrv: 'sqlserver' }
  const places: readonly (readonly [string | undefined, RegExp])[] = [[files.paths.includes('artisan') ? '.env.example' : undefined, /^[ \t]*DB_CONNECTION=["']?(\w+)/m], [files.named('database.php').find((path) => /(^|\/)config\/database\.php$/.test(path)), /'default'\s*=>\s*env\(\s*'DB_CONNECTION'\s*,\s*'(\w+)'/]]
  for (const [file, pattern] of places) {
    const text = file === undefined || !files.paths.includes(file) ? '' : files.text(file) ?? ''
    const name = pattern.exec(text)?.[1] ?? ''
    if (file === undefined || name === '') continue
    if (Object.hasOwn(connections, name)) found.add('stack', connections[name] ?? '', file, lineOf(text, pattern), file === '.env.example' ? 'use' : 'hint')
    break
  }

  const razor = files.named('*.cshtml', '*.razor')[0]
  if (razor !== undefined && files.named('*.csproj').length > 0) found.add('clients', 'web', razor, 1)
}
