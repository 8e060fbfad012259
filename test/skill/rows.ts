// The project that each row of a table in SKILL.md speaks of, by the first cell of the row.

const web = { projectType: 'web-app', stage: 'mvp', clients: ['web'], developers: 3, hosting: 'vercel', stack: ['nextjs', 'postgresql'] }
const onServers = { projectType: 'b2b-saas', stage: 'growth', signInBy: ['business-users'], selfHost: 'required', opsCapacity: 'medium', developers: 12, hosting: 'kubernetes', stack: ['typescript', 'postgresql'] }
const api = { projectType: 'api', stage: 'growth', clients: ['machine'], hosting: 'aws-ecs', stack: ['typescript', 'postgresql'] }

/** Rows under "Sign-in", by their first cell. */
export const signIn: Readonly<Record<string, object>> = {
  'Nobody signs in': { ...web, projectType: 'content-site', signInBy: ['nobody'] },
  'Staff only': { ...web, projectType: 'internal-tool', signInBy: ['staff'], existing: ['google-workspace'] },
  'Consumers on the web, small team': { ...web, signInBy: ['consumers'] },
  'Consumers on native mobile': { ...web, projectType: 'mobile-app', clients: ['ios', 'android'], signInBy: ['consumers'], hosting: 'firebase', stack: ['flutter', 'firestore'] },
  'Businesses, no SSO asked for yet': { ...web, projectType: 'b2b-saas', signInBy: ['business-users'] },
  'Businesses with SSO and SCIM': { projectType: 'b2b-saas', stage: 'early', clients: ['web'], developers: 4, hosting: 'aws-ecs', stack: ['python', 'fastapi', 'postgresql'], signInBy: ['business-users'], needsSso: true, needsScim: true, ssoConnections: 5, monthlyActiveUsers: 3000 },
  'Health data': { ...web, signInBy: ['consumers'], compliance: ['hipaa'], dataClasses: ['phi'], hosting: 'aws-ecs' },
  'Runs on own servers, team that can operate it': onServers,
  'Air-gapped': { ...onServers, airGapped: true, hosting: 'on-prem' },
  'Product installed by customers': { ...onServers, projectType: 'self-hosted-product', distributedToCustomers: true, hosting: 'customer' },
  'Developers call a public API': { ...api, signInBy: ['machines'] },
  "Partners' systems call an API": { ...api, signInBy: ['partners', 'machines'] },
}

/** Rows under "Observability": one project for a whole row. */
export const stacks: Readonly<Record<string, object>> = {
  'Proof of concept': { ...web, stage: 'poc', developers: 1 },
  MVP: { ...web, signInBy: ['consumers'] },
  Growth: { ...web, stage: 'growth', developers: 6, hosting: 'railway', stack: ['typescript', 'express', 'postgresql'], monthlyActiveUsers: 5000, budgetUsdPerMonth: 200 },
  'Production, several services': { ...web, stage: 'production', developers: 20, services: 6, opsCapacity: 'medium', hosting: 'aws-kubernetes', stack: ['typescript', 'postgresql'], monthlyActiveUsers: 200_000, budgetUsdPerMonth: 3000 },
  'Own servers or air gap': { ...onServers, stage: 'production', airGapped: true, hosting: 'on-prem' },
}
/** Columns of that table after the first, as slots. */
export const slots = ['logs', 'errors', 'metrics', 'tracing', 'alerting'] as const

const ci = { ...web, ciProvider: 'github-actions', packageManager: 'npm', deployTarget: 'vercel' }
/** Rows under "Pipeline". */
export const branches: Readonly<Record<string, object>> = {
  'Up to five developers': { ...ci, developers: 4 },
  'Six to ten, continuous delivery': { ...ci, stage: 'growth', developers: 8, releaseCadence: 'on-merge' },
  'More than ten': { ...ci, stage: 'growth', developers: 25, releaseCadence: 'on-merge' },
  'Releases on a schedule or several supported versions': { ...ci, stage: 'growth', developers: 8, releaseCadence: 'scheduled' },
}

/** Rows under "Which tool". */
export const migrationTools: Readonly<Record<string, object>> = {
  'Prisma client': { stack: ['typescript', 'postgresql', 'prisma'] },
  Drizzle: { stack: ['typescript', 'postgresql', 'drizzle'] },
  'Node and PostgreSQL, no preference': { stack: ['typescript', 'postgresql'] },
  SQLAlchemy: { stack: ['python', 'fastapi', 'sqlalchemy', 'postgresql'] },
  Django: { stack: ['django', 'postgresql'] },
  MongoDB: { stack: ['nodejs', 'mongodb'] },
}

const live = { stack: ['typescript', 'postgresql'], stage: 'growth', database: 'postgresql 17', table: 'users', rows: 5_000_000, deployStyle: 'rolling' }
/** Rows under "Which steps": the changes a row stands for. */
export const changes: Readonly<Record<string, readonly object[]>> = {
  'Add a nullable column': [{ ...live, change: 'add-nullable-column', column: 'phone', type: 'text' }],
  'Add a required column': [{ ...live, change: 'add-column-not-null-computed', column: 'email_lower', type: 'text', expression: 'lower(email)' }],
  'Rename a column': [{ ...live, change: 'rename-column', from: 'fullname', to: 'display_name', type: 'text' }],
  'Change a type': [
    { ...live, change: 'type-widen-metadata-only', column: 'name', from: 'varchar(50)', type: 'varchar(100)' },
    { ...live, change: 'type-change-rewrite', column: 'amount', from: 'integer', type: 'bigint' },
  ],
  'Add an index': [{ ...live, change: 'add-index', column: 'email' }],
  'Add a constraint or foreign key': [
    { ...live, change: 'add-check', column: 'age', expression: 'age >= 0' },
    { ...live, change: 'add-foreign-key', column: 'team_id', references: 'teams(id)' },
  ],
  'Drop a column or table': [{ ...live, change: 'drop-column', column: 'nickname' }, { ...live, change: 'drop-table' }],
}

const staged = { ...web, stage: 'growth', developers: 4 }
/** Rows under "Environments": a project that has the environment. */
export const environments: Readonly<Record<string, object>> = { local: staged, preview: staged, staging: staged, production: staged }
/** What the words of the column Deploy Trigger stand for. */
export const triggers: Readonly<Record<string, readonly string[]>> = {
  'by hand': ['manual'], 'pull request': ['pull-request'], 'push to main': ['push-to-main'], 'push to main, or approved promotion': ['push-to-main', 'approved-promotion'],
}

/** Rows under "API protections": the controls a row stands for. */
export const protections: Readonly<Record<string, readonly string[]>> = {
  Authentication: ['authentication', 'token-validation'],
  Authorization: ['authorization', 'object-authorization', 'property-authorization'],
  'Input validation': ['input-validation'],
  Injection: ['injection'],
  'Cross-site scripting': ['xss'],
  'Rate limiting': ['rate-limiting'],
  'Cross-origin access': ['cors'],
  'Security headers': ['security-headers'],
  'Cross-site request forgery': ['csrf'],
  'Request size limits': ['request-size'],
  Webhooks: ['webhook-verification'],
  Errors: ['fail-closed-errors'],
  'Supply chain': ['supply-chain'],
}
/** What a condition in the last column means in the sheets. */
export const conditions: Readonly<Record<string, string>> = { 'with pages': 'browser', 'with cookies': 'cookies', 'when received': 'webhooks' }
