import type { Detector } from './findings.ts'
import { lineOf } from './files.ts'

/** Server-side frameworks that answer with pages or with data: which of the two, by the files that make pages. */
export const detectViews: Detector = (files, found) => {
  const rails = files.named('application.rb').find((path) => /(^|\/)config\/application\.rb$/.test(path))
  const application = rails === undefined ? '' : files.text(rails) ?? ''
  const apiOnly = /^\s*config\.api_only\s*=\s*true/m
  if (rails !== undefined && apiOnly.test(application)) found.add('projectType', 'api', rails, lineOf(application, apiOnly), 'use')

  const blade = files.paths.filter((path) => /(^|\/)resources\/views\/.*\.blade\.php$/.test(path) && !/\/views\/(vendor|emails?|mails?|errors|notifications|pdfs?)\/|\/welcome\.blade\.php$/.test(path))
  const routes = files.named('api.php').find((path) => /(^|\/)routes\/api\.php$/.test(path)) ?? files.paths.find((path) => /(^|\/)routes\/api\/[^/]+\.php$/.test(path))
  const pages = files.paths.some((path) => /(^|\/)resources\/(js|ts|assets\/js)\/.*\.(vue|jsx|tsx|svelte)$/.test(path))
  if (routes !== undefined && blade.length === 0 && !pages) found.add('projectType', 'api', routes, 1, 'use')
  // The database that Laravel takes when nobody says another one.
  const database = files.named('database.php').find((path) => /(^|\/)config\/database\.php$/.test(path))
  const settings = database === undefined ? '' : files.text(database) ?? ''
  const standard = /'default'\s*=>\s*env\(\s*'DB_CONNECTION'\s*,\s*'(mysql|pgsql|sqlite|mariadb|sqlsrv)'/
  const name = standard.exec(settings)?.[1]
  if (database !== undefined && name !== undefined && name !== 'sqlite') found.add('stack', { pgsql: 'postgresql', sqlsrv: 'sqlserver' }[name] ?? name, database, lineOf(settings, standard), 'use')

  const razor = files.paths.find((path) => /\.(cshtml|razor)$/.test(path))
  if (razor !== undefined && files.named(/\.csproj$/).length > 0) found.add('clients', 'web', razor, 1)
}
