import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'add-tenant-id',
  input: { table: 'accounts', column: 'tenant_id', type: 'int', references: 'tenants(id)', columns: ['customer_id'], from: 'customers(id)' },
  // Row security does not hold for the owner of a server: the application has a role of its own.
  setup: `CREATE TABLE tenants(id int PRIMARY KEY); INSERT INTO tenants VALUES (1); ALTER TABLE customers ADD COLUMN tenant_id int NOT NULL DEFAULT 1 REFERENCES tenants (id);
    DO $$ BEGIN CREATE ROLE app; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$; GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO app; GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO app;`,
  versions: [
    { ...plainVersion, session: 'SET ROLE app' },
    { ...plainVersion, session: "SET ROLE app; SET app.tenant_id = '1'", insert: "INSERT INTO accounts(customer_id, email, name, tenant_id) VALUES ($1::bigint % 1000, 'user' || $1, $1::text, current_setting('app.tenant_id')::int) RETURNING id" },
  ],
  naive: [
    [
      'ALTER TABLE accounts ADD COLUMN tenant_id int', 'UPDATE accounts SET tenant_id = c.tenant_id FROM customers c WHERE c.id = customer_id', 'ALTER TABLE accounts ALTER COLUMN tenant_id SET NOT NULL, ADD FOREIGN KEY (tenant_id) REFERENCES tenants (id)',
      'CREATE INDEX accounts_tenant_id_idx ON accounts (tenant_id, id)', "CREATE POLICY tenant ON accounts USING (tenant_id = current_setting('app.tenant_id')::int)", 'ALTER TABLE accounts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY',
    ],
    'deploy',
  ],
  final: plainFinal,
}
