/** What the seeds of every database say and look at. */
export const seedRows = 50
export const usage = 'Fills every table with made-up rows that depend on nothing but their number: a second run changes nothing.'
export const factoryHint = 'What a check or a reader wants otherwise: SQL for the n-th row, under table.column.'
/** Variables that say which environment this is, and what production is called. */
export const environments = ['NODE_ENV', 'APP_ENV', 'RAILS_ENV', 'DJANGO_ENV', 'ASPNETCORE_ENVIRONMENT', 'ENVIRONMENT']
