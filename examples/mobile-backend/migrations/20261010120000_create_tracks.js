export const up = (knex) =>
  knex.schema.createTable('tracks', (table) => {
    table.uuid('id').primary()
    table.uuid('hiker_id').notNullable().index()
    table.timestamp('started_at', { useTz: true }).notNullable()
    table.integer('metres').notNullable()
  })

export const down = (knex) => knex.schema.dropTable('tracks')
