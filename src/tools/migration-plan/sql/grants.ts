import { dollarQuote, quoteText } from './identifiers.ts'
import { quick, type Statement } from './statement.ts'

/** Gives `to` the rights that roles have on `from`, both quoted: a new table or view starts with none. A view takes those that a view can have. */
export function copyGrants(from: string, to: string, kind: 'table' | 'view'): Statement {
  const body = [
    'DECLARE',
    '  held record;',
    'BEGIN',
    '  FOR held IN SELECT a.privilege_type, a.grantee FROM pg_class c, aclexplode(c.relacl) a',
    `    WHERE c.oid = ${quoteText(from)}::regclass${kind === 'view' ? " AND a.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')" : ''} LOOP`,
    `    EXECUTE format('GRANT %s ON %s TO %s', held.privilege_type, ${quoteText(to)}, CASE WHEN held.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(held.grantee)) END);`,
    '  END LOOP;',
    'END',
  ].join('\n')
  return quick(`DO ${dollarQuote(body, 'grants')}`, 'none')
}
