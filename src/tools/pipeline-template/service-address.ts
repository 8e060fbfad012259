/** Where a database beside the tests is found: the variable and its value. */
export interface Address { readonly variable: string, readonly url: (host: string) => string }

type Rewrite = (address: Address, database: string) => Address

const isMysql = (database: string): boolean => database === 'mysql' || database === 'mariadb'

/** Frameworks that read another variable than `DATABASE_URL`, or write the address in another way. Relational databases only. */
const frameworks: Readonly<Record<string, Rewrite>> = {
  rails: (address, database) => (isMysql(database) ? { ...address, url: (host) => address.url(host).replace(/^mysql:/, 'mysql2:') } : address),
  laravel: (address) => ({ ...address, variable: 'DB_URL' }),
  'spring-boot': (_, database) => ({ variable: 'SPRING_DATASOURCE_URL', url: (host) => (database === 'postgresql' ? `jdbc:postgresql://${host}:5432/app?user=app&password=test` : `jdbc:${database}://${host}:3306/app?user=root&password=test`) }),
  aspnet: (_, database) => ({ variable: 'ConnectionStrings__DefaultConnection', url: (host) => (database === 'postgresql' ? `Host=${host};Port=5432;Database=app;Username=app;Password=test` : `Server=${host};Port=3306;Database=app;User=root;Password=test`) }),
}

/** The address as a framework reads it; unchanged for frameworks that read what everybody reads. */
export const addressFor = (framework: string | undefined, database: string, address: Address): Address =>
  (database === 'postgresql' || isMysql(database) ? frameworks[framework ?? '']?.(address, database) ?? address : address)
