import { expect, test } from 'vitest'
import { serviceImage } from '../../../src/tools/pipeline-template/facts.ts'
import { knowledge } from '../../support/knowledge.ts'
import { run } from './matrix.ts'

test.each([
  [undefined, 'postgresql', 'DATABASE_URL', 'postgresql://app:test@db:5432/app'], ['rails', 'mysql', 'DATABASE_URL', 'mysql2://root:test@db:3306/app'], ['laravel', 'mariadb', 'DB_URL', 'mysql://root:test@db:3306/app'],
  ['spring-boot', 'mariadb', 'SPRING_DATASOURCE_URL', 'jdbc:mariadb://db:3306/app?user=root&password=test'], ['aspnet', 'postgresql', 'ConnectionStrings__DefaultConnection', 'Host=db;Port=5432;Database=app;Username=app;Password=test'],
  ['laravel', 'mongodb', 'MONGODB_URI', 'mongodb://db:27017/app'],
])('%s finds %s through %s', (framework, database, variable, url) => {
  const service = serviceImage(knowledge(), database, framework)
  expect(service?.variable).toBe(variable)
  expect(service?.url('db')).toBe(url)
})

const text = (stack: readonly string[], more: object = {}): string => run({ stack: [...stack], stage: 'growth', developers: 6, deployTarget: 'netlify', ciProvider: 'github-actions', ...more }).files.filter(({ path }) => path.includes('workflows')).map(({ body }) => body).join('\n')

test.each([
  [['rails', 'postgresql'], {}, ['RAILS_ENV=test bin/rails db:test:prepare', 'RAILS_ENV=production SECRET_KEY_BASE_DUMMY=1 bin/rails db:migrate']],
  [['laravel', 'mysql'], {}, ['php artisan migrate --force --isolated']],
  [['django', 'postgresql'], { packageManager: 'uv' }, ['uv run --no-sync python manage.py migrate']],
  [['spring-boot', 'postgresql', 'flyway'], { migrationTool: 'flyway', scripts: ['mvn', 'mvnw', 'flyway'] }, ['FLYWAY_URL="$DATABASE_URL" ./mvnw --batch-mode --no-transfer-progress --strict-checksums flyway:migrate']],
])('%o migrates by the command its lock file provides', (stack, more, commands) => {
  for (const command of commands) expect(text(stack, more)).toContain(command)
})

test('a command nobody locked is not written', () => {
  expect(text(['spring-boot', 'postgresql', 'flyway'], { migrationTool: 'flyway' })).not.toContain('FLYWAY')
  expect(text(['aspnet', 'postgresql', 'ef-core'])).not.toContain('dotnet ef')
})
