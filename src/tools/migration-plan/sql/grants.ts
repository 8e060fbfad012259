import type { Target } from '../target.ts'
import { dollarQuote, quoteName, quoteText } from './identifiers.ts'
import { quick, type Statement } from './statement.ts'

/**
 * Gives `to` the owner of `from` and the rights that roles have on it, on columns too, both quoted: a new table or view belongs to whoever migrates and
 * starts with none, and an application with a role of its own would be refused. A view takes the rights that a view can have.
 */
export function copyGrants(from: string, to: string, kind: 'table' | 'view'): Statement {
  const [of, on] = [`${quoteText(from)}::regclass`, `${quoteText(to)}::regclass`]
  const body = [
    'DECLARE',
    '  held record;',
    'BEGIN',
    "  FOR held IN SELECT a.privilege_type AS what, a.grantee, a.is_grantable, c.relowner FROM pg_class c, aclexplode(c.relacl) a",
    `    WHERE c.oid = ${of}${kind === 'view' ? " AND a.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')" : ''}`,
    "    UNION ALL SELECT a.privilege_type || ' (' || quote_ident(c.attname) || ')', a.grantee, a.is_grantable, NULL FROM pg_attribute c, aclexplode(c.attacl) a",
    `    WHERE c.attrelid = ${of} AND EXISTS (SELECT 1 FROM pg_attribute n WHERE n.attrelid = ${on} AND n.attname = c.attname AND NOT n.attisdropped) LOOP`,
    `    EXECUTE format('GRANT %s ON %s TO %s%s', held.what, ${quoteText(to)}, CASE WHEN held.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(held.grantee)) END, CASE WHEN held.is_grantable AND held.grantee IS DISTINCT FROM held.relowner THEN ' WITH GRANT OPTION' ELSE '' END);`,
    '  END LOOP;',
    `  FOR held IN SELECT pg_get_userbyid(c.relowner) AS name FROM pg_class c JOIN pg_class n ON n.oid = ${on} AND n.relowner <> c.relowner WHERE c.oid = ${of} LOOP`,
    `    EXECUTE format('ALTER TABLE %s OWNER TO %I', ${quoteText(to)}, held.name);`,
    '  END LOOP;',
    'END',
  ].join('\n')
  return quick(`DO ${dollarQuote(body, 'grants')}`, 'none')
}

/** Gives the column `fresh` the rights by column, the comment and the statistics target of `old`, both unquoted: none of them comes with a new column. */
export function carryColumn(target: Target, old: string, fresh: string): Statement {
  const [table, column] = [target.table, quoteName(fresh)]
  const body = [
    'BEGIN',
    "  EXECUTE (SELECT concat_ws('; ', 'SELECT 1',",
    `    (SELECT string_agg(format(${quoteText(`GRANT %s (${column.replaceAll('%', '%%')}) ON ${table.replaceAll('%', '%%')} TO %s`)}, a.privilege_type, CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END), '; ') FROM aclexplode(c.attacl) a),`,
    `    ${quoteText(`COMMENT ON COLUMN ${table}.${column} IS `)} || quote_literal(col_description(c.attrelid, c.attnum)),`,
    `    CASE WHEN c.attstattarget >= 0 THEN ${quoteText(`ALTER TABLE ${table} ALTER COLUMN ${column} SET STATISTICS `)} || c.attstattarget END)`,
    `  FROM pg_attribute c WHERE c.attrelid = ${target.asRegclass} AND c.attname = ${quoteText(old)});`,
    'END',
  ].join('\n')
  return quick(`DO ${dollarQuote(body, 'carry')}`, 'none')
}
