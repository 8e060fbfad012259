/** SQL as a JavaScript string: a template literal, so that it reads as SQL. */
export const templateLiteral = (sql: string): string => `\`${sql.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``
