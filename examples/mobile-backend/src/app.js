import Fastify from 'fastify'

const newTrack = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'hikerId', 'startedAt', 'metres'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    hikerId: { type: 'string', format: 'uuid' },
    startedAt: { type: 'string', format: 'date-time' },
    metres: { type: 'integer', minimum: 0, maximum: 500000 },
  },
}

/** The server; `db` is a Knex instance, so that tests can pass another one. */
export function buildApp(db) {
  const app = Fastify({ logger: true, bodyLimit: 1_048_576 })
  app.get('/health', async () => ({ status: 'healthy' }))
  // The phone chooses the id: an upload that is repeated after a lost answer changes nothing.
  app.post('/tracks', { schema: { body: newTrack } }, async (request, reply) => {
    const { id, hikerId, startedAt, metres } = request.body
    await db('tracks').insert({ id, hiker_id: hikerId, started_at: startedAt, metres }).onConflict('id').ignore()
    return reply.code(201).send({ id })
  })
  return app
}
