import type { ConflictId } from '../../../src/tools/migration-plan/conflicts.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { requests } from './cases.ts'
import { mysqlRequests } from './mysql-cases.ts'

/** Inputs that contradict each other, and inputs that look like it and do not. */
export interface ConflictCase { readonly when: readonly MigrationInput[], readonly miss: readonly MigrationInput[] }

const node: MigrationInput = { stack: ['typescript', 'postgresql 17'], stage: 'growth' }
const ask = (change: string, ...constraints: readonly string[]): MigrationInput => ({ ...node, change, ...requests[change], ...(constraints.length > 0 ? { constraints: [...constraints] } : {}) })
const mysql = (change: string, ...constraints: readonly string[]): MigrationInput => ({ database: 'mysql 8.4', stack: ['typescript'], stage: 'growth', change, ...mysqlRequests[change], ...(constraints.length > 0 ? { constraints: [...constraints] } : {}) })
const mariadb = (change: string, ...constraints: readonly string[]): MigrationInput => ({ ...mysql(change, ...constraints), database: 'mariadb 11.4' })
const says = (...constraints: readonly string[]): MigrationInput => ({ ...node, constraints: [...constraints] })

/** At least two triggers and two near misses for each conflict. */
export const conflictCases: Readonly<Record<ConflictId, ConflictCase>> = {
  'drop-without-backup': {
    when: [ask('drop-column', 'we have no backups yet'), ask('drop-table', 'backups are off to save money'), ask('purge-rows', 'wir haben keine Backups'), ask('drop-table', 'we run without a backup')],
    miss: [ask('drop-column', 'we never deploy without a backup'), ask('drop-table', 'nightly backups, restore tested'), ask('add-index', 'we have no backups yet'), ask('drop-column', 'no backup window is needed')],
  },
  'deletes-what-must-stay': {
    when: [ask('purge-rows', 'invoices must be kept for 10 years'), ask('drop-table', 'we are legally obliged to retain these rows'), ask('drop-column', 'the tax number is under legal hold')],
    miss: [ask('purge-rows', 'the app must keep running'), ask('drop-table', 'we do not have to keep the rows'), ask('drop-column', 'must keep the site up'), ask('add-index', 'invoices must be kept for 10 years')],
  },
  'blue-green-one-database': {
    when: [{ ...ask('drop-column', 'drop it in the same release'), deployStyle: 'blue-green' }, { ...ask('rename-column', 'rename with the switch, all in one release'), deployStyle: 'blue-green' }],
    miss: [{ ...ask('drop-column', 'drop it in the next release'), deployStyle: 'blue-green' }, { ...ask('drop-column'), deployStyle: 'blue-green' }, { ...ask('drop-column', 'not in the same release'), deployStyle: 'blue-green' }],
  },
  'same-release-drop': {
    when: [
      { ...ask('drop-column', 'must ship in a single release'), deployStyle: 'rolling', downtimeTolerance: 'none' }, { ...ask('add-index', 'drop the old column in the same deploy'), downtimeTolerance: 'none' }, ask('drop-table', 'the table has to be gone immediately'),
      says('zero downtime', 'remove the old column in the same release'), ask('rename-column', 'Spalte umbenennen und im selben Release löschen'), ask('drop-column', 'dans la même version'), ask('drop-column', 'hay que borrarla en el mismo despliegue'), ask('rename-column', 'rename it in one go'),
    ],
    miss: [
      ask('drop-column', 'drop in a later release'), ask('drop-column', 'never drop in the same release'), ask('drop-column', 'we do not have to do it in the same release'), { ...ask('drop-column', 'drop it in the same release'), downtimeTolerance: 'window' },
      ask('add-nullable-column', 'ship it in the same release as the code'), ask('drop-column', 'add and backfill in the same release, drop in the next release'), ask('drop-column', 'we must be able to roll back immediately to the old code until the drop'), ask('drop-column', 'nicht im selben Release'), ask('drop-column', 'all services run the same version of node'),
    ],
  },
  'instant-rollback-destructive': {
    when: [
      ask('drop-column', 'instant rollback'), ask('rename-column', 'rollback must be possible at any time'), ask('drop-table', 'we must always be able to roll back'), ask('drop-column', 'sofortiges Rollback muss möglich sein'), ask('drop-column', 'rollback instantané obligatoire'), ask('drop-column', 'necesitamos rollback instantáneo'),
      ask('type-change-rewrite', "can't go live without instant rollback"), { ...ask('drop-column', 'one-click rollback'), downtimeTolerance: 'window' }, { database: 'mongodb 8.0', change: 'mongo-rename-field', table: 'users', from: 'name', to: 'fullName', constraints: ['instant rollback'] }, ask('drop-table', 'instant rollback is not optional'),
    ],
    miss: [
      ask('drop-column', 'we do NOT need instant rollback'), ask('drop-column', 'instant rollback is not required'), ask('rename-column', 'no instant rollback needed'), ask('add-index', 'instant rollback'), ask('drop-column', 'Sofortiges Rollback brauchen wir nicht'), ask('drop-column', "nous n'avons pas besoin de rollback instantané"),
      ask('drop-column', 'no necesitamos rollback instantáneo'), ask('drop-column', 'instant rollback would be overkill'), ask('drop-column', 'migrations should always roll back when they fail'), ask('drop-column', 'instant rollback until the contract step is enough'), ask('drop-column', 'Rollback instantané non nécessaire'), ask('drop-column', "we don’t need instant rollback"),
    ],
  },
  'down-for-drop': {
    when: [ask('drop-column', 'every migration needs a down'), ask('drop-table', 'all migrations must be reversible'), ask('drop-column', 'we promise a down migration for each file'), ask('drop-table', 'alles muss rückgängig zu machen sein')],
    miss: [ask('drop-column', 'we do not write down migrations'), ask('drop-column', 'the site must not go down'), ask('add-index', 'every migration needs a down'), ask('drop-table', 'down migrations only in development'), ask('drop-column', 'no need for a down migration'), ask('drop-column', 'slow down the backfill at noon')],
  },
  'soft-delete-is-no-erasure': {
    when: [ask('soft-delete', 'users have the right to be forgotten'), ask('soft-delete', 'we handle erasure requests under GDPR'), ask('soft-delete', 'Recht auf Löschung')],
    miss: [ask('soft-delete'), ask('soft-delete', 'erasure requests are handled by a job that purges rows within 30 days'), ask('purge-rows', 'right to erasure')],
  },
  'key-full-before-the-end': {
    when: [{ ...ask('pk-int-to-bigint'), maxId: 2_140_000_000, writesPerSecond: 100 }, { ...ask('pk-int-to-bigint', 'our ids are at 2.146 billion'), writesPerSecond: 20 }],
    miss: [{ ...ask('pk-int-to-bigint'), maxId: 1_600_000_000, writesPerSecond: 20 }, { ...ask('pk-int-to-bigint'), maxId: 1_900_000_000 }, ask('pk-int-to-bigint', 'ids are at 20 million')],
  },
  'key-nearly-full': {
    when: [
      { ...ask('add-index'), maxId: 2_000_000_000 }, ask('add-index', 'the id sequence is at 1.9 billion'), { ...ask('add-index', 'the id is a smallserial'), maxId: 30_000 }, { ...mysql('add-index'), maxId: 1_900_000_000 },
      { ...ask('add-index'), maxId: 1_200_000_000, writesPerSecond: 1500 }, { ...mysql('add-index', 'id is int unsigned'), maxId: 4_000_000_000 }, ask('add-index', 'ids are already over 2,000,000,000'), ask('add-index', 'die ids sind bei knapp 2 Milliarden, serial is at 2 milliarden'),
    ],
    miss: [
      { ...ask('add-index'), maxId: 400_000_000 }, { ...ask('add-index', 'the key is a bigserial'), maxId: 2_000_000_000 }, { ...ask('add-index'), maxId: 5_000_000_000 }, { database: 'sqlite', stage: 'growth', change: 'add-index', ...requests['add-index'], maxId: 2_000_000_000 }, ask('add-index', 'ids are uuids, the table is at 2 billion rows'),
      { ...ask('add-index', 'primary key is bigint'), maxId: 2_100_000_000 }, ask('add-index', 'ids are at 12 million'), { ...mysql('add-index', 'id is int unsigned'), maxId: 2_000_000_000 }, { ...ask('pk-int-to-bigint'), maxId: 1_700_000_000 }, { ...ask('add-index'), maxId: 1_200_000_000, writesPerSecond: 20 },
    ],
  },
  'recreate-is-downtime': {
    when: [{ ...ask('drop-column'), deployStyle: 'recreate', downtimeTolerance: 'none' }, { ...ask('add-index', 'zero downtime'), deployStyle: 'recreate' }, { ...ask('add-index', 'we stop the app, migrate, then start it again'), downtimeTolerance: 'none' }, { ...ask('add-index', 'keine Ausfallzeit erlaubt'), deployStyle: 'recreate' }, { ...ask('add-index', 'must stay online around the clock'), deployStyle: 'recreate' }],
    miss: [{ ...ask('drop-column'), deployStyle: 'recreate', downtimeTolerance: 'seconds' }, { ...ask('drop-column', 'zero downtime is not needed'), deployStyle: 'recreate' }, { ...ask('drop-column', 'zero downtime'), deployStyle: 'rolling' }, { ...ask('drop-column', 'we have no downtime requirement'), deployStyle: 'recreate' }, { ...ask('add-index', 'recreate the index'), downtimeTolerance: 'none' }, { ...ask('add-index', '24/7 support team'), deployStyle: 'recreate' }],
  },
  'window-while-always-on': {
    when: [{ ...ask('add-index', 'the shop is open 24/7'), downtimeTolerance: 'window' }, { ...ask('add-index', 'we do it in the maintenance window on Sunday'), downtimeTolerance: 'none' }, { ...ask('add-index', 'sans interruption'), downtimeTolerance: 'minutes' }, ask('add-index', 'zero downtime', 'there is a maintenance window at night')],
    miss: [{ ...ask('add-index'), downtimeTolerance: 'window' }, { ...ask('add-index', 'there is no maintenance window'), downtimeTolerance: 'none' }, { ...ask('add-index', 'our on-call team is there 24/7'), downtimeTolerance: 'window' }, { ...ask('add-index', 'we are not open 24/7'), downtimeTolerance: 'window' }, { ...ask('add-index', 'the query uses a window function'), downtimeTolerance: 'none' }],
  },
  'old-code-breaks': {
    when: [
      { database: 'sqlite', change: 'rename-table', ...requests['rename-table'], deployStyle: 'rolling' }, { database: 'sqlite', change: 'rename-table', ...requests['rename-table'], downtimeTolerance: 'none' }, { database: 'sqlite', change: 'rename-table', ...requests['rename-table'], constraints: ['zero downtime'] },
      { ...mysql('enum-remove-value'), deployStyle: 'rolling' }, { ...mariadb('type-narrow', 'no downtime'), rows: 5_000_000 }, { ...mysql('enum-remove-value') },
    ],
    miss: [
      { database: 'sqlite', change: 'rename-table', ...requests['rename-table'], deployStyle: 'recreate', downtimeTolerance: 'seconds' }, { database: 'sqlite', change: 'rename-table', ...requests['rename-table'], deployStyle: 'rolling', downtimeTolerance: 'window' }, { database: 'sqlite', stage: 'mvp', change: 'rename-table', ...requests['rename-table'], constraints: ['no need for zero downtime'] },
      { database: 'sqlserver', change: 'drop-column', ...requests['drop-column'], deployStyle: 'rolling' }, { ...ask('rename-column'), deployStyle: 'rolling' }, { database: 'sqlite', change: 'add-nullable-column', ...requests['add-nullable-column'], deployStyle: 'rolling', downtimeTolerance: 'none' }, { ...mysql('enum-remove-value'), downtimeTolerance: 'window' },
    ],
  },
  'rewrite-blocks-writes': {
    when: [{ database: 'sqlite', change: 'set-not-null', ...requests['set-not-null'], rows: 5_000_000, downtimeTolerance: 'none' }, { database: 'sqlite', change: 'add-foreign-key', ...requests['add-foreign-key'], rows: 2_000_000, constraints: ['writes must go on around the clock'] }],
    miss: [{ database: 'sqlite', change: 'set-not-null', ...requests['set-not-null'], rows: 500, downtimeTolerance: 'none' }, { database: 'sqlite', change: 'set-not-null', ...requests['set-not-null'], rows: 5_000_000, downtimeTolerance: 'window' }, { ...ask('set-not-null'), rows: 5_000_000, downtimeTolerance: 'none' }],
  },
  'small-but-hot': {
    when: [{ ...ask('add-index'), rows: 500, writesPerSecond: 2000 }, { ...ask('add-index', 'it is our busiest table'), rows: 4000 }, { ...ask('set-not-null', 'every request updates this table'), rows: 900 }],
    miss: [{ ...ask('add-index'), rows: 500, writesPerSecond: 5 }, { ...ask('add-index', 'a queue: the same rows come and go'), rows: 500, writesPerSecond: 2000 }, { ...ask('add-index', 'hot table'), rows: 50_000_000 }, { ...ask('add-index', 'not a hot table'), rows: 800 }, { ...ask('add-index'), rows: 90_000, writesPerSecond: 60 }],
  },
  'long-transactions-in-the-way': {
    when: [ask('drop-column', 'reports run for 3 hours on the primary'), ask('add-index', 'some sessions are idle in transaction'), mysql('drop-column', 'long-running exports every night')],
    miss: [ask('drop-column', 'reports run for hours on the read replica'), ask('drop-column', 'no long-running queries'), says('reports run for 3 hours'), ask('drop-column', 'the migration may run for hours')],
  },
  'reset-in-production': {
    when: [says('we run rails db:schema:load on every deploy'), says('php artisan migrate:fresh in production'), says('the entrypoint calls sequelize.sync({ force: true })')],
    miss: [says('never run db:reset in production'), says('db:schema:load only in development and CI'), says('tests use prisma migrate reset'), says('we run rails db:migrate in production')],
  },
  'synchronize-on': {
    when: [
      says('we keep synchronize: true'), says('spring.jpa.hibernate.ddl-auto=update in production'), says('prisma db push on deploy'), says('drizzle-kit push straight to prod'), says('sequelize.sync({ alter: true }) at boot'), says('the app calls EnsureCreated'), { ...node, existing: ['TypeORM synchronize: true'] }, says('Wir lassen synchronize: true an'), says('gorm AutoMigrate( in main'),
    ],
    miss: [
      says('synchronize: false'), says('synchronize: true only in development'), says('we never use prisma db push'), says('ddl-auto: validate'), says('we switched synchronize: true off'), says('no synchronize: true anywhere'), { ...says('prisma db push'), stage: 'poc' }, says('synchronize data with the warehouse nightly'), says('db push is used locally'), says('we stopped using drizzle-kit push'),
    ],
  },
  'migrates-in-build': {
    when: [says('prisma migrate deploy && next build'), says('migrations run in the Vercel build'), says('the build command runs migrations'), says('postinstall runs migrate')],
    miss: [says('migrations do not run in the build'), says('migrations run after the build in a release job'), says('the build makes one image'), says('the migrations table is built by hand')],
  },
  'migrates-at-start': {
    when: [
      { ...says('migrations run when the container starts'), deployStyle: 'rolling', stack: ['typeorm', 'typescript', 'postgresql'] }, says('Flyway runs at startup', 'we have 3 pods'), says('every pod runs migrations on boot'), { ...says('Database.Migrate() in Program.cs'), hosting: 'kubernetes', stack: ['ef-core', 'sqlserver'] }, says('migrations are applied from the entrypoint', 'autoscaling up to 10 instances'),
    ],
    miss: [
      says('migrations run at startup', 'a single instance'), { ...says('migrations run in a release job, not at start'), deployStyle: 'rolling' }, says('migrations run when the container starts'), { ...says('no migrations at startup'), hosting: 'kubernetes' }, says('one migration job before the app starts', '3 pods'), { ...says('the app starts in 3 seconds'), deployStyle: 'rolling' },
    ],
  },
  'no-concurrent-index': {
    when: [{ stack: ['typescript', 'drizzle', 'postgresql'], stage: 'growth', change: 'add-index', ...requests['add-index'] }, { stack: ['typescript', 'postgresql'], tool: 'drizzle', stage: 'growth', change: 'add-unique', ...requests['add-unique'] }],
    miss: [{ stack: ['typescript', 'drizzle', 'postgresql'], stage: 'mvp', change: 'add-index', ...requests['add-index'], rows: 100 }, { stack: ['typescript', 'prisma', 'postgresql'], stage: 'growth', change: 'add-index', ...requests['add-index'] }, { stack: ['typescript', 'drizzle', 'postgresql'], stage: 'growth', change: 'add-nullable-column', ...requests['add-nullable-column'] }],
  },
  'concurrently-in-transaction': {
    when: [ask('add-index', 'every migration runs in one transaction'), ask('add-unique', 'migrations must be all-or-nothing'), ask('add-index', 'Migrationen laufen in einer Transaktion, migrations are transactional')],
    miss: [ask('add-nullable-column', 'every migration runs in one transaction'), ask('add-index', 'it is the transactions table'), ask('add-index', 'migrations need not be transactional'), { ...ask('add-index', 'migrations are transactional'), rows: 100 }],
  },
  'no-shell-for-migrations': {
    when: [{ hosting: 'shared hosting', stack: ['laravel', 'mysql'] }, { hosting: 'cPanel web hosting', stack: ['php', 'mariadb'] }],
    miss: [{ hosting: 'shared hosting', stack: ['php'] }, { hosting: 'hetzner vps', stack: ['laravel', 'mysql'] }],
  },
  'tool-unfit': {
    when: [{ stack: ['python', 'postgresql'], decisions: { migrationTool: 'sqlalchemy-migrate' } }, { stack: ['typescript', 'mongodb'], decisions: { migrationTool: 'knex' } }],
    miss: [{ stack: ['python', 'postgresql'], decisions: { migrationTool: 'alembic' } }, { stack: ['typescript', 'mongodb'], decisions: { migrationTool: 'migrate-mongo' } }],
  },
  'transaction-pooler': {
    when: [
      { ...node, pooler: 'transaction' }, says('pgbouncer in transaction mode'), says('DATABASE_URL points at Supavisor port 6543'), says('we connect to ep-cool-1234-pooler.eu-central-1.aws.neon.tech'), { ...node, hosting: 'Supabase pooler' }, { stack: ['nextjs', 'postgresql', 'neon pooler'], stage: 'growth' },
      says('everything goes through RDS Proxy'), { ...ask('add-index', 'DATABASE_URL ends in ?pgbouncer=true') }, { ...mysql('add-index'), pooler: 'transaction' }, { ...node, existing: ['rds-proxy'] },
    ],
    miss: [
      { ...node, pooler: 'session' }, { ...node, pooler: 'none' }, { ...node, pooler: 'transaction', constraints: ['migrations use the direct URL'] }, says('pgbouncer in session mode'), { stack: ['nextjs', 'supabase'], stage: 'growth' }, { stack: ['nextjs', 'neon'], stage: 'growth' }, says('we do not use transaction pooling'), says('Supavisor in session mode on 5432'),
      says('the app uses the pooler on 6543, migrations connect directly'), { database: 'mongodb 8.0', pooler: 'transaction' }, says('no RDS Proxy'), says('pgbouncer in front of it'),
    ],
  },
  'log-readers-see-the-shape': {
    when: [{ ...ask('rename-column'), existing: ['debezium'] }, ask('drop-column', 'a CDC pipeline feeds the warehouse'), ask('type-change-rewrite', 'logical replication to a second server'), { ...ask('rename-table'), stack: ['typescript', 'postgresql', 'Airbyte'] }, { database: 'mongodb 8.0', change: 'mongo-rename-field', table: 'users', from: 'name', to: 'fullName', constraints: ['change streams feed search'] }],
    miss: [{ ...ask('add-nullable-column'), existing: ['debezium'] }, ask('drop-column', 'no CDC, physical replication only'), ask('rename-column', 'we do not use Debezium'), { ...ask('rename-column'), stack: ['typescript', 'postgresql', 'kafka'] }, { ...ask('add-index'), existing: ['fivetran'] }],
  },
  'replicas-lag-behind': {
    when: [{ ...ask('rename-column', 'reads must see the new column on the replica immediately', 'read-your-own-writes'), replicas: 2 }, ask('add-index', 'we read from a read replica', 'replicas must not lag'), { ...node, replicas: 1, constraints: ['strongly consistent reads'] }],
    miss: [{ ...ask('rename-column'), replicas: 2 }, { ...ask('rename-column', 'replica lag is fine'), replicas: 2 }, { ...ask('add-index', 'read-your-own-writes'), replicas: 0 }, { ...ask('add-index', 'read-your-own-writes is not needed'), replicas: 2 }, { ...ask('add-index', 'strongly consistent reads come from the primary'), replicas: 2 }],
  },
  'copy-tool-with-unique': {
    when: [{ ...mysql('add-unique'), existing: ['gh-ost'] }, mysql('add-unique', 'we always use pt-online-schema-change')],
    miss: [mysql('add-unique'), { ...mysql('add-index'), existing: ['gh-ost'] }, mysql('add-unique', 'we do not use gh-ost')],
  },
  'gh-ost-with-foreign-keys': {
    when: [{ ...mysql('type-narrow'), existing: ['gh-ost'], inboundForeignKeys: 2 }, mysql('add-foreign-key', 'all changes go through gh-ost'), mysql('type-narrow', 'we run gh-ost', 'the table has foreign keys'), { ...mysql('type-narrow', 'orders has a foreign key to users'), inboundForeignKeys: 0, rows: 200_000_000 }],
    miss: [{ ...mysql('type-narrow'), inboundForeignKeys: 2, rows: 200_000_000 }, { ...mysql('type-narrow', 'there are no foreign keys'), existing: ['gh-ost'] }, { ...mysql('type-narrow'), inboundForeignKeys: 2, stack: ['ghost cms'] }, mysql('add-foreign-key', 'no gh-ost here')],
  },
  'copy-tool-with-triggers': {
    when: [{ ...mysql('type-narrow', 'the table has triggers'), existing: ['gh-ost'] }, mysql('type-narrow', 'pt-osc for big tables', 'audit triggers write a history'), { ...mysql('type-narrow', 'two triggers fill a summary'), rows: 200_000_000 }, mariadb('type-narrow', 'pt-osc', 'the table has triggers')],
    miss: [{ ...mysql('type-narrow', 'no triggers'), existing: ['gh-ost'] }, mysql('add-nullable-column', 'the table has triggers'), { ...mysql('type-narrow', 'a push to main triggers the pipeline'), existing: ['gh-ost'] }, { ...mysql('type-narrow', 'the triggers were dropped'), existing: ['pt-osc'] }],
  },
  'copy-tool-elsewhere': {
    when: [{ ...mariadb('type-narrow'), existing: ['gh-ost'] }, ask('add-index', 'we want to run it with gh-ost'), { ...ask('add-index'), existing: ['pt-online-schema-change'] }],
    miss: [{ ...mysql('type-narrow'), existing: ['gh-ost'] }, { ...mariadb('type-narrow'), existing: ['pt-online-schema-change'] }, mariadb('type-narrow', 'not gh-ost'), { ...ask('add-index'), existing: ['ghost'] }],
  },
  'algorithm-not-available': {
    when: [mysql('add-foreign-key', 'ALGORITHM=INPLACE please'), mysql('type-change-rewrite', 'only instant DDL'), mysql('set-not-null', 'ALGORITHM=INSTANT'), mysql('type-narrow', 'LOCK=NONE for everything')],
    miss: [mysql('add-nullable-column', 'ALGORITHM=INSTANT'), mysql('add-index', 'ALGORITHM=INPLACE, LOCK=NONE'), mysql('add-foreign-key'), ask('add-foreign-key', 'ALGORITHM=INPLACE'), mysql('type-change-rewrite', 'instant DDL is not required')],
  },
  'no-transactional-ddl': {
    when: [{ stack: ['mysql 8.4'], constraints: ['migrations are transactional'] }, mariadb('add-index', 'all changes in one transaction'), mysql('drop-column', 'the migration must roll back if it fails')],
    miss: [{ stack: ['mysql 8.4'], constraints: ['the transactions table is large'] }, ask('drop-column', 'migrations are transactional'), mysql('add-index', 'migrations are not transactional'), mysql('add-index', 'proxysql in transaction mode')],
  },
  'production-rows-in-staging': {
    when: [
      { ...node, compliance: ['hipaa'], constraints: ['staging uses a copy of production data'] }, says('we restore last night\'s prod dump into staging and mask it there'), { ...says('prod snapshot for QA'), compliance: ['gdpr'] }, says('Wir kopieren Produktionsdaten nach Staging'), says('developers import a subset of production on their laptops'), says('se copian los datos de producción a staging'), { ...node, change: 'seeds', constraints: ['seed staging from a production dump'] },
    ],
    miss: [
      says('staging uses synthetic data'), says('never copy production data to staging'), says('production data must not be lost'), says('production has 5 million rows'), says('staging gets only the schema of production'), says('rehearse the migration on a copy of production'), says('no production data in staging'), says('masked inside production before it is copied to staging'), { ...node, compliance: ['gdpr'], constraints: ['staging is seeded with made-up rows'] },
    ],
  },
  'duplicates-with-unique': {
    when: [ask('add-unique', 'we have duplicates'), ask('add-unique', 'some emails are duplicated'), ask('add-unique', 'es gibt doppelte E-Mails'), { database: 'mongodb 8.0', change: 'mongo-add-unique-index', table: 'users', columns: ['email'], constraints: ['there are duplicate emails'] }],
    miss: [ask('add-unique', 'there are no duplicates'), ask('add-unique', 'duplicates were already removed'), ask('add-unique', 'it must prevent duplicates'), ask('add-index', 'we have duplicates'), ask('add-unique', 'keine doppelten E-Mails')],
  },
  'rows-break-the-rule': {
    when: [ask('set-not-null', 'some old rows are null'), ask('add-foreign-key', 'there are orphaned orders'), ask('add-check', 'a few rows have negative ages')],
    miss: [ask('set-not-null', 'no nulls left'), ask('add-foreign-key', 'orphans were deleted last week'), ask('add-index', 'some rows are null'), ask('add-check', 'no invalid rows')],
  },
  'writers-leave-it-empty': {
    when: [ask('set-not-null', 'old mobile apps do not send it'), ask('set-not-null', 'some services still insert null')],
    miss: [ask('set-not-null', 'every client sends it'), ask('add-nullable-column', 'old mobile apps do not send it'), ask('set-not-null', 'the old code is gone')],
  },
  'required-without-value': {
    when: [{ ...ask('add-nullable-column'), nullable: false }, ask('add-nullable-column', 'it must be required'), ask('add-nullable-column', 'NOT NULL from the start')],
    miss: [ask('add-nullable-column'), { ...ask('add-nullable-column', 'NOT NULL from the start'), nullable: true }, ask('add-column-not-null-constant-default'), ask('add-nullable-column', 'it is not required'), ask('add-nullable-column', 'NOT NULL comes in a later release')],
  },
  'may-lose-values': {
    when: [
      { ...node, change: 'type-change-rewrite', table: 'users', column: 'age', from: 'bigint', type: 'int' }, { ...node, change: 'type-change-rewrite', table: 'users', column: 'seen', from: 'timestamptz', type: 'date' }, ask('type-narrow', 'no value may be truncated, we cannot lose data'), { ...node, change: 'type-change-rewrite', table: 'users', column: 'n', from: 'bigint', type: 'double precision' },
    ],
    miss: [{ ...node, change: 'type-change-rewrite', table: 'users', column: 'age', from: 'int', type: 'bigint' }, ask('type-narrow'), { ...node, change: 'type-change-rewrite', table: 'users', column: 'n', from: 'int', type: 'double precision' }, ask('add-index', 'we cannot lose data')],
  },
  'needless-rewrite': {
    when: [{ ...node, change: 'type-change-rewrite', table: 'users', column: 'phone', from: 'varchar(20)', type: 'text' }, { ...node, change: 'type-change-rewrite', table: 'users', column: 'seen', from: 'timestamp', type: 'timestamptz', to: 'UTC' }],
    miss: [{ ...node, change: 'type-change-rewrite', table: 'users', column: 'age', from: 'int', type: 'bigint' }, { ...node, change: 'type-change-rewrite', table: 'users', column: 'phone', from: 'text', type: 'varchar(20)' }],
  },
  'referenced-table': {
    when: [{ ...ask('drop-table'), inboundForeignKeys: 2 }, ask('drop-table', 'other tables refer to it'), { ...node, change: 'rename-column', table: 'users', from: 'id', to: 'user_id', type: 'bigint', inboundForeignKeys: 4 }],
    miss: [{ ...ask('drop-table'), inboundForeignKeys: 0 }, ask('drop-table', 'no other tables refer to it'), { ...ask('rename-column'), inboundForeignKeys: 4 }, { ...ask('add-index'), inboundForeignKeys: 9 }],
  },
  'referring-keys': {
    when: [{ ...ask('pk-int-to-bigint'), inboundForeignKeys: 3 }, ask('pk-int-to-bigint', 'foreign keys point to it from five tables')],
    miss: [{ ...ask('pk-int-to-bigint'), inboundForeignKeys: 0 }, ask('pk-int-to-bigint', 'no foreign keys point to it')],
  },
  'views-depend-on-it': {
    when: [ask('drop-column', 'a materialized view reads it'), ask('rename-column', 'reporting views use this table'), ask('type-change-rewrite', 'a view depends on the column'), mysql('rename-column', 'SQL views select from it')],
    miss: [ask('drop-column', 'no views use it'), ask('drop-column', 'it counts page views'), ask('add-index', 'a materialized view reads it'), { ...ask('drop-column', 'our views use this column'), stack: ['django', 'postgresql'] }],
  },
  'partition-key-not-in-unique': {
    when: [{ ...ask('partition-existing-table'), columns: ['email'] }, ask('partition-existing-table', 'the order number must stay unique'), ask('add-unique', 'the table is partitioned by created_at')],
    miss: [ask('partition-existing-table'), { ...ask('add-unique', 'the table is partitioned by email') }, ask('add-unique', 'it is not partitioned by date'), ask('partition-existing-table', 'nothing has to be unique, uniqueness is not needed')],
  },
  'policies-after-security': {
    when: [says('enable RLS first, policies follow'), ask('add-tenant-id', 'policies come in the next release'), says('row level security on without policies'), says('RLS jetzt aktivieren, Richtlinien folgen später')],
    miss: [says('policies first, then RLS'), ask('add-tenant-id', 'row security with a policy for each tenant'), says('retention policies follow later'), says('enable RLS after the policies'), says('RLS is never enabled without policies')],
  },
  hypertable: {
    when: [{ database: 'timescaledb', change: 'add-index', ...requests['add-index'], stage: 'growth' }, ask('add-index', 'events is a hypertable'), { stack: ['timescale'], change: 'partition-existing-table', ...requests['partition-existing-table'] }],
    miss: [{ database: 'timescaledb', change: 'add-nullable-column', ...requests['add-nullable-column'], stage: 'growth' }, ask('add-index', 'it is not a hypertable')],
  },
  'database-end-of-life': {
    when: [
      { ...node, database: 'postgresql', databaseVersion: '14.2' }, { stack: ['mysql 8.0'] }, { stack: ['mysql'], databaseVersion: '5.7' }, { stack: ['mongodb 4.4'] }, { database: 'mariadb 10.5' }, { database: 'postgresql', databaseVersion: '9.4' }, { database: 'mongodb', databaseVersion: '6' }, { database: 'sqlserver', databaseVersion: '2014' }, { stack: ['typescript', 'postgresql'], constraints: ['we run Postgres 12 on RDS'] }, { stack: ['mysql'], constraints: ['the server is MySQL 5.7'] },
    ],
    miss: [
      { stack: ['postgresql 17'] }, { stack: ['mysql 8.4'] }, { stack: ['mysql'], databaseVersion: '8' }, { stack: ['mongodb 8.0'] }, { database: 'mysql 5.7', constraints: ['we pay for RDS Extended Support'] }, { stack: ['postgresql'], constraints: ['we upgrade from Postgres 12 to Postgres 17 first'] }, { database: 'sqlserver', databaseVersion: '16.0' }, { stack: ['postgresql'], constraints: ['not Postgres 12 any more'] }, { database: 'postgresql 19' },
    ],
  },
  'database-end-of-life-soon': {
    when: [{ database: 'mongodb 7.0' }, { stack: ['postgresql'], constraints: ['production runs Postgres 15'] }],
    miss: [{ database: 'postgresql 16' }, { database: 'postgresql 14' }, { database: 'mysql 8.4' }],
  },
}

/** The day on which versions of the table above are about to end; every other case is asked for the day tests pretend it is. */
export const nearTheEnd = '2027-07-01'
